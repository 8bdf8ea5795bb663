import type { Guild, GuildMember } from 'discord.js';
import { PermissionFlagsBits } from 'discord.js';
import type { Place, Who } from '../../../engine/command/command.ts';
import { localeFor } from '../../../words/locales.ts';
import { isForAdults } from '../interactions/interaction-facts.ts';
import { memberFacts } from '../member-facts.ts';
import { sceneIdOf } from '../scene-place.ts';

/** The place of a channel that somebody reacted in. */
export function placeIn(guild: Guild, channelId: string): Place {
  const channel = guild.channels.cache.get(channelId);
  const parent = channel?.isThread() ? channel.parentId : null;
  const home = channel?.isThread() ? channel.parent : channel;
  return {
    scene: sceneIdOf(channelId),
    stage: 'discord',
    server: guild.id,
    serverOwner: guild.ownerId,
    ...(parent === null ? {} : { parent, parentScene: sceneIdOf(parent) }),
    ...(home?.parentId ? { category: home.parentId } : {}),
    ageRestricted: isForAdults(home),
  };
}

/** Who reacted. */
export function whoIn(member: GuildMember, owners: readonly string[]): Who {
  return {
    ...memberFacts(member, owners),
    name: member.displayName,
    manager: member.permissions.has(PermissionFlagsBits.ManageGuild),
    operator: owners.includes(member.id),
    // Nobody tells which language they use the surface in.
    locale: localeFor(member.guild.preferredLocale),
  };
}
