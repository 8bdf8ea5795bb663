import { expect, test } from 'vitest';
import { countBefore } from '../../../src/scene/count-before.ts';

test.each([
  [0, 0],
  [1, 0],
  [2, 1],
  [3, 1],
  [4, 2],
  [7, 2],
  [8, 3],
  [99, 4],
])('before beat %i come %i of those at 1, 3, 7 and 9', (n, expected) => {
  expect(countBefore([{ n: 1 }, { n: 3 }, { n: 7 }, { n: 9 }], n)).toBe(expected);
});

test('before any beat come none of none', () => {
  expect(countBefore([], 3)).toBe(0);
});
