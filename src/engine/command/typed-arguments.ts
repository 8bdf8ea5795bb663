import type { CommandAction, CommandOption } from './command.ts';

/** One option as it was typed, before it is checked. `from` is where its text begins in the rest of the line. */
export type TypedArgument = {
  readonly option: CommandOption;
  readonly text: string;
  readonly from: number;
  /** Written as `name: …`, not by place. */
  readonly named: boolean;
};

const QUOTES: Readonly<Record<string, string>> = { '"': '"', '“': '”', '«': '»' };

/**
 * Splits what follows a command's name into its options, in time linear in the text.
 *
 * Options are written `name: value` and reach to the next one's name; a value may be quoted, and a
 * name inside the quotes is then plain text. An unnamed beginning fills the options that have a
 * place, in order: each takes one word or one quoted phrase, and the last takes all. Where only one
 * has a place, its own name further on is plain text. An action whose only option is a text takes
 * the whole line, whatever is in it.
 */
export function splitArguments(rest: string, { options }: CommandAction): readonly TypedArgument[] {
  const only = options[0];
  if (!only) return [];
  const names = namesIn(rest, options);
  if (options.length === 1 && only.type === 'text') {
    const from = names[0]?.from === 0 ? names[0].valueFrom : 0;
    return [{ option: only, text: rest.slice(from), from, named: from > 0 }];
  }
  const [placed, another] = optionsByPlace(options);
  const begunByPlace = names[0]?.from !== 0 && placed !== undefined && another === undefined;
  return split(rest, options, begunByPlace ? names.filter(({ option }) => option !== placed) : names);
}

/** The options that need no name, in order: required ones and such as follow them; else the first. */
export function optionsByPlace(options: readonly CommandOption[]): readonly CommandOption[] {
  const placed = options.filter(({ required, placed }) => required || placed);
  return placed.length > 0 ? placed : options.slice(0, 1);
}

function split(
  rest: string,
  options: readonly CommandOption[],
  names: readonly OptionName[],
): readonly TypedArgument[] {
  const head = rest.slice(0, names[0]?.from ?? rest.length);
  const named = names.map(({ option, valueFrom }, i) => ({
    option,
    text: rest.slice(valueFrom, names[i + 1]?.from ?? rest.length),
    from: valueFrom,
    named: true,
  }));
  return [...byPlace(head, options, new Set(names.map(({ option }) => option))), ...named];
}

/** A value without the quotes around it, where they hold all of it. */
export function unquoted(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 1 && closingQuote(trimmed, 0) === trimmed.length - 1
    ? trimmed.slice(1, -1).trim()
    : trimmed;
}

type OptionName = { readonly option: CommandOption; readonly from: number; readonly valueFrom: number };

function namesIn(rest: string, options: readonly CommandOption[]): readonly OptionName[] {
  const byName = new Map(options.map((option) => [option.name, option]));
  const pattern = new RegExp(`(?<!\\S)(${[...byName.keys()].join('|')}):`, 'giu');
  const found: OptionName[] = [];
  pattern.lastIndex = afterQuoted(rest, 0);
  for (let match = pattern.exec(rest); match; match = pattern.exec(rest)) {
    const option = byName.get((match[1] ?? '').toLowerCase());
    if (!option) continue;
    // The first mention counts; a second one is part of the text it stands in.
    if (found.some((earlier) => earlier.option === option)) continue;
    found.push({ option, from: match.index, valueFrom: pattern.lastIndex });
    pattern.lastIndex = afterQuoted(rest, pattern.lastIndex);
  }
  return found;
}

function byPlace(
  head: string,
  options: readonly CommandOption[],
  taken: ReadonlySet<CommandOption>,
): readonly TypedArgument[] {
  if (head.trim() === '') return [];
  const places = optionsByPlace(options.filter((option) => !taken.has(option)));
  const found: TypedArgument[] = [];
  let from = 0;
  for (const [i, option] of places.entries()) {
    if (from >= head.length) break;
    const to = i === places.length - 1 ? head.length : endOfWord(head, from);
    found.push({ option, text: head.slice(from, to), from, named: false });
    from = to;
  }
  return found;
}

function endOfWord(text: string, from: number): number {
  const start = skipSpace(text, from);
  const quote = closingQuote(text, start);
  if (quote >= 0) return quote + 1;
  const end = text.slice(start).search(/\s/u);
  return end < 0 ? text.length : start + end;
}

function afterQuoted(text: string, from: number): number {
  const quote = closingQuote(text, skipSpace(text, from));
  return quote < 0 ? from : quote + 1;
}

function closingQuote(text: string, at: number): number {
  const closing = QUOTES[text[at] ?? ''];
  return closing === undefined ? -1 : text.indexOf(closing, at + 1);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/u.test(text[at] ?? '')) at++;
  return at;
}
