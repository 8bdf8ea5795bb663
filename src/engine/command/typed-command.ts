import { described, type Message, say, type Text } from '../../words/text.ts';
import type { Command, CommandAction, CommandOption, CommandValues } from './command.ts';
import { nearest } from './nearest.ts';
import { splitArguments, unquoted } from './typed-arguments.ts';

/** A slash command as typed on a surface that has only a text box. `name` is `scene start`. */
export type TypedCommand = {
  readonly name: string;
  readonly command: Command;
  readonly action: CommandAction;
  readonly values: CommandValues;
};

/** What is wrong with it, for the person who typed it. */
export type TypedProblem = { readonly problem: Text };

/**
 * Reads `/scene start setting: a cold inn cast: Holmes, Watson`, `/summon Elizabeth`,
 * `/say Good evening.` and the like, and checks every value against its option, as Discord does
 * before a command reaches us. Never throws.
 */
export function readTypedCommand(text: string, commands: readonly Command[]): TypedCommand | TypedProblem {
  const found = findAction(text, commands);
  if ('problem' in found) return found;
  const { name, command, action, rest } = found;
  const typed = splitArguments(rest, action);
  const values: Record<string, string | number | boolean> = {};
  for (const option of action.options) {
    const argument = typed.find((one) => one.option === option);
    const value = argument ? readValue(unquoted(argument.text), option) : undefined;
    if (typeof value === 'object') return value;
    if (value !== undefined) values[option.name] = value;
    else if (option.required) {
      return {
        problem: say('/{{command}} needs {{option}}: {{description}}', {
          command: name,
          option: option.name,
          description: described(option.description),
        }),
      };
    }
  }
  return { name, command, action, values };
}

export type FoundAction = {
  readonly name: string;
  readonly command: Command;
  readonly action: CommandAction;
  /** What follows the name, and where it begins in the text. */
  readonly rest: string;
  readonly from: number;
};

/** The action that a line beginning with `/` names. */
export function findAction(text: string, commands: readonly Command[]): FoundAction | TypedProblem {
  const first = /^\s*\/(\S*)\s*/u.exec(text);
  if (!first) return { problem: 'A command begins with a slash, for example /cast.' };
  const typedName = (first[1] ?? '').toLowerCase();
  const command = commands.find(({ name }) => name === typedName);
  if (!command) {
    const names = commands.map(({ name }) => name);
    return { problem: notFound(`/${shortened(typedName)}`, typedName, names, '/') };
  }
  if (command.action) return place(command.name, command, command.action, text, first[0].length);

  const actions = command.actions ?? {};
  const second = /^(\S*)\s*/u.exec(text.slice(first[0].length));
  const typedAction = (second?.[1] ?? '').toLowerCase();
  const names = Object.keys(actions);
  if (typedAction === '') {
    return {
      problem: say('/{{command}} needs one of: {{names}}.', {
        command: command.name,
        names: names.join(', '),
      }),
    };
  }
  const action = Object.hasOwn(actions, typedAction) ? actions[typedAction] : undefined;
  if (!action) {
    const what = `/${command.name} ${shortened(typedAction)}`;
    return { problem: notFound(what, typedAction, names, `/${command.name} `) };
  }
  const from = first[0].length + (second?.[0].length ?? 0);
  return place(`${command.name} ${typedAction}`, command, action, text, from);
}

function place(
  name: string,
  command: Command,
  action: CommandAction,
  text: string,
  from: number,
): FoundAction {
  return { name, command, action, rest: text.slice(from), from };
}

function notFound(what: string, typed: string, names: readonly string[], before: string): Message {
  const near = nearest(typed, names);
  const offered = (near.length > 0 ? near : names).map((name) => before + name).join(', ');
  return near.length > 0
    ? say('There is no command {{what}}. Did you mean {{offered}}?', { what, offered })
    : say('There is no command {{what}}. There are: {{offered}}.', { what, offered });
}

function shortened(text: string): string {
  return text.length > 32 ? `${text.slice(0, 32)}…` : text;
}

function readValue(
  text: string,
  option: CommandOption,
): string | number | boolean | undefined | TypedProblem {
  if (option.type === 'flag') return readFlag(text, option);
  if (text === '') return undefined;
  if (option.type === 'number') return readNumber(text, option);
  if (option.max !== undefined && text.length > option.max) {
    return {
      problem: say('{{name}} is too long: {{length}} of at most {{most}} characters.', {
        name: option.name,
        length: text.length,
        most: option.max,
      }),
    };
  }
  if (!option.choices) return text;
  const wanted = text.toLowerCase();
  const choice = option.choices.find(
    ({ name, value }) => value.toLowerCase() === wanted || name.toLowerCase() === wanted,
  );
  const values = option.choices.map(({ value }) => value).join(', ');
  return choice
    ? choice.value
    : { problem: say('{{name}} is one of: {{values}}.', { name: option.name, values }) };
}

function readFlag(text: string, { name }: CommandOption): boolean | TypedProblem {
  const word = text.toLowerCase();
  if (['', 'yes', 'true', 'on', '1'].includes(word)) return true;
  if (['no', 'false', 'off', '0'].includes(word)) return false;
  return { problem: say('{{name}} is yes or no.', { name }) };
}

function readNumber(text: string, { name, min, max }: CommandOption): number | TypedProblem {
  const value = /^[+-]?\d+(\.\d+)?$/u.test(text) ? Number(text) : Number.NaN;
  const low = min ?? Number.NEGATIVE_INFINITY;
  const high = max ?? Number.POSITIVE_INFINITY;
  if (value >= low && value <= high) return value;
  if (min === undefined && max === undefined) return { problem: say('{{name}} is a number.', { name }) };
  if (min === undefined)
    return { problem: say('{{name}} is a number of at most {{max}}.', { name, max: high }) };
  if (max === undefined) return { problem: say('{{name}} is a number of at least {{min}}.', { name, min }) };
  return { problem: say('{{name}} is a number from {{min}} to {{max}}.', { name, min, max }) };
}
