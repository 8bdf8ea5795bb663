import { describe, expect, test } from 'vitest';
import { quoteIn } from '../../../../src/judge/continuity/quote-of.ts';
import { sharedRuns } from '../../../../src/judge/continuity/shared-runs.ts';
import { amountOf, wordsIn } from '../../../../src/judge/continuity/words-in.ts';
import { said } from './known-to.ts';

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

describe('a quote', () => {
  const line = said('No: “the *vault* key” is mine, Élise.');

  test('is found whatever signs, case and accents it has, and given as it stands', () => {
    expect(quoteIn(line, 'The vault key')).toBe('the *vault* key');
    expect(quoteIn(line, '"is mine, Elise!"')).toBe('is mine, Élise');
  });

  test('that stands nowhere, or says nothing, is none', () => {
    expect(quoteIn(line, 'the cellar key')).toBeUndefined();
    expect(quoteIn(line, 'key the vault')).toBeUndefined();
    expect(quoteIn(line, '')).toBeUndefined();
    expect(quoteIn(line, 'the')).toBeUndefined();
    expect(quoteIn(line, 'mine, El')).toBeUndefined();
  });

  test('of a thought is none', () => {
    expect(
      quoteIn([{ kind: 'thought', text: 'the vault key' }, ...said('Nothing.')], 'vault key'),
    ).toBeUndefined();
  });

  test('that is long is cut behind a word', () => {
    const long = Array.from({ length: 80 }, (_, at) => `word${at}`).join(' ');
    const quote = quoteIn(said(long), long) ?? '';
    expect(quote.length).toBeLessThanOrEqual(160);
    expect(long.startsWith(`${quote} `)).toBe(true);
  });
});
