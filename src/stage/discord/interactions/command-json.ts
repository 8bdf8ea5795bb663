import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type LocalizationMap,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command, CommandAction, CommandOption, Rank } from '../../../engine/command/command.ts';
import { LOCALES } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { described as descriptionOf } from '../../../words/text.ts';
import { LINE_DEEDS, MENU_DEEDS } from './line-commands.ts';

/** In a message's menu under Apps, with what else can be done with a line; works without the Message Content intent. */
export const ANSWER_COMMAND = 'Answer this character';

/** So many choices an option may have, and so many are suggested at a time. */
export const MOST_CHOICES = 25;

const NAME = /^[-_'\p{L}\p{N}]{1,32}$/u;

/**
 * Our commands in Discord's form. Those that are all for who manages the server are hidden from others.
 * Who moderates is a matter of our own roles, which Discord's permissions cannot say: such commands are
 * shown to everyone. A server's admins can change who is shown what; who may is checked all the same.
 *
 * @throws Error where a command breaks one of Discord's limits: that is a bug in its file
 */
export function commandJson(commands: readonly Command[]): RESTPostAPIApplicationCommandsJSONBody[] {
  const common = {
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
  const inServersAndAlone = [InteractionContextType.Guild, InteractionContextType.BotDM];
  const slash = commands.map((command): RESTPostAPIApplicationCommandsJSONBody => {
    const actions = command.action ? [command.action] : Object.values(command.actions ?? {});
    const json: RESTPostAPIApplicationCommandsJSONBody = {
      ...common,
      ...(actions.some(({ alone }) => alone) ? { contexts: inServersAndAlone } : {}),
      type: ApplicationCommandType.ChatInput,
      name: checkedName(command.name),
      ...described(command.description),
      default_member_permissions: actions.every(({ allowed }) => isForManagers(allowed))
        ? String(PermissionFlagsBits.ManageGuild)
        : null,
      options: command.action ? optionsJson(command.action) : subcommands(command),
    };
    if (sizeOf(json) > 8000) throw new Error(`/${command.name} has more than 8000 characters`);
    return json;
  });
  const inMenus = [...MENU_DEEDS.map((deed) => LINE_DEEDS[deed]), ANSWER_COMMAND];
  return [
    ...slash,
    ...inMenus.map((name) => ({
      ...common,
      type: ApplicationCommandType.Message as const,
      name,
      default_member_permissions: null,
    })),
  ];
}

function isForManagers(rank: Rank): boolean {
  return rank === 'manager' || rank === 'operator';
}

function subcommands({ name, actions = {} }: Command): APIApplicationCommandSubcommandOption[] {
  const found = Object.entries(actions);
  if (found.length < 1 || found.length > 25) throw new Error(`/${name} needs 1 to 25 actions`);
  return found.map(([actionName, action]) => ({
    type: ApplicationCommandOptionType.Subcommand,
    name: checkedName(actionName),
    ...described(action.description),
    options: optionsJson(action),
  }));
}

function optionsJson({ options }: CommandAction): APIApplicationCommandBasicOption[] {
  if (options.length > 25) throw new Error('an action has more than 25 options');
  // Discord wants the required ones first.
  const sorted = [...options].sort(
    (one, other) => Number(other.required ?? false) - Number(one.required ?? false),
  );
  return sorted.map(optionJson);
}

function optionJson(option: CommandOption): APIApplicationCommandBasicOption {
  const common = {
    name: checkedName(option.name),
    ...described(option.description),
    required: option.required ?? false,
  };
  switch (option.type) {
    case 'flag':
      return { ...common, type: ApplicationCommandOptionType.Boolean };
    case 'person':
      return { ...common, type: ApplicationCommandOptionType.User };
    case 'file':
    case 'upload':
      return { ...common, type: ApplicationCommandOptionType.Attachment };
    case 'number':
      return {
        ...common,
        type: ApplicationCommandOptionType.Number,
        ...(option.min === undefined ? {} : { min_value: option.min }),
        ...(option.max === undefined ? {} : { max_value: option.max }),
      };
    case 'text':
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        ...(option.max === undefined ? {} : { max_length: Math.min(option.max, 6000) }),
        ...suggestions(option),
      };
  }
}

/** More choices than Discord takes are suggested while one types. */
function suggestions(option: CommandOption) {
  if (option.choices && option.choices.length > MOST_CHOICES) return { autocomplete: true };
  if (option.choices) {
    const choices = option.choices.map(({ name, value }) => ({
      name: checkedLength(name, 100),
      name_localizations: inOtherLanguages(name),
      value: checkedLength(value, 100),
    }));
    return { choices };
  }
  return option.complete ? { autocomplete: true } : {};
}

/** Names stay English, so that people can tell each other what to type. */
function described(description: string) {
  return {
    description: checkedLength(description, 100),
    description_localizations: inOtherLanguages(description),
  };
}

function inOtherLanguages(text: string): LocalizationMap {
  const others = LOCALES.filter((locale) => locale !== 'en');
  return Object.fromEntries(
    others.map((locale) => [locale, checkedLength(render(descriptionOf(text), locale), 100)]),
  );
}

function checkedName(name: string): string {
  if (NAME.test(name) && name === name.toLowerCase()) return name;
  throw new Error(`“${name}” is no name of a command`);
}

function checkedLength(text: string, most: number): string {
  if (text.length >= 1 && text.length <= most) return text;
  throw new Error(`“${text}” has ${text.length} characters, not 1 to ${most}`);
}

/** Characters as Discord counts them: names, descriptions and values, each in the language where it is longest. */
export function sizeOf(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  const fields = new Map(Object.entries(part));
  return [...fields].reduce((sum, [key, value]) => {
    if (key.endsWith('_localizations')) return sum;
    if (!['name', 'description', 'value'].includes(key) || typeof value !== 'string')
      return sum + sizeOf(value);
    const others = Object.values(fields.get(`${key}_localizations`) ?? {}).map((text) => String(text).length);
    return sum + Math.max(value.length, ...others);
  }, 0);
}
