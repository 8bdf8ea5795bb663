import {
  type Attachment,
  type ChatInputCommandInteraction,
  type GuildBasedChannel,
  type Interaction,
  PermissionFlagsBits,
} from 'discord.js';
import type {
  CommandAction,
  CommandOption,
  CommandValues,
  Place,
  Who,
} from '../../../engine/command/command.ts';
import { PlayerError } from '../../../errors.ts';
import { localeFor } from '../../../words/locales.ts';
import { say } from '../../../words/text.ts';
import { memberFacts } from '../member-facts.ts';
import { sceneIdOf } from '../scene-place.ts';
import { bytesOf, type Keeping, uploadOf } from './fetch-attachment.ts';

const MOST_BYTES = 256 * 1024;

/** An interaction in a server that we are in. */
export type ServerInteraction = Interaction<'cached'>;

/** Where it was typed; whether that place is quiet is looked up where it matters. */
export function placeOf(asked: Interaction): Place {
  const place = { scene: sceneIdOf(asked.channelId ?? ''), stage: 'discord' } as const;
  // In the bot's direct messages there is nothing around it.
  if (!asked.inCachedGuild()) return place;
  const { channel, guild } = asked;
  const parent = channel?.isThread() ? channel.parentId : null;
  // A thread has neither a category nor an age limit of its own.
  const home = channel?.isThread() ? channel.parent : channel;
  const category = home?.parentId;
  return {
    ...place,
    server: guild.id,
    serverOwner: guild.ownerId,
    ...(parent === null ? {} : { parent, parentScene: sceneIdOf(parent) }),
    ...(category ? { category } : {}),
    ageRestricted: isForAdults(home),
  };
}

/** Whether Discord marks a channel (of a thread: the one it is in) as age-restricted. */
export function isForAdults(channel: GuildBasedChannel | null | undefined): boolean {
  return channel !== null && channel !== undefined && 'nsfw' in channel && channel.nsfw;
}

/** Who typed it, and what they may. */
export function whoOf(asked: Interaction, owners: readonly string[]): Who {
  const { user } = asked;
  const operator = owners.includes(user.id);
  const locale = localeFor(asked.locale);
  if (!asked.inCachedGuild()) {
    return { id: user.id, name: user.displayName, manager: false, operator, locale };
  }
  const { member, memberPermissions } = asked;
  return {
    ...memberFacts(member, owners),
    name: member.displayName,
    manager: memberPermissions.has(PermissionFlagsBits.ManageGuild),
    operator,
    locale,
  };
}

/**
 * What was typed, as far as the action asks for it; of a file its text, of an upload all of it.
 * @throws PlayerError where a file is none that can be read, or what was typed is none of the choices
 */
export async function valuesOf(
  { options: typed, client }: ChatInputCommandInteraction,
  { options }: CommandAction,
  signal: AbortSignal,
): Promise<CommandValues> {
  const values: Record<string, CommandValues[string]> = {};
  const keeping = { cdn: client.rest.options.cdn, signal };
  for (const option of options) {
    const { name, type } = option;
    const file = type === 'file' || type === 'upload' ? typed.getAttachment(name) : null;
    if (!file) values[name] = chosen(option, typed.get(name)?.value);
    else values[name] = await (type === 'file' ? textIn : uploadOf)(file, keeping);
  }
  return values;
}

/** Of choices that are only suggested anything may have been typed. */
function chosen({ name, choices }: CommandOption, value: CommandValues[string]): CommandValues[string] {
  if (value === undefined || !choices || choices.some((choice) => choice.value === value)) return value;
  throw new PlayerError(say('{{name}} is not one of those there are: choose from the list.', { name }));
}

async function textIn(file: Attachment, keeping: Keeping): Promise<string> {
  const bytes = await bytesOf(file, MOST_BYTES, '256 KB', keeping);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PlayerError('That file holds something else than text.');
  }
}
