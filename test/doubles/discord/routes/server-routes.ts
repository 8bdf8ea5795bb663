import { RESTJSONErrorCodes as Code, GatewayIntentBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { channelPayload } from '../payloads/channel-payload.ts';
import { rolePayload } from '../payloads/server-payload.ts';
import { memberPayload } from '../payloads/user-payload.ts';
import type { Platform } from '../platform.ts';
import { readForm, text } from '../rules/form.ts';
import { invalidForm, refusal } from '../wire/api-error.ts';
import { limitOf, param, type RestRequest, type Route } from '../wire/router.ts';
import type { Member, Server } from '../world/entities.ts';
import { announceMember } from '../world/membership.ts';
import { reachServer } from './access.ts';

/** Members, roles and channels of a server. */
export function serverRoutes(platform: Platform): Route[] {
  const { world, settings } = platform;

  function reachMember(request: RestRequest, server: Server): Member {
    const member = server.members.get(param(request, 'user'));
    if (!member)
      throw refusal(world.users.has(param(request, 'user')) ? Code.UnknownMember : Code.UnknownUser);
    return member;
  }

  return [
    {
      method: 'GET',
      path: '/guilds/:guild/channels',
      bucket: 'default',
      handle(request) {
        const server = reachServer(platform, request);
        const channels = [...world.channels.values()].filter(
          (one) => one.serverId === server.id && !one.thread,
        );
        return channels.map((channel) => channelPayload(world, channel));
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild/roles',
      bucket: 'default',
      handle: (request) => [...reachServer(platform, request).roles.values()].map(rolePayload),
    },
    {
      method: 'GET',
      path: '/guilds/:guild/roles/:role',
      bucket: 'default',
      handle(request) {
        const role = reachServer(platform, request).roles.get(param(request, 'role'));
        if (!role) throw refusal(Code.UnknownRole);
        return rolePayload(role);
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild/auto-moderation/rules',
      bucket: 'default',
      handle: (request) => [...reachServer(platform, request, 'ManageGuild').autoMod.values()],
    },
    {
      method: 'GET',
      path: '/guilds/:guild/members',
      bucket: 'default',
      handle(request) {
        const server = reachServer(platform, request);
        if (!(settings.allowedPrivileged & GatewayIntentBits.GuildMembers)) throw refusal(Code.MissingAccess);
        const members = [...server.members.values()].slice(0, limitOf(request, 1, 1000));
        return members.map((member) => memberPayload(world, member));
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild/members/search',
      bucket: 'default',
      handle(request) {
        const query = (request.query.get('query') ?? '').toLowerCase();
        if (query === '') {
          const message = 'This field is required';
          throw invalidForm([{ path: ['query'], code: 'BASE_TYPE_REQUIRED', message }]);
        }
        const found = [...reachServer(platform, request).members.values()].filter((member) =>
          [world.users.get(member.userId)?.username, member.nick].some((name) =>
            name?.toLowerCase().startsWith(query),
          ),
        );
        return found.slice(0, limitOf(request, 1, 1000)).map((member) => memberPayload(world, member));
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild/members/:user',
      bucket: 'default',
      handle: (request) => memberPayload(world, reachMember(request, reachServer(platform, request))),
    },
    {
      method: 'PATCH',
      path: '/guilds/:guild/members/@me',
      bucket: 'default',
      handle(request) {
        const server = reachServer(platform, request, 'ChangeNickname');
        const member = server.members.get(world.bot.id);
        if (!member) throw refusal(Code.UnknownMember);
        const { nick } = readForm(z.object({ nick: text(0, 32).nullish() }), request.body);
        member.nick = nick === undefined ? member.nick : nick || null;
        announceMember(platform, server, member);
        return memberPayload(world, member);
      },
    },
  ];
}
