import { type ChatInputCommandInteraction, type Interaction, PermissionFlagsBits } from 'discord.js';
import type { CommandAction, CommandValues, Place, Who } from '../../../engine/command/command.ts';
import { sceneIdOf } from '../scene-place.ts';

/** An interaction in a server that we are in. */
export type ServerInteraction = Interaction<'cached'>;

/** Where it was typed; whether that place is quiet is looked up where it matters. */
export function placeOf({ channel, channelId, guild }: ServerInteraction): Place {
  const parent = channel?.isThread() ? channel.parentId : null;
  const category = channel?.isThread() ? channel.parent?.parentId : channel?.parentId;
  return {
    scene: sceneIdOf(channelId ?? ''),
    stage: 'discord',
    server: guild.id,
    serverOwner: guild.ownerId,
    ...(parent === null ? {} : { parent, parentScene: sceneIdOf(parent) }),
    ...(category ? { category } : {}),
  };
}

/** Who typed it, and what they may. */
export function whoOf(
  { user, member, memberPermissions }: ServerInteraction,
  owners: readonly string[],
): Who {
  return {
    id: user.id,
    name: member.displayName,
    manager: memberPermissions.has(PermissionFlagsBits.ManageGuild),
    operator: owners.includes(user.id),
  };
}

/** What was typed, as far as the action asks for it. */
export function valuesOf(
  interaction: ChatInputCommandInteraction<'cached'>,
  { options }: CommandAction,
): CommandValues {
  return Object.fromEntries(options.map(({ name }) => [name, interaction.options.get(name)?.value]));
}
