import { ChannelType, OverwriteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Channel, Overwrite, Server } from './entities.ts';
import { homeOf, type World } from './world.ts';

export type PermissionName = keyof typeof P;

const all = Object.values(P).reduce((bits, bit) => bits | bit, 0n);

/** What @everyone may do in a server nobody has changed. */
export const everyoneDefault = bitsOf([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'UseExternalEmojis',
  'ReadMessageHistory',
  'UseApplicationCommands',
  'ChangeNickname',
  'Connect',
  'Speak',
]);

/** Permission names as one bit field. */
export function bitsOf(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | P[name], 0n);
}

/** What a member may do in a server, channels aside. Nothing for someone who is not in it. */
export function serverPermissions(server: Server, userId: string): bigint {
  const member = server.members.get(userId);
  if (!member) return 0n;
  if (server.ownerId === userId) return all;
  const roles = [server.id, ...member.roles].flatMap((id) => server.roles.get(id) ?? []);
  const bits = roles.reduce((sum, role) => sum | role.permissions, 0n);
  if (bits & P.Administrator) return all;
  const timedOut = member.timedOutUntil !== null && member.timedOutUntil > Date.now();
  return timedOut ? bits & (P.ViewChannel | P.ReadMessageHistory) : bits;
}

/**
 * What someone may do in a channel, computed as Discord documents it (topics/permissions): roles, then the
 * overwrites of @everyone, of roles and of the member, then what the loss of one permission takes along.
 * Threads use their parent's; a private thread is closed to those who are not in it.
 */
export function permissionsIn(world: World, channel: Channel, userId: string): bigint {
  if (channel.serverId === null) return userId === channel.recipientId || userId === world.bot.id ? all : 0n;
  const server = world.servers.get(channel.serverId);
  if (!server) return 0n;
  const base = serverPermissions(server, userId);
  if (base === all) return all;
  const member = server.members.get(userId);
  const { overwrites } = homeOf(world, channel);

  let bits = apply(base, [overwrites.get(server.id)]);
  bits = apply(
    bits,
    (member?.roles ?? []).map((id) => overwrites.get(id)),
  );
  bits = apply(bits, [overwrites.get(userId)]);

  const isOutside = channel.type === ChannelType.PrivateThread && !channel.thread?.members.has(userId);
  if (!(bits & P.ViewChannel) || (isOutside && !(bits & P.ManageThreads))) return 0n;
  const maySpeak = bits & (channel.thread ? P.SendMessagesInThreads : P.SendMessages);
  return maySpeak ? bits : bits & ~(P.MentionEveryone | P.AttachFiles | P.EmbedLinks);
}

function apply(bits: bigint, overwrites: readonly (Overwrite | undefined)[]): bigint {
  const deny = overwrites.reduce((sum, overwrite) => sum | (overwrite?.deny ?? 0n), 0n);
  const allow = overwrites.reduce((sum, overwrite) => sum | (overwrite?.allow ?? 0n), 0n);
  return (bits & ~deny) | allow;
}

/** Whether someone has every one of these permissions in a channel. */
export function may(
  world: World,
  channel: Channel,
  userId: string,
  names: readonly PermissionName[],
): boolean {
  const needed = bitsOf(names);
  return (permissionsIn(world, channel, userId) & needed) === needed;
}

/** The permission that lets one write here: threads have their own. */
export function sendPermission(channel: Channel): PermissionName {
  return channel.thread ? 'SendMessagesInThreads' : 'SendMessages';
}

/** Whether the id of an overwrite is a role's or a member's. */
export function overwriteType(server: Server, id: string): OverwriteType {
  return server.roles.has(id) ? OverwriteType.Role : OverwriteType.Member;
}
