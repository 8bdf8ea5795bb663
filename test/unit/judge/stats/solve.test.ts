import { expect, test } from 'vitest';
import { solve } from '../../../../src/judge/stats/solve.ts';

test('a system is solved, also one of a single equation, or of none', () => {
  expect(solve([], [])).toEqual([]);
  expect(solve([[4]], [2])).toEqual([0.5]);
  // 4x + 2y + 2z = 14, 2x + 5y + 3z = 21, 2x + 3y + 6z = 26.
  const matrix = [
    [4, 2, 2],
    [2, 5, 3],
    [2, 3, 6],
  ];
  expect(solve(matrix, [14, 21, 26])).toEqual([1, 2, 3].map((value) => expect.closeTo(value, 12)));
});

test.each([
  ['nothing', [[0]]],
  ['less than nothing', [[-1]]],
  ['no number', [[Number.NaN]]],
  [
    'two lines that say the same',
    [
      [1, 2],
      [2, 4],
    ],
  ],
  [
    'more beside the diagonal than on it',
    [
      [1, 2],
      [2, 1],
    ],
  ],
])('a matrix of %s has no solution that could be told', (_, matrix) => {
  const solving = () => solve(matrix, [1, 1].slice(0, matrix.length));
  expect(solving).toThrow(RangeError);
  expect(solving).toThrow('not positive definite');
});
