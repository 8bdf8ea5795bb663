import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command, CommandAction, CommandOption, Rank } from '../../../engine/command/command.ts';
import { LINE_DEEDS, MENU_DEEDS } from './line-commands.ts';

/** In a message's menu under Apps, with what else can be done with a line; works without the Message Content intent. */
export const ANSWER_COMMAND = 'Answer this character';

const NAME = /^[-_'\p{L}\p{N}]{1,32}$/u;

/**
 * Our commands in Discord's form: for servers only, and with those that only moderators may use
 * hidden from others (a server's admins can change that; who may is checked all the same).
 *
 * @throws Error where a command breaks one of Discord's limits: that is a bug in its file
 */
export function commandJson(commands: readonly Command[]): RESTPostAPIApplicationCommandsJSONBody[] {
  const common = {
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
  const slash = commands.map((command): RESTPostAPIApplicationCommandsJSONBody => {
    const actions = command.action ? [command.action] : Object.values(command.actions ?? {});
    const json: RESTPostAPIApplicationCommandsJSONBody = {
      ...common,
      type: ApplicationCommandType.ChatInput,
      name: checkedName(command.name),
      description: checkedLength(command.description, 100),
      default_member_permissions: actions.every(({ allowed }) => isForModerators(allowed))
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

function isForModerators(rank: Rank): boolean {
  return rank === 'manager' || rank === 'operator';
}

function subcommands({ name, actions = {} }: Command): APIApplicationCommandSubcommandOption[] {
  const found = Object.entries(actions);
  if (found.length < 1 || found.length > 25) throw new Error(`/${name} needs 1 to 25 actions`);
  return found.map(([actionName, action]) => ({
    type: ApplicationCommandOptionType.Subcommand,
    name: checkedName(actionName),
    description: checkedLength(action.description, 100),
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
    description: checkedLength(option.description, 100),
    required: option.required ?? false,
  };
  switch (option.type) {
    case 'flag':
      return { ...common, type: ApplicationCommandOptionType.Boolean };
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

function suggestions(option: CommandOption) {
  if (option.choices) {
    if (option.choices.length > 25) throw new Error(`${option.name} has more than 25 choices`);
    const choices = option.choices.map(({ name, value }) => ({
      name: checkedLength(name, 100),
      value: checkedLength(value, 100),
    }));
    return { choices };
  }
  return option.complete ? { autocomplete: true } : {};
}

function checkedName(name: string): string {
  if (NAME.test(name) && name === name.toLowerCase()) return name;
  throw new Error(`“${name}” is no name of a command`);
}

function checkedLength(text: string, most: number): string {
  if (text.length >= 1 && text.length <= most) return text;
  throw new Error(`“${text}” has ${text.length} characters, not 1 to ${most}`);
}

/** Discord counts names, descriptions and values. */
function sizeOf(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  return Object.entries(part).reduce((sum, [key, value]) => {
    const counts = ['name', 'description', 'value'].includes(key) && typeof value === 'string';
    return sum + (counts ? value.length : sizeOf(value));
  }, 0);
}
