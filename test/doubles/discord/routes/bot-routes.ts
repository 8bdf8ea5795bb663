import { RESTJSONErrorCodes as Code } from 'discord-api-types/v10';
import { z } from 'zod';
import { applicationFlags } from '../gateway/welcome.ts';
import { channelPayload } from '../payloads/channel-payload.ts';
import { serverSummary } from '../payloads/server-payload.ts';
import { userPayload } from '../payloads/user-payload.ts';
import type { Platform } from '../platform.ts';
import { readForm, snowflake, text } from '../rules/form.ts';
import { refusal } from '../wire/api-error.ts';
import { param, type Route } from '../wire/router.ts';
import { openDirectChannel } from '../world/add-channel.ts';
import { leaveServer } from '../world/membership.ts';
import { serverPermissions } from '../world/permissions.ts';
import { serversOfBot } from '../world/world.ts';

/** Who the bot is, where it connects, where it is a member. */
export function botRoutes(platform: Platform, identifies: () => number): Route[] {
  const { world, settings } = platform;
  const url = () => platform.origin().replace('http:', 'ws:');
  const application = () => ({
    id: world.bot.id,
    name: world.bot.username,
    icon: null,
    description: '',
    summary: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: applicationFlags(platform),
    tags: [],
    integration_types_config: { 0: {} },
    approximate_guild_count: serversOfBot(world).length,
    bot: userPayload(world.bot),
    owner: userPayload(world.bot),
    team: null,
  });
  return [
    { method: 'GET', path: '/gateway', bucket: 'default', auth: 'token', handle: () => ({ url: url() }) },
    {
      method: 'GET',
      path: '/gateway/bot',
      bucket: 'default',
      handle: () => ({
        url: url(),
        shards: settings.shards,
        session_start_limit: {
          total: 1000,
          remaining: 1000 - identifies(),
          reset_after: 86_400_000,
          max_concurrency: settings.maxConcurrency,
        },
      }),
    },
    { method: 'GET', path: '/users/@me', bucket: 'default', handle: () => userPayload(world.bot) },
    {
      method: 'PATCH',
      path: '/users/@me',
      bucket: 'default',
      handle(request) {
        const { username } = readForm(z.object({ username: text(2, 32).optional() }), request.body);
        world.bot.username = username ?? world.bot.username;
        return userPayload(world.bot);
      },
    },
    {
      method: 'GET',
      path: '/users/@me/guilds',
      bucket: 'default',
      handle: () =>
        serversOfBot(world).map((server) => ({
          id: server.id,
          name: server.name,
          icon: null,
          banner: null,
          owner: false,
          permissions: String(serverPermissions(server, world.bot.id)),
          features: [],
        })),
    },
    {
      method: 'DELETE',
      path: '/users/@me/guilds/:guild',
      bucket: 'default',
      handle(request) {
        const server = world.servers.get(param(request, 'guild'));
        if (!server) throw refusal(Code.UnknownGuild);
        leaveServer(platform, server, world.bot.id);
        return undefined;
      },
    },
    {
      method: 'POST',
      path: '/users/@me/channels',
      bucket: 'default',
      handle(request) {
        const { recipient_id } = readForm(z.object({ recipient_id: snowflake }), request.body);
        const user = world.users.get(recipient_id);
        if (!user) throw refusal(Code.UnknownUser);
        return channelPayload(world, openDirectChannel(world, user));
      },
    },
    {
      method: 'GET',
      path: '/users/:user',
      bucket: 'default',
      handle(request) {
        const user = world.users.get(param(request, 'user'));
        if (!user) throw refusal(Code.UnknownUser);
        return userPayload(user);
      },
    },
    { method: 'GET', path: '/applications/@me', bucket: 'default', handle: application },
    { method: 'PATCH', path: '/applications/@me', bucket: 'default', handle: application },
    { method: 'GET', path: '/oauth2/applications/@me', bucket: 'default', handle: application },
    {
      method: 'GET',
      path: '/guilds/:guild',
      bucket: 'default',
      handle(request) {
        const server = serversOfBot(world).find((one) => one.id === param(request, 'guild'));
        if (!server) throw refusal(Code.UnknownGuild);
        return { ...serverSummary(server), approximate_member_count: server.members.size };
      },
    },
  ];
}
