import { termsOf } from '../../../cast/memory/terms.ts';
import { visibleSegments } from '../../../format/segments.ts';
import { clipQuote } from '../quote-of.ts';
import type { Knowledge, ReviewedLine } from '../reviewed-line.ts';
import { sequenceOf, type Word, wordsIn } from '../words-in.ts';

/**
 * Says what stands only in what it did not witness: a name, a number, or two telling words side by side,
 * none of which it ever perceived. Single words say nothing: anyone may come upon one by themselves.
 */
export function knowsTooMuch({ segments, knowledge }: ReviewedLine): string | undefined {
  for (const { text } of visibleSegments(segments)) {
    const words = wordsIn(text);
    const news = new Set(words.filter((word) => isNew(word, knowledge)));
    const namesStandOut = hasCapitalsForNames(text, words);
    for (const [at, word] of words.entries()) {
      if (!news.has(word)) continue;
      const next = words[at + 1];
      const quote = text.slice(word.from, word.to);
      if (isNumber(quote)) return quote;
      if (namesStandOut && isNameIn(text, word) && missedTexts(word, knowledge).every(namesIt(word)))
        return quote;
      if (next && news.has(next) && isSideBySide(text, word, next)) {
        const pair = sequenceOf([word, next]);
        const told = missedTexts(word, knowledge).some((missed) =>
          sequenceOf(wordsIn(missed)).includes(pair),
        );
        if (told) return clipQuote(text.slice(word.from, next.to));
      }
    }
  }
  return undefined;
}

/** Of scripts without spaces nothing: their words cannot be told apart without a dictionary. */
function isNew({ text }: Word, knowledge: Knowledge): boolean {
  const [term, ...more] = termsOf(text);
  if (term === undefined || more.length > 0 || text.length < SHORTEST_TERM) return false;
  return knowledge.missed(term).length > 0 && !knowledge.knows(term);
}

const SHORTEST_TERM = 3;

function missedTexts({ text }: Word, knowledge: Knowledge): readonly string[] {
  return termsOf(text).flatMap((term) => knowledge.missed(term));
}

/** Round ones are said without knowing anything. */
function isNumber(word: string): boolean {
  return (word.match(/\p{N}/gu)?.length ?? 0) >= 3 && !/^\d0+$/u.test(word);
}

// What begins with a capital letter and everyone knows.
const EVERYONES = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august ' +
    'september october november december christmas easter god lord lady sir madam heaven english french german ' +
    'england london paris'
  ).split(' '),
);

/** A capital letter that no start of a sentence accounts for. */
function isNameIn(text: string, { from, to }: Word): boolean {
  const word = text.slice(from, to);
  if (!/^\p{Lu}\p{Ll}/u.test(word) || termsOf(word).some((term) => EVERYONES.has(term))) return false;
  return /[\p{L}\p{N},;-]["“”‘’'(]*\s+["“‘'(]*$/u.test(text.slice(Math.max(0, from - 8), from));
}

/** It is a name there, too. */
function namesIt({ text: name }: Word): (missed: string) => boolean {
  return (missed) =>
    wordsIn(missed)
      .filter(({ text }) => text === name)
      .every(({ from }) => /^\p{Lu}/u.test(missed.slice(from)));
}

/** German gives capital letters to every noun; then they tell nothing. */
function hasCapitalsForNames(text: string, words: readonly Word[]): boolean {
  const capitals = words.filter((word) => isNameIn(text, word)).length;
  return capitals <= Math.max(2, words.length * MOST_CAPITALS);
}

const MOST_CAPITALS = 0.15;

function isSideBySide(text: string, one: Word, next: Word): boolean {
  return /^[\s-]+$/u.test(text.slice(one.to, next.from));
}
