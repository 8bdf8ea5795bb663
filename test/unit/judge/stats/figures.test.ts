import { describe, expect, test } from 'vitest';
import { bootstrap, inClusters } from '../../../../src/judge/stats/bootstrap.ts';
import { permutationTest } from '../../../../src/judge/stats/permutation.ts';
import { createRandom } from '../../../../src/judge/stats/random.ts';
import { shareOf, wilson } from '../../../../src/judge/stats/share.ts';
import { winRates } from '../../../../src/judge/stats/win-rate.ts';

const mean = (items: readonly number[]) =>
  new Map([['mean', items.reduce((sum, item) => sum + item, 0) / items.length]]);

describe('win rates', () => {
  test('count ties half and leave out what is missing', () => {
    const rates = winRates([
      { first: 'a', second: 'b', winner: 'first' },
      { first: 'b', second: 'a', winner: 'second' },
      { first: 'a', second: 'b', winner: 'tie' },
      { first: 'a', second: 'b', winner: 'missing' },
      { first: 'b', second: 'a', winner: 'first' },
      { first: 'c', second: 'a', winner: 'missing' },
      { first: 'a', second: 'a', winner: 'first' },
    ]);
    expect(rates).toMatchObject([
      { id: 'a', wins: 2, ties: 1, losses: 1, missing: 2, rate: { hits: 2.5, of: 4, share: 0.625 } },
      { id: 'b', wins: 1, ties: 1, losses: 2, missing: 1, rate: { hits: 1.5, of: 4, share: 0.375 } },
      { id: 'c', wins: 0, ties: 0, losses: 0, missing: 1, rate: { hits: 0, of: 0 } },
    ]);
    expect(rates[2]?.rate).not.toHaveProperty('share');
  });
});

describe('a share', () => {
  test('has the interval of Wilson', () => {
    // R. G. Newcombe, Statistics in Medicine 17 (1998), table I.
    const round = (value: number) => Math.round(value * 1e4) / 1e4;
    const intervalOf = (hits: number, of: number) => {
      const { low, high } = wilson(hits, of);
      return [round(low), round(high)];
    };
    expect(intervalOf(81, 263)).toEqual([0.2553, 0.3662]);
    expect(intervalOf(15, 148)).toEqual([0.0624, 0.1605]);
    expect(intervalOf(0, 20)).toEqual([0, 0.1611]);
    expect(intervalOf(1, 29)).toEqual([0.0061, 0.1718]);
  });

  test('of nothing has none', () => {
    expect(shareOf(0, 0)).toEqual({ hits: 0, of: 0 });
  });

  test('is less sure where fewer of them are independent', () => {
    const sure = shareOf(60, 100).interval;
    const less = shareOf(60, 100, 50).interval;
    expect(less?.low).toBeLessThan(sure?.low ?? 0);
    expect(less?.high).toBeGreaterThan(sure?.high ?? 1);
  });
});

describe('the bootstrap', () => {
  test('is the same for the same seed', () => {
    const clusters = inClusters([...Array(60).keys()].map(Math.sin), (item) => item.toFixed(1));
    const once = bootstrap(clusters, mean, { random: createRandom(1) });
    expect(bootstrap(clusters, mean, { random: createRandom(1) })).toEqual(once);
    expect(bootstrap(clusters, mean, { random: createRandom(2) })).not.toEqual(once);
  });

  test('draws whole clusters: what hangs together makes it no surer', () => {
    const scenes = Array.from({ length: 40 }, (_, scene) => [scene % 2]);
    const often = scenes.map(([item = 0]) => [item, item, item, item, item]);
    const width = (clusters: readonly (readonly number[])[]) => {
      const { low, high } = bootstrap(clusters, mean, { random: createRandom(4) }).get('mean') ?? {
        low: 0,
        high: 0,
      };
      return high - low;
    };
    expect(width(often)).toBeCloseTo(width(scenes), 9);
    expect(width(often.flat().map((item) => [item]))).toBeLessThan(width(scenes) / 2);
  });

  test('takes intervals where the mean of many lies', () => {
    const random = createRandom(6);
    let held = 0;
    const runs = 300;
    for (let run = 0; run < runs; run++) {
      const clusters = Array.from({ length: 50 }, () => {
        const scene = random();
        return [scene, (scene + random()) / 2];
      });
      const { low, high } = bootstrap(clusters, mean, { random, resamples: 200 }).get('mean') ?? {
        low: 1,
        high: 0,
      };
      if (low <= 0.5 && 0.5 <= high) held += 1;
    }
    expect(held / runs).toBeGreaterThan(0.9);
    expect(held / runs).toBeLessThan(0.99);
  });

  test('leaves out figures that a sample does not have, and has none of nothing', () => {
    const figures = bootstrap(
      [[1], [2]],
      (sample) => new Map([['odd', sample.includes(1) ? 1 : Number.NaN]]),
      { random: createRandom(1), resamples: 50 },
    );
    expect(figures.get('odd')).toEqual({ low: 1, high: 1 });
    expect(bootstrap([], mean, { random: createRandom(1) })).toEqual(new Map());
  });
});

describe('the permutation test', () => {
  const random = createRandom(9);

  test('tries all changes of sign of a few', () => {
    // All of one sign: only that and its opposite are as far from 0.
    expect(permutationTest([1, 2, 3, 4, 5], { random })).toBe(2 / 32);
    expect(permutationTest([1, -1], { random })).toBe(1);
    expect(permutationTest([], { random })).toBe(1);
    expect(permutationTest([0, 0, 0], { random })).toBe(1);
  });

  test('some of many, and agrees with all of them', () => {
    const differences = [0.5, 1, -0.5, 0.25, 1, 0.5, -1, 0.5, 0.75, 1, 0.5, -0.25];
    const exact = permutationTest(differences, { random });
    const more = [...differences, 1e-9];
    expect(permutationTest(more, { random: createRandom(1), rounds: 20_000 })).toBeCloseTo(exact, 1);
    expect(permutationTest([...differences, 0, 0, 0], { random })).toBe(exact);
  });

  test('finds nothing where nothing is, about 95 times of 100', () => {
    const drawn = createRandom(12);
    const runs = 400;
    let found = 0;
    for (let run = 0; run < runs; run++) {
      const differences = Array.from({ length: 20 }, () => drawn() - drawn());
      if (permutationTest(differences, { random: drawn, rounds: 300 }) < 0.05) found += 1;
    }
    expect(found / runs).toBeGreaterThan(0.02);
    expect(found / runs).toBeLessThan(0.09);
  });

  test('finds a difference that is there', () => {
    const differences = Array.from({ length: 40 }, (_, at) => 0.5 + Math.sin(at));
    expect(permutationTest(differences, { random })).toBeLessThan(0.01);
  });
});
