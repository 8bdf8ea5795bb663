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
