import { createNames } from '../../format/labels.ts';
import { neutraliseLines, withoutTricks } from '../../format/neutralise.ts';
import { weightOf } from '../../scene/weight-of.ts';
import type { Conversation } from './record/conversation.ts';
import { characterOf, fieldOf, publicSheetOf, scenarioOf } from './record/setting-of.ts';
import { speakersOf, type ViewLine, viewOf } from './record/views.ts';

const NOBODY = createNames(undefined, []);

/** Prose of a record as it may stand in a prompt: nothing in it is a tag, a heading or a line of a role. */
export function prose(text: string, most = Number.POSITIVE_INFINITY): string {
  const plain = neutraliseLines(withoutTricks(text), NOBODY).trim();
  return plain.length > most ? `${plain.slice(0, most - 1).trimEnd()}…` : plain;
}

/** How much of each part a prompt shows. Characters. */
export type Cuts = { readonly own: number; readonly others: number };

/**
 * What a prompt about one character says of it and of the scene: its own sheet and mind, of others what anyone
 * could know (the one law; her-spec 2.3 V5).
 */
export function whoAndWhere(conversation: Conversation, name: string, { own, others }: Cuts): string {
  const sheet = characterOf(conversation, name);
  const part = (title: string, text: string) => (text === '' ? '' : `${title}:\n${text}`);
  const field = (which: Parameters<typeof fieldOf>[1]) => (sheet ? prose(fieldOf(sheet, which), own) : '');
  const people = speakersOf(conversation)
    .filter((other) => other !== name)
    .map((other) => {
      const one = characterOf(conversation, other);
      const told = one ? prose(publicSheetOf(one), others).replace(/\s+/gu, ' ') : '';
      return told === '' ? other : `${other}: ${told}`;
    });
  return [
    `The character: ${name}`,
    part('Who that is', [field('description'), field('profile')].filter(Boolean).join('\n')),
    part('What lies behind', [field('background'), field('experience')].filter(Boolean).join('\n')),
    part(`What ${name} has in mind and tells nobody`, field('motivation')),
    part('The scene', prose(scenarioOf(conversation), own)),
    part('Who else is there', people.join('\n')),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** A line of a view, with the number by which a turn is asked for. */
export function lineWords({ turn, speaker, text }: ViewLine): string {
  return `#${turn} ${speaker}: ${text.replace(/\s*\n\s*/gu, ' ')}`;
}

/** Own turns that are asked for together, and the lines that are shown with them. */
export type Window = { readonly turns: readonly number[]; readonly lines: readonly ViewLine[] };

/**
 * Cuts a character’s view into windows: each asks for some of its turns, and shows what came before the last
 * of them, the newest lines where there is no room for all. Every own turn is in exactly one.
 *
 * @param most own turns together
 * @param room for lines. Characters, as `weightOf` counts them.
 * @param wanted ids of own turns
 */
export function windowsOf(
  conversation: Conversation,
  name: string,
  wanted: readonly number[],
  most: number,
  room: number,
): Window[] {
  const view = viewOf(conversation, name);
  const windows: Window[] = [];
  for (let at = 0; at < wanted.length; ) {
    let count = Math.min(most, wanted.length - at);
    // Fewer at once where they do not fit together.
    while (count > 1 && spanOf(view, wanted.slice(at, at + count)) > room) count -= 1;
    const turns = wanted.slice(at, at + count);
    windows.push({ turns, lines: newest(view, turns.at(-1) ?? 0, room, turns[0] ?? 0) });
    at += count;
  }
  return windows;
}

function spanOf(view: readonly ViewLine[], turns: readonly number[]): number {
  const [first = 0, last = 0] = [turns[0], turns.at(-1)];
  return view
    .filter(({ turn }) => turn >= first && turn <= last)
    .reduce((sum, line) => sum + lineWeight(line), 0);
}

/** With the end of the line. */
function lineWeight(line: ViewLine): number {
  return weightOf(lineWords(line)) + 1;
}

/** Lines up to a turn, as many of the newest as there is room for; those that are asked for in any case. */
function newest(view: readonly ViewLine[], last: number, room: number, first: number): ViewLine[] {
  const lines = view.filter(({ turn }) => turn <= last);
  let left = room;
  let from = lines.length;
  while (from > 0) {
    const line = lines[from - 1];
    if (!line) break;
    left -= lineWeight(line);
    if (left < 0 && line.turn < first) break;
    from -= 1;
  }
  return lines.slice(from);
}
