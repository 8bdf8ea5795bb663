import { RESTJSONErrorCodes as Code } from 'discord-api-types/v10';
import type { Platform } from '../platform.ts';
import { refusal } from '../wire/api-error.ts';
import { param, type RestRequest } from '../wire/router.ts';
import type { Channel, Message, Server } from '../world/entities.ts';
import { bitsOf, may, type PermissionName, serverPermissions } from '../world/permissions.ts';

/** The channel in the address, if the bot may see it (50001) and has these permissions there (50013). */
export function reachChannel(platform: Platform, request: RestRequest, ...needed: PermissionName[]): Channel {
  const channel = platform.world.channels.get(param(request, 'channel'));
  if (!channel) throw refusal(Code.UnknownChannel);
  requireIn(platform, channel, ...needed);
  return channel;
}

/** 50001 where the bot cannot see a channel, 50013 where it may not do this in it. */
export function requireIn({ world }: Platform, channel: Channel, ...needed: PermissionName[]): void {
  if (!may(world, channel, world.bot.id, ['ViewChannel'])) throw refusal(Code.MissingAccess);
  if (!may(world, channel, world.bot.id, needed)) throw refusal(Code.MissingPermissions);
}

/** The public message in the address, in that channel. */
export function reachMessage({ world }: Platform, request: RestRequest, channel: Channel): Message {
  const message = world.messages.get(param(request, 'message'));
  const isThere =
    message && !message.deleted && message.channelId === channel.id && message.ephemeralTo === null;
  if (!isThere) throw refusal(Code.UnknownMessage);
  return message;
}

/** The server in the address, if the bot is in it and has these permissions throughout. */
export function reachServer({ world }: Platform, request: RestRequest, ...needed: PermissionName[]): Server {
  const server = world.servers.get(param(request, 'guild'));
  if (!server) throw refusal(Code.UnknownGuild);
  if (!server.members.has(world.bot.id)) throw refusal(Code.MissingAccess);
  const bits = bitsOf(needed);
  if ((serverPermissions(server, world.bot.id) & bits) !== bits) throw refusal(Code.MissingPermissions);
  return server;
}
