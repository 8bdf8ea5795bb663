import { GatewayDispatchEvents as Event, GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { announceServer } from '../gateway/announce.ts';
import { serverPayload } from '../payloads/server-payload.ts';
import { memberPayload, userPayload } from '../payloads/user-payload.ts';
import type { Platform } from '../platform.ts';
import type { Member, Server } from './entities.ts';

/** Lets someone into a server; the bot gets GUILD_CREATE when it is the one. */
export function joinServer(
  platform: Platform,
  server: Server,
  userId: string,
  parts: { nick?: string | null; roles?: readonly string[] } = {},
): Member {
  const member: Member = {
    userId,
    serverId: server.id,
    nick: parts.nick ?? null,
    roles: [...(parts.roles ?? [])],
    joinedAt: Date.now(),
    timedOutUntil: null,
  };
  server.members.set(userId, member);
  if (userId === platform.world.bot.id) {
    announceServer(platform, Event.GuildCreate, server.id, serverPayload(platform, server));
  } else if (server.members.has(platform.world.bot.id)) {
    const payload = { ...memberPayload(platform.world, member), guild_id: server.id };
    announceServer(platform, Event.GuildMemberAdd, server.id, payload, Intent.GuildMembers);
  }
  return member;
}

/** Takes someone out of a server; the bot gets GUILD_DELETE when it is the one. */
export function leaveServer(platform: Platform, server: Server, userId: string): void {
  const user = platform.world.users.get(userId);
  if (!server.members.delete(userId) || !user) return;
  if (userId === platform.world.bot.id)
    announceServer(platform, Event.GuildDelete, server.id, { id: server.id });
  else {
    const payload = { guild_id: server.id, user: userPayload(user) };
    announceServer(platform, Event.GuildMemberRemove, server.id, payload, Intent.GuildMembers);
  }
}

/** GUILD_MEMBER_UPDATE: for others it takes the members' intent, the bot always hears of itself. */
export function announceMember(platform: Platform, server: Server, member: Member): void {
  const isBot = member.userId === platform.world.bot.id;
  const payload = { ...memberPayload(platform.world, member), guild_id: server.id };
  announceServer(
    platform,
    Event.GuildMemberUpdate,
    server.id,
    payload,
    isBot ? Intent.Guilds : Intent.GuildMembers,
  );
}
