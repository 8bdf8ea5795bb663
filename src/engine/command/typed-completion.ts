import type { Choice, Command, CommandOption, CompletionContext } from './command.ts';
import { optionsByPlace, splitArguments } from './typed-arguments.ts';
import { findAction } from './typed-command.ts';

/** A way to go on with a line: `text` is the whole line then, `label` what a list shows. */
export type Completion = { readonly text: string; readonly label: string; readonly description: string };

const MOST = 25;

/**
 * What may follow in a line that begins with `/`: commands, their actions, the names of options,
 * and the values they suggest; of those, at most 25, best first.
 */
export async function completeTypedCommand(
  text: string,
  commands: readonly Command[],
  context: CompletionContext,
): Promise<readonly Completion[]> {
  const found = findAction(text, commands);
  const between = 'problem' in found ? '' : text.slice(0, found.from);
  // Without a space behind it, the name itself is still being typed.
  if ('problem' in found || !/\s$/u.test(between)) return completeName(text, commands);

  const { action, rest, from } = found;
  const typed = splitArguments(rest, action);
  const last = typed.at(-1);
  const free = action.options.filter((option) => !typed.some((one) => one.option === option));
  const offered: Completion[] = [];
  const option = last?.option ?? (free.length === 1 || free[0]?.required ? free[0] : undefined);
  // All but the last of several options with a place are one word or quoted, where they have no name.
  const more = optionsByPlace(action.options).slice(0, -1);
  if (option) {
    const at = from + (last?.from ?? rest.length);
    const partial = last?.text.replace(/^\s*["“«]?/u, '') ?? '';
    const space = /^\s*/u.exec(last?.text ?? '')?.[0] ?? '';
    const before = text.slice(0, at) + (last?.named ? ' ' : space);
    for (const { name, value } of await valuesOf(option, context, partial)) {
      const goesOn = !last?.named && more.includes(option);
      const typedValue = goesOn && /\s/u.test(value) ? `"${value}"` : value;
      offered.push({ text: before + typedValue + (goesOn ? ' ' : ''), label: name, description: '' });
    }
  }
  return [...offered, ...optionNames(text, last ? free : action.options)].slice(0, MOST);
}

function completeName(text: string, commands: readonly Command[]): readonly Completion[] {
  const [, first = '', second] = /^\s*\/(\S*)(?:\s+(\S*))?/u.exec(text) ?? [];
  if (second === undefined) {
    return commands
      .filter(({ name }) => name.startsWith(first.toLowerCase()))
      .map(({ name, description }) => ({ text: `/${name} `, label: `/${name}`, description }));
  }
  const command = commands.find(({ name }) => name === first.toLowerCase());
  return Object.entries(command?.actions ?? {})
    .filter(([name]) => name.startsWith(second.toLowerCase()))
    .map(([name, { description }]) => ({
      text: `/${first.toLowerCase()} ${name} `,
      label: `/${first.toLowerCase()} ${name}`,
      description,
    }));
}

async function valuesOf(
  option: CommandOption,
  context: CompletionContext,
  partial: string,
): Promise<readonly Choice[]> {
  const wanted = partial.toLowerCase();
  if (option.choices) {
    return option.choices.filter(
      ({ name, value }) => name.toLowerCase().startsWith(wanted) || value.startsWith(wanted),
    );
  }
  if (option.type === 'flag')
    return [{ name: 'yes', value: 'yes' }].filter(({ value }) => value.startsWith(wanted));
  return (await option.complete?.(context, partial)) ?? [];
}

/** `… ca` may become `… cast: `. */
function optionNames(text: string, options: readonly CommandOption[]): readonly Completion[] {
  const word = /(\S*)$/u.exec(text)?.[1] ?? '';
  return options
    .filter(({ name }) => name.startsWith(word.toLowerCase()))
    .map(({ name, description }) => ({
      text: `${text.slice(0, text.length - word.length)}${name}: `,
      label: `${name}:`,
      description,
    }));
}
