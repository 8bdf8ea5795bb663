import { describe, expect, test } from 'vitest';
import { judgeWords, textOf } from '../../../../src/judge/verdict/judge-words.ts';

const CALLED = { labels: { first: 'Ash', second: 'Birch' }, shownFirst: 'second' } as const;
const words = (text: string, longest = 100) => judgeWords(text, CALLED, longest);

describe('a judge’s words', () => {
  test.each([
    ['Ash is warmer than Birch.', '[first] is warmer than [second].'],
    ['Candidate Ash is warmer than candidate Birch.', '[first] is warmer than [second].'],
    ['Ash is Ash, and Birch is Birch.', '[first] is [first], and [second] is [second].'],
    ['Ashes stay, and so does ash.', 'Ashes stay, and so does ash.'],
    ['Candidate 1 is shown first, cand_2 is not', '[second] is shown first, [first] is not'],
    ['RESPONSE 2, response1', '[first], [second]'],
    ['candidate 3 and 12 responses', 'candidate 3 and 12 responses'],
    [' a \n\n b ', 'a b'],
  ])('%j are kept as %j', (said, expected) => {
    expect(words(said)).toBe(expected);
  });

  test('are told by the order in which the two were shown', () => {
    const told = judgeWords('Candidate 1, candidate 2', { ...CALLED, shownFirst: 'first' }, 100);
    expect(told).toBe('[first], [second]');
  });

  test('are cut to a length, between characters', () => {
    expect(words('x'.repeat(10), 10)).toBe('x'.repeat(10));
    expect(words('x'.repeat(11), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(words(`${'x'.repeat(8)}😀😀`, 10).isWellFormed()).toBe(true);
  });

  test('keep a name that is no word as it is', () => {
    for (const labels of [
      { first: 'A.', second: 'B.' },
      { first: '(A', second: 'A(' },
    ]) {
      expect(judgeWords('A. is better (A)', { labels, shownFirst: 'first' }, 100)).toBe('A. is better (A)');
    }
  });
});

describe('whatever stands there', () => {
  test.each([
    [undefined, ''],
    [null, ''],
    [7, '7'],
    [false, 'false'],
    [new Map([['a', 'x']]), 'x'],
    [['x', '', null, 'y'], 'x y'],
    [[[['x']]], 'x'],
    [[[[['x']]]], ''],
  ])('%j as text is %j', (value, expected) => {
    expect(textOf(value)).toBe(expected);
  });
});
