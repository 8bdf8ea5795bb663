import { describe, expect, test } from 'vitest';
import { sharedRuns } from '../../../../src/judge/continuity/shared-runs.ts';
import { amountOf, wordsIn } from '../../../../src/judge/continuity/words-in.ts';

test('words are folded, and stand where they stood', () => {
  const text = 'Don’t—ÉLISE, don’t!';
  expect(wordsIn(text).map(({ text: word }) => word)).toEqual(['dont', 'elise', 'dont']);
  expect(wordsIn(text).map(({ from, to }) => text.slice(from, to))).toEqual(['Don’t', 'ÉLISE', 'don’t']);
});

test('two characters of a script without spaces come to a word', () => {
  expect(amountOf(wordsIn('藏在 the mill'))).toBe(3);
});

describe('shared runs', () => {
  const runs = (one: string, other: string) => {
    const words = wordsIn(one);
    return sharedRuns(words, wordsIn(other)).map(({ from, to }) =>
      words
        .slice(from, to)
        .map(({ text }) => text)
        .join(' '),
    );
  };

  test('are the longest, and need four words', () => {
    expect(runs('so a b c d e f, he said', 'x a b c d y a b c d e f z')).toEqual(['a b c d e f']);
    expect(runs('a b c', 'a b c')).toEqual([]);
    expect(runs('a b c d x e f g h', 'e f g h then a b c d')).toEqual(['a b c d', 'e f g h']);
  });
});

describe('a run', () => {
  const runs = (one: string, other: string) => sharedRuns(wordsIn(one), wordsIn(other));

  test('is the longest of several that begin alike', () => {
    expect(runs('one two red four five six', 'one two red four five six; one two red four')).toEqual([
      { from: 0, to: 6 },
    ]);
    expect(runs('one two red four five six', 'one two red four; one two red four five six')).toEqual([
      { from: 0, to: 6 },
    ]);
  });

  test('ends with the last word of both, and is of whole words', () => {
    expect(runs('well, one two red four', 'one two red four')).toEqual([{ from: 1, to: 5 }]);
    expect(runs('car pet in hall', 'carpet in hall now')).toEqual([]);
    expect(runs('car pets in halls', 'carp ets in halls')).toEqual([]);
  });
});
