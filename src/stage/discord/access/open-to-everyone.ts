import { ChannelType, type GuildBasedChannel, PermissionFlagsBits } from 'discord.js';

/** Whether every member of a server can read a channel. A private thread has its own members; any other its channel's. */
export function isOpenToEveryone(channel: GuildBasedChannel): boolean {
  if (channel.type === ChannelType.PrivateThread) return false;
  return channel.permissionsFor(channel.guild.roles.everyone).has(PermissionFlagsBits.ViewChannel);
}
