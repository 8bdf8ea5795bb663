import type { Client } from 'discord.js';
import { missingPermissions, missingPermissionsText } from './permissions.ts';

/** A thread has no mark of its own; a channel that we do not know has none either. */
export function isAgeRestricted(client: Client<true>, id: string): boolean {
  const channel = client.channels.cache.get(id);
  const home = channel?.isThread() ? channel.parent : channel;
  return home !== null && home !== undefined && 'nsfw' in home && home.nsfw;
}

/**
 * Which permissions the bot lacks in a channel, in words; empty where it lacks none. From what the gateway told us; a
 * channel that we do not know yet is tried.
 */
export function missingIn(client: Client<true>, id: string): string {
  const channel = client.channels.cache.get(id);
  if (!channel || channel.isDMBased()) return '';
  const me = channel.guild.members.me;
  const has = me && channel.permissionsFor(me);
  const missing = has ? missingPermissions(has.bitfield, channel.isThread()) : [];
  return missing.length > 0 ? missingPermissionsText(missing) : '';
}
