import {
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  type NonThreadGuildBasedChannel,
  PermissionFlagsBits,
  PermissionsBitField,
} from 'discord.js';
import { openLogWords } from '../../../engine/audit/open-log.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import type { Text } from '../../../words/text.ts';
import { isOpenToEveryone } from '../access/open-to-everyone.ts';
import {
  type ChannelPermissions,
  examine,
  examinedWords,
  type ServerPermissions,
} from './permission-doctor.ts';

/** What the bot lacks in a server, for people: the end of `/setup`, and `/dramatis check`. */
export async function lacks({ settings }: Pick<Engine, 'settings'>, guild: Guild): Promise<readonly Text[]> {
  const me = await guild.members.fetchMe();
  const rules = await settings.rulesOfServer(guild.id);
  const log = guild.channels.cache.get(rules.logChannel);
  return [
    ...examinedWords(examine(permissionsIn(guild, me), rules)),
    ...(log && isOpenToEveryone(log) ? [openLogWords(log.id)] : []),
  ];
}

function permissionsIn(guild: Guild, me: GuildMember): ServerPermissions {
  const channels = [...guild.channels.cache.values()];
  return {
    me: me.id,
    role: me.roles.botRole?.id ?? me.roles.highest.id,
    roles: new Set(me.roles.cache.keys()),
    everyone: guild.roles.everyone.id,
    granted: asBits(me.permissions),
    channels: channels.filter(isHome).map((channel) => permissionsOf(channel, me)),
    there: new Set(channels.map(({ id }) => id)),
  };
}

function permissionsOf(channel: NonThreadGuildBasedChannel, me: GuildMember): ChannelPermissions {
  return {
    id: channel.id,
    ...(channel.parentId === null ? {} : { category: channel.parentId }),
    forum: channel.isThreadOnly(),
    granted: asBits(channel.permissionsFor(me)),
    denied: new Map(channel.permissionOverwrites.cache.map(({ id, deny }) => [id, deny.bitfield])),
  };
}

/** Administrators may everything, whatever else is or is not granted. */
function asBits(permissions: Readonly<PermissionsBitField>): bigint {
  return permissions.has(PermissionFlagsBits.Administrator) ? PermissionsBitField.All : permissions.bitfield;
}

/** A channel that can host a scene itself, or in threads. */
function isHome(channel: GuildBasedChannel): channel is NonThreadGuildBasedChannel {
  return !channel.isThread() && (channel.isTextBased() || channel.isThreadOnly());
}
