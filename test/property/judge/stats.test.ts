import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bradleyTerry, PRIOR } from '../../../src/judge/stats/bradley-terry.ts';
import { type Duel, lengthGap } from '../../../src/judge/stats/duel.ts';
import { lengthControlled } from '../../../src/judge/stats/length-controlled.ts';
import { permutationTest } from '../../../src/judge/stats/permutation.ts';
import { wilson } from '../../../src/judge/stats/share.ts';
import { solve } from '../../../src/judge/stats/solve.ts';
import { winRates } from '../../../src/judge/stats/win-rate.ts';

const duel: fc.Arbitrary<Duel> = fc.record({
  first: fc.constantFrom('a', 'b', 'c'),
  second: fc.constantFrom('a', 'b', 'c', 'd'),
  winner: fc.constantFrom('first', 'second', 'tie', 'missing'),
  lengths: fc.record({ first: fc.nat(500), second: fc.nat(500) }),
});
const duels = fc.array(duel, { minLength: 1, maxLength: 25 });

/** The likelihood as the model is defined, with nothing worked out beforehand. */
function logLikelihood(data: readonly Duel[], thetas: ReadonlyMap<string, number>, pull = 0, usualGap = 1) {
  const chance = (odds: number) => 1 / (1 + Math.exp(-odds));
  let sum = 0;
  for (const { first, second, winner, lengths } of data) {
    if (winner === 'missing' || first === second) continue;
    const gap = usualGap === 0 ? 0 : lengthGap(lengths) / usualGap;
    const win = chance((thetas.get(first) ?? 0) - (thetas.get(second) ?? 0) + pull * gap);
    const points = winner === 'first' ? 1 : winner === 'tie' ? 0.5 : 0;
    sum += points * Math.log(win) + (1 - points) * Math.log(1 - win);
  }
  for (const value of [...thetas.values(), pull]) {
    sum += PRIOR * (Math.log(chance(value)) + Math.log(chance(-value)));
  }
  return sum;
}

/** The greatest likelihood, by going up each value alone in ever smaller steps. */
function climb(data: readonly Duel[], usualGap: number | undefined) {
  const ids = [...new Set(data.flatMap(({ first, second }) => [first, second]))];
  const thetas = new Map(ids.map((id) => [id, 0]));
  let pull = 0;
  const height = () => logLikelihood(data, thetas, pull, usualGap ?? 0);
  const moves = [
    ...ids.map((id) => (step: number) => thetas.set(id, (thetas.get(id) ?? 0) + step)),
    ...(usualGap === undefined
      ? []
      : [
          (step: number) => {
            pull += step;
          },
        ]),
  ];
  for (let step = 1; step > 1e-5; ) {
    let climbed = false;
    for (const move of moves) {
      for (const by of [step, -step]) {
        const before = height();
        move(by);
        if (height() > before + 1e-13) climbed = true;
        else move(-by);
      }
    }
    if (!climbed) step /= 2;
  }
  const mean = [...thetas.values()].reduce((sum, theta) => sum + theta, 0) / ids.length;
  return { thetas: new Map([...thetas].map(([id, theta]) => [id, theta - mean])), pull };
}

test('Bradley-Terry strengths are those of the greatest likelihood', () => {
  fc.assert(
    fc.property(duels, (data) => {
      const { thetas } = climb(data, undefined);
      for (const { id, theta } of bradleyTerry(data))
        expect(theta).toBeCloseTo(thetas.get(id) ?? Number.NaN, 2);
    }),
    { numRuns: 40 },
  );
});

test('so are those with length controlled, and the pull of length', () => {
  fc.assert(
    fc.property(duels, (data) => {
      const { strengths, pull, usualGap } = lengthControlled(data);
      const climbed = climb(data, usualGap);
      for (const { id, theta } of strengths)
        expect(theta).toBeCloseTo(climbed.thetas.get(id) ?? Number.NaN, 2);
      expect(pull).toBeCloseTo(climbed.pull, 2);
    }),
    { numRuns: 40 },
  );
});

