import type { CardData, CardExample } from '../../cast/cards/card-data.ts';

/**
 * Lists of a card as one text that people write in: entries apart from each other by a line of `---`.
 * What such a text could not hold unchanged is `undefined`, and is left to files.
 */
const BETWEEN = '\n---\n';
const A_LINE_OF_DASHES = /^[ \t]*-{3,}[ \t]*$/mu;

/** The entries as one text; undefined where one of them holds such a line itself. */
export function joinedEntries(entries: readonly string[]): string | undefined {
  return entries.some((entry) => A_LINE_OF_DASHES.test(entry)) ? undefined : entries.join(BETWEEN);
}

/** The reverse; nothing but space is no entry. */
export function splitEntries(text: string): string[] {
  return text
    .split(new RegExp(A_LINE_OF_DASHES, 'gmu'))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** The first and the alternate greetings, in HER format where the card has them so. */
export function greetingsOf(card: CardData): readonly string[] {
  return card.extensions.dramatis.greetings ?? [card.first_mes, ...card.alternate_greetings];
}

/** Greetings as they were written, HER format or prose: `writeCard` makes prose of them for other tools. */
export function withGreetings(card: CardData, [first = '', ...others]: readonly string[]): CardData {
  const { greetings: _turned, ...own } = card.extensions.dramatis;
  return {
    ...card,
    first_mes: first,
    alternate_greetings: others,
    extensions: { ...card.extensions, dramatis: own },
  };
}

/** An example as it is written: what is said to the character before it in lines that begin with `> `. */
export function exampleText(example: CardExample): string | undefined {
  const { to, turn } = typeof example === 'string' ? { to: '', turn: example } : example;
  if (turn.startsWith('>')) return undefined;
  const cue = to.trim() === '' ? [] : to.split('\n').map((line) => `> ${line}`);
  return [...cue, turn].join('\n');
}

/** The reverse. What was not changed stays as it was, with whatever else the card keeps of it. */
export function examplesFrom(text: string, before: readonly CardExample[]): CardExample[] {
  const kept = new Map(before.map((example) => [exampleText(example)?.trim(), example]));
  return splitEntries(text).flatMap((entry): CardExample[] => {
    const same = kept.get(entry);
    if (same !== undefined) return [same];
    const lines = entry.split('\n');
    const said = lines.findIndex((line) => !line.startsWith('>'));
    const cue = said < 0 ? lines : lines.slice(0, said);
    const turn = said < 0 ? '' : lines.slice(said).join('\n').trim();
    if (turn === '') return [];
    const to = cue.map((line) => line.replace(/^>\s?/u, '')).join('\n');
    return to.trim() === '' ? [turn] : [{ to, turn }];
  });
}
