import { describe, expect, test } from 'vitest';
import { median, medianInterval } from '../../../bench/measure/paired.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1);

describe('the interval of a median', () => {
  // Published tables of the exact interval: ranks 4 and 12 of 15, 6 and 15 of 20; below six no 95 % can be had.
  test.each([
    [15, 4, 12],
    [20, 6, 15],
    [6, 1, 6],
    [3, 1, 3],
    [1, 1, 1],
  ])('of %i values goes from the %ith to the %ith', (n, from, to) => {
    expect(medianInterval(upTo(n).reverse())).toEqual([from, to]);
  });

  test('holds the median', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
});
