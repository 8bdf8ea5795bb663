import { ApplicationFlags, GatewayDispatchEvents as Event, GatewayIntentBits } from 'discord-api-types/v10';
import { serverPayload } from '../payloads/server-payload.ts';
import { userPayload } from '../payloads/user-payload.ts';
import type { Platform } from '../platform.ts';
import { serversOfBot } from '../world/world.ts';
import { belongsTo, type Session } from './session.ts';

/**
 * What a new session is greeted with: READY, then each of its servers. The client counts on all of it: without
 * `guilds` the login hangs, without `application.id` a handler throws, and `clientReady` waits for every server.
 */
export function* welcome(platform: Platform, session: Session): Generator<[t: string, d: object]> {
  const { world } = platform;
  const servers = serversOfBot(world).filter((server) => belongsTo(session, server.id));
  yield [
    Event.Ready,
    {
      v: 10,
      user: { ...userPayload(world.bot), verified: true, mfa_enabled: false, email: null, flags: 0 },
      user_settings: {},
      session_type: 'normal',
      session_id: session.id,
      resume_gateway_url: platform.origin().replace('http:', 'ws:'),
      relationships: [],
      private_channels: [],
      presences: [],
      guilds: servers.map((server) => ({ id: server.id, unavailable: true })),
      guild_join_requests: [],
      geo_ordered_rtc_regions: ['rotterdam'],
      auth: {},
      application: { id: world.bot.id, flags: applicationFlags(platform) },
      shard: session.shard,
      _trace: [],
    },
  ];
  if (!(session.intents & GatewayIntentBits.Guilds)) return;
  for (const server of servers) {
    if (server.available) yield [Event.GuildCreate, serverPayload(platform, server)];
  }
}

/** The application's flags: among them, which privileged intents it was granted. */
export function applicationFlags({ settings }: Platform): number {
  const { allowedPrivileged } = settings;
  return (
    (allowedPrivileged & GatewayIntentBits.MessageContent
      ? ApplicationFlags.GatewayMessageContentLimited
      : 0) |
    (allowedPrivileged & GatewayIntentBits.GuildMembers ? ApplicationFlags.GatewayGuildMembersLimited : 0) |
    (allowedPrivileged & GatewayIntentBits.GuildPresences ? ApplicationFlags.GatewayPresenceLimited : 0)
  );
}
