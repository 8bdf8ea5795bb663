import { createBoundedCounts } from '../../patterns/bounded-counts.ts';
import type { Openings } from './survey.ts';

const WORDS = 3;
const SHOWN = 5;
const TOLD_APART = 20_000;
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;
/** Scripts without blanks: their first signs stand for words. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Counts how texts begin: their first three words in small letters, with every name that is given put as
 * one sign, so that “Ada wants to” and “Perran wants to” are one beginning. Texts without a word do not count.
 */
export function createOpenings() {
  const counts = createBoundedCounts({ most: TOLD_APART });
  return {
    add(text: string, name: string): void {
      const opening = openingOf(text, name);
      if (opening !== '') counts.add(opening);
    },
    figures(): Openings {
      const { n, other } = counts;
      const top = counts.top(SHOWN).map((one) => ({ ...one, share: one.count / n }));
      return { n, other, top };
    },
  };
}

function openingOf(text: string, name: string): string {
  const start = text.slice(0, 400);
  const parts = new Set(name.toLowerCase().match(WORD) ?? []);
  const found = start.toLowerCase().match(WORD) ?? [];
  const words: string[] = [];
  for (const word of found) {
    const known = parts.has(word.replace(/['’]s$/u, '')) ? '<name>' : word;
    // A full name is one name.
    if (known !== '<name>' || words.at(-1) !== '<name>') words.push(known);
    if (words.length === WORDS) break;
  }
  const [first = ''] = words;
  return UNSPACED.test(first) ? first.slice(0, 4) : words.join(' ');
}
