import { weightOf } from '../scene/weight-of.ts';
import type { Material, Passage } from './material.ts';
import { sentencesOf } from './sentences.ts';

/** What a prompt quotes of the material, and how much of it that is, 0 … 1. */
export type Fitting = {
  readonly passages: readonly Passage[];
  readonly ofCard: number;
  readonly ofText: number;
};

/** Of the room there is, the card takes no more than so much where a text was given. */
const CARD_SHARE = 0.6;
/** Around a passage's words: its title and the lines between. */
const TITLE = 24;

/**
 * As much of the material as there is room for: the card's own words in their order, and of the text
 * first the paragraphs that name the person.
 *
 * @param room weight in characters, as `weightOf` counts it
 */
export function whatFits({ passages, character }: Material, room: number): Fitting {
  const card = passages.filter(({ from }) => from !== 'text');
  const text = passages.filter(({ from }) => from === 'text');
  const all = sum(card) + sum(text);
  if (all <= room) return { passages, ofCard: 1, ofText: 1 };
  const forCard = text.length === 0 ? room : Math.max(room * CARD_SHARE, room - sum(text));
  const keptCard = takeInOrder(card, forCard);
  const names = [character.name, ...character.aliases, ...character.name.split(/\s+/u)].filter(
    (name) => name.length > 2,
  );
  let left = room - sum(keptCard);
  const keptText = text.flatMap((passage) => {
    const kept = { ...passage, text: tellingPart(passage.text, names, left - TITLE) };
    left -= weightIn(kept);
    return kept.text === '' ? [] : [kept];
  });
  return {
    passages: [...keptCard, ...keptText],
    ofCard: share(keptCard, card),
    ofText: share(keptText, text),
  };
}

function takeInOrder(passages: readonly Passage[], room: number): Passage[] {
  let left = room;
  return passages.flatMap((passage) => {
    const kept = { ...passage, text: beginningOf(passage.text, left - TITLE) };
    left -= weightIn(kept);
    return kept.text === '' ? [] : [kept];
  });
}

/** Whole sentences from the beginning. */
function beginningOf(text: string, room: number): string {
  if (weightOf(text) <= room) return text;
  let left = room;
  const kept: string[] = [];
  for (const sentence of sentencesOf(text)) {
    left -= weightOf(sentence) + 1;
    if (left < 0) break;
    kept.push(sentence);
  }
  return kept.join(' ');
}

/**
 * Paragraphs that hold one of some names, then others as long as there is room; in the order of the text.
 * @param room weight in characters, as `weightOf` counts it
 */
export function tellingPart(text: string, names: readonly string[], room: number): string {
  if (weightOf(text) <= room) return text;
  const paragraphs = text.split(/\n+/u).filter((paragraph) => paragraph.trim() !== '');
  const telling = (paragraph: string) => names.some((name) => paragraph.includes(name));
  const order = [...paragraphs.entries()].toSorted(
    ([, one], [, other]) => Number(telling(other)) - Number(telling(one)),
  );
  let left = room;
  const kept = new Map<number, string>();
  for (const [index, paragraph] of order) {
    const part = beginningOf(paragraph, left);
    if (part === '') break;
    kept.set(index, part);
    left -= weightOf(part) + 1;
  }
  return [...kept]
    .toSorted(([one], [other]) => one - other)
    .map(([, part]) => part)
    .join('\n');
}

function weightIn({ text }: Passage): number {
  return text === '' ? 0 : weightOf(text) + TITLE;
}

function sum(passages: readonly Passage[]): number {
  return passages.reduce((total, passage) => total + weightIn(passage), 0);
}

function share(kept: readonly Passage[], of: readonly Passage[]): number {
  const all = of.reduce((total, { text }) => total + text.length, 0);
  return all === 0 ? 1 : kept.reduce((total, { text }) => total + text.length, 0) / all;
}