test('nothing changes with the order of the duels, or with who is called first', () => {
  const turned = { first: 'second', second: 'first', tie: 'tie', missing: 'missing' } as const;
  fc.assert(
    fc.property(duels, (data) => {
      const other = data.toReversed().map(({ first, second, winner, lengths }): Duel => {
        const back = { first: lengths?.second ?? 0, second: lengths?.first ?? 0 };
        return { first: second, second: first, winner: turned[winner], lengths: back };
      });
      const close = (strengths: ReturnType<typeof bradleyTerry>) =>
        Object.fromEntries(strengths.map(({ id, theta }) => [id, expect.closeTo(theta, 5)]));
      const plain = (strengths: ReturnType<typeof bradleyTerry>) =>
        Object.fromEntries(strengths.map(({ id, theta }) => [id, theta]));
      expect(plain(bradleyTerry(other))).toEqual(close(bradleyTerry(data)));
      expect(plain(lengthControlled(other).strengths)).toEqual(close(lengthControlled(data).strengths));
      expect(winRates(other)).toEqual(winRates(data));
    }),
  );
});

test('a win more never makes its winner weaker', () => {
  const thetaOf = (id: string, data: readonly Duel[]) =>
    bradleyTerry(data).find((strength) => strength.id === id)?.theta ?? 0;
  fc.assert(
    fc.property(duels, (data) => {
      const more: Duel = { first: 'a', second: 'b', winner: 'first' };
      const seen = [...data, { ...more, winner: 'missing' as const }];
      expect(thetaOf('a', [...data, more])).toBeGreaterThan(thetaOf('a', seen));
    }),
  );
});

test('all that was read is won, tied or lost by both', () => {
  fc.assert(
    fc.property(duels, (data) => {
      const rates = winRates(data);
      const sum = (of: (rate: (typeof rates)[number]) => number) =>
        rates.reduce((all, rate) => all + of(rate), 0);
      const real = data.filter(({ first, second }) => first !== second);
      expect(sum(({ wins }) => wins)).toBe(sum(({ losses }) => losses));
      expect(sum(({ missing }) => missing)).toBe(
        2 * real.filter(({ winner }) => winner === 'missing').length,
      );
      expect(sum(({ rate }) => rate.hits) * 2).toBe(sum(({ rate }) => rate.of));
    }),
  );
});

test('the interval of a share holds it, and is that of its opposite turned round', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (hits, misses) => {
      const of = hits + misses;
      fc.pre(of > 0);
      const { low, high } = wilson(hits, of);
      expect(low).toBeLessThanOrEqual(hits / of + 1e-12);
      expect(high).toBeGreaterThanOrEqual(hits / of - 1e-12);
      const opposite = wilson(misses, of);
      expect([1 - opposite.high, 1 - opposite.low]).toEqual([
        expect.closeTo(low, 9),
        expect.closeTo(high, 9),
      ]);
    }),
  );
});

test('a permutation test over all signs is what trying them one by one gives', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 8 }), (differences) => {
      const seen = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
      const sums = differences.reduce<number[]>(
        (all, difference) => all.flatMap((sum) => [sum + difference, sum - difference]),
        [0],
      );
      const reached = sums.filter((sum) => Math.abs(sum) >= seen).length / sums.length;
      expect(permutationTest(differences, { random: () => 0 })).toBeCloseTo(reached, 12);
    }),
  );
});

test('a system of equations is solved', () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.array(number, { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 }),
      (rows) => {
        // A matrix times its transpose, and a little more: positive definite.
        const matrix = rows.map((one, at) =>
          rows.map((other, to) =>
            one.reduce((sum, value, k) => sum + value * (other[k] ?? 0), at === to ? 0.5 : 0),
          ),
        );
        const answer = [1, -2, 3, 0.5];
        const right = matrix.map((line) => line.reduce((sum, value, k) => sum + value * (answer[k] ?? 0), 0));
        expect(solve(matrix, right)).toEqual(answer.map((value) => expect.closeTo(value, 6)));
      },
    ),
  );
});
