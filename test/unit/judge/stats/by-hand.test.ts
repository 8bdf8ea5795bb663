import { describe, expect, test } from 'vitest';
import { bootstrap } from '../../../../src/judge/stats/bootstrap.ts';
import { lengthGap } from '../../../../src/judge/stats/duel.ts';
import { permutationTest } from '../../../../src/judge/stats/permutation.ts';
import { shareOf, wilson } from '../../../../src/judge/stats/share.ts';
import { winRates } from '../../../../src/judge/stats/win-rate.ts';

// Figures that can be worked out on paper, to the last digit.

/** Drawn over and over. */
function fixed(...numbers: readonly number[]) {
  let calls = 0;
  const random = () => numbers[calls++ % numbers.length] ?? 0;
  return { random, calls: () => calls };
}

describe('the bootstrap', () => {
  const counted = (resamples?: number) => {
    let round = 0;
    const figures = bootstrap([['scene']], () => new Map([['figure', 1000 - round++]]), {
      random: fixed(0).random,
      ...(resamples === undefined ? {} : { resamples }),
    });
    return figures.get('figure');
  };

  test('takes the 2.5th and the 97.5th percentile, between two figures in a straight line', () => {
    // 1000, 999, … 960: a fortieth of the way lies beyond either bound.
    expect(counted(41)).toEqual({ low: 961, high: 999 });
    expect(counted(6)).toEqual({ low: 995.125, high: 999.875 });
    expect(counted(1)).toEqual({ low: 1000, high: 1000 });
  });

  test('makes a thousand samples where nothing else is said', () => {
    expect(counted()).toEqual({ low: expect.closeTo(25.975, 9), high: expect.closeTo(975.025, 9) });
  });

  test('draws as many clusters as there are, any of them as often as it comes up', () => {
    const samples: (readonly string[])[] = [];
    const clusters = [['a', 'a'], ['b'], ['c']];
    const look = (sample: readonly string[]) => {
      samples.push(sample);
      return new Map<string, number>();
    };
    bootstrap(clusters, look, { random: fixed(0, 0.34, 0.99, 0.3, 0.67, 0.67).random, resamples: 2 });
    expect(samples).toEqual([
      ['a', 'a', 'b', 'c'],
      ['a', 'a', 'c', 'c'],
    ]);
  });

  test('works nothing out where there is nothing to draw from', () => {
    const never = () => {
      throw new Error('There is no sample.');
    };
    expect(bootstrap([], never, { random: fixed(0).random }).size).toBe(0);
  });
});

describe('the permutation test', () => {
  test('tries all signs of up to twelve differences, and draws none', () => {
    const { random, calls } = fixed(0);
    expect(permutationTest(Array(12).fill(1), { random })).toBe(2 / 4096);
    expect(calls()).toBe(0);
  });

  test.each([
    // 0.4 - 0.1 + 0.9 + 0.1 is 1.3000000000000003, and 0.4 + 0.1 + 0.9 - 0.1 is 1.2999999999999998.
    [[0.4, -0.1, 0.9, 0.1], 6 / 16],
    [[4e8, -6e8, 600_000_000.6, 6e8], 8 / 16],
  ])('takes sums of %j as equal that only rounding tells apart', (differences, likely) => {
    expect(permutationTest(differences, { random: fixed(0).random })).toBe(likely);
  });

  test('draws the signs of more, so many times as it is told, what was seen being one more of them', () => {
    const thirteen: number[] = Array(13).fill(1);
    // All turned round: as far from 0. One of them turned round: nearer.
    const all = fixed(0.1);
    expect(permutationTest(thirteen, { random: all.random, rounds: 9 })).toBe(1);
    expect(all.calls()).toBe(9 * 13);
    const one = fixed(0.1, ...Array(12).fill(0.9));
    expect(permutationTest(thirteen, { random: one.random, rounds: 9 })).toBe(1 / 10);
    const none = fixed(0.9);
    expect(permutationTest(thirteen, { random: none.random })).toBe(1);
    expect(none.calls()).toBe(10_000 * 13);
  });
});

describe('a share', () => {
  test('is as sure as the share of what is independent', () => {
    expect(shareOf(60, 100, 50)).toEqual({ hits: 60, of: 100, share: 0.6, interval: wilson(30, 50) });
    expect(shareOf(2.5, 4).interval).toEqual(wilson(2.5, 4));
  });

  test('is told as wide as it is asked for', () => {
    // z = 1: (0.5 + 0.125) / 1.25 = 0.5 in the middle, sqrt(0.0625 + 0.0625 / 4) / 1.25 either way.
    const half = Math.sqrt(0.0625 + 0.0625 / 4) / 1.25;
    const { low, high } = wilson(2, 4, 1);
    expect([low, high]).toEqual([expect.closeTo(0.5 - half, 12), expect.closeTo(0.5 + half, 12)]);
  });
});

describe('win rates', () => {
  test('that are equal stand in the order of the ids', () => {
    const tie = (first: string, second: string) => ({ first, second, winner: 'tie' as const });
    const rates = winRates([tie('c', 'a'), tie('b', 'c'), tie('a', 'b')]);
    expect(rates.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    const unread = winRates([{ first: 'y', second: 'x', winner: 'missing' }, tie('z', 'w')]);
    expect(unread.map(({ id }) => id)).toEqual(['w', 'z', 'x', 'y']);
  });

  test('put one who always lost before one of whom nothing was read', () => {
    const rates = winRates([
      { first: 'a', second: 'b', winner: 'missing' },
      { first: 'd', second: 'c', winner: 'second' },
    ]);
    expect(rates.map(({ id, rate }) => [id, rate.share])).toEqual([
      ['c', 1],
      ['d', 0],
      ['a', undefined],
      ['b', undefined],
    ]);
  });
});

test('a gap in length is a share of both lengths, and none where nothing is known', () => {
  expect(lengthGap({ first: 30, second: 10 })).toBe(0.5);
  expect(lengthGap({ first: 0, second: 7 })).toBe(-1);
  expect(lengthGap({ first: 0, second: 0 })).toBe(0);
  expect(lengthGap(undefined)).toBe(0);
});
