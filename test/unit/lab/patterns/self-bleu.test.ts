import { expect, test } from 'vitest';
import { selfBleu } from '../../../../src/lab/patterns/self-bleu.ts';

test('fewer than two texts repeat nothing', () => {
  expect(selfBleu([])).toBeUndefined();
  expect(selfBleu(['Tide’s wrong till four.'])).toBeUndefined();
  expect(selfBleu(['Tide’s wrong till four.', '  '])).toBeUndefined();
});

test('the same text again is 1, also where it has fewer words than BLEU has orders', () => {
  expect(selfBleu(['Suit yourself', 'Suit yourself'])).toBeCloseTo(1);
  expect(selfBleu(['No', 'No', 'No'])).toBeCloseTo(1);
});

test('texts without a common word are 0', () => {
  expect(selfBleu(['a b c d e', 'f g h i j'])).toBe(0);
});

test('by hand: three of four words, two of three pairs, one of two threes, none of one four', () => {
  const one = (3 / 4) * (2 / 3) * (1 / 2) * (0.1 / 1);
  expect(selfBleu(['a b c x', 'a b c y'])).toBeCloseTo(one ** (1 / 4), 10);
});

test('a count is clipped by the other that has most of it, not by itself', () => {
  // Of “a a a” the other has one “a”: 1/3, and no pair of two, no three.
  const long = ((1 / 3) * (0.1 / 2) * 0.1) ** (1 / 3);
  // “a” stands in the other, which is three times as long.
  const short = Math.exp(1 - 3);
  expect(selfBleu(['a a a', 'a'])).toBeCloseTo((long + short) / 2, 10);
});
