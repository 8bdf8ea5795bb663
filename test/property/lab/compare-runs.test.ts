import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../../src/lab/compare/compare-runs.ts';
import { holm } from '../../../src/lab/compare/holm.ts';
import { pairCases } from '../../../src/lab/compare/pair-cases.ts';
import { scenesNeeded } from '../../../src/lab/compare/scenes-needed.ts';
import type { Kind, ScoredCase, ScoredRun } from '../../../src/lab/compare/scored-run.ts';

/** Halves, so that sums are exact. */
const score = fc.option(fc.integer({ min: 0, max: 200 }).map((halves) => halves / 2));
const scores = fc.record({ overall: score, x: score, y: score });
const scoredCase = fc.record({
  id: fc.constantFrom(...'abcdefghij'),
  invalid: fc.boolean(),
  honest: scores,
  protocol: scores,
});
const FIGURES = new Map([
  ['overall', 'Overall'],
  ['x', 'X'],
  ['y', 'Y'],
]);
const kind = fc.constantFrom<Kind>('honest', 'protocol');

const run = fc.uniqueArray(scoredCase, { selector: ({ id }) => id, maxLength: 10 }).map(
  (cases): ScoredRun => ({
    name: 'run',
    unit: 'scene',
    manifest: undefined,
    figures: FIGURES,
    cases: cases.map(asCase),
  }),
);

function asCase({
  id,
  invalid,
  honest,
  protocol,
}: typeof scoredCase extends fc.Arbitrary<infer T> ? T : never) {
  return { id, cluster: id, invalid, scores: { honest, protocol } } satisfies ScoredCase;
}

describe('pairing', () => {
  test('finds the same cases as looking for each in the other run, and counts all that is left out', () => {
    fc.assert(
      fc.property(run, run, kind, (a, b, which) => {
        const slow: string[] = [];
        let left = 0;
        for (const one of a.cases) {
          for (const other of b.cases) {
            if (one.id !== other.id) continue;
            if (which === 'honest' && (one.invalid || other.invalid)) left += 1;
            else slow.push(one.id);
          }
        }
        const { pairs, onlyA, onlyB, invalid } = pairCases(a, b, which);
        expect(pairs.map((pair) => pair.a.id)).toEqual(slow);
        expect(pairs.every((pair) => pair.a.id === pair.b.id)).toBe(true);
        expect(invalid).toBe(left);
        expect(pairs.length + invalid + onlyA).toBe(a.cases.length);
        expect(pairs.length + invalid + onlyB).toBe(b.cases.length);
      }),
    );
  });
});

describe('figures', () => {
  test('are those of a slow count by hand', () => {
    fc.assert(
      fc.property(run, run, kind, (a, b, which) => {
        const { figures } = compareRuns(a, b, which);
        const { pairs } = pairCases(a, b, which);
        for (const name of FIGURES.keys()) {
          const own = pairs.flatMap((pair) => {
            const one = pair.a.scores[which][name];
            const other = pair.b.scores[which][name];
            return one == null || other == null ? [] : [{ one, other }];
          });
          const figure = figures.find((found) => found.name === name);
          if (own.length === 0) {
            expect(figure).toBeUndefined();
            continue;
          }
          const sum = (of: (pair: { one: number; other: number }) => number) =>
            own.reduce((total, pair) => total + of(pair), 0);
          const differences = own.map(({ one, other }) => other - one);
          expect(figure?.n).toBe(own.length);
          expect(figure?.a).toBeCloseTo(sum(({ one }) => one) / own.length, 9);
          expect(figure?.b).toBeCloseTo(sum(({ other }) => other) / own.length, 9);
          expect(figure?.difference).toBeCloseTo(sum(({ one, other }) => other - one) / own.length, 9);
          expect([figure?.wins, figure?.ties, figure?.losses]).toEqual([
            differences.filter((one) => one > 0).length,
            differences.filter((one) => one === 0).length,
            differences.filter((one) => one < 0).length,
          ]);
          expect(figure?.p).toBeCloseTo(allSigns(differences), 9);
          expect(figure?.low).toBeGreaterThanOrEqual(Math.min(...differences) - 1e-9);
          expect(figure?.high).toBeLessThanOrEqual(Math.max(...differences) + 1e-9);
          expect(figure?.low).toBeLessThanOrEqual(figure?.high ?? Number.NaN);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('turned round they change their sign, and nothing else', () => {
    fc.assert(
      fc.property(run, run, kind, (a, b, which) => {
        const there = compareRuns(a, b, which);
        const back = compareRuns(b, a, which);
        expect(back.paired).toBe(there.paired);
        expect([back.onlyA, back.onlyB]).toEqual([there.onlyB, there.onlyA]);
        for (const figure of there.figures) {
          const other = back.figures.find(({ name }) => name === figure.name);
          expect(other?.difference).toBeCloseTo(-figure.difference, 9);
          expect(other?.p).toBeCloseTo(figure.p, 9);
          expect([other?.wins, other?.losses]).toEqual([figure.losses, figure.wins]);
          expect(other?.needed).toBe(figure.needed);
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** Every way of changing signs, one after the other. */
function allSigns(differences: readonly number[]): number {
  const seen = Math.abs(differences.reduce((sum, one) => sum + one, 0));
  const sums = differences.reduce<number[]>((all, one) => all.flatMap((sum) => [sum + one, sum - one]), [0]);
  return sums.filter((sum) => Math.abs(sum) >= seen).length / sums.length;
}

describe('Holm', () => {
  test('is its definition: of all that are no larger, the largest product', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), (ps) => {
        const held = holm(ps);
        for (const [at, p] of ps.entries()) {
          const sorted = ps.toSorted((a, b) => a - b);
          const products = sorted.map((one, rank) => (one <= p ? Math.min(1, one * (ps.length - rank)) : 0));
          expect(held[at]).toBeCloseTo(Math.max(...products), 12);
        }
      }),
    );
  });
});

describe('scenes that are needed', () => {
  test('do not depend on the unit, are fewer for a larger difference, and never below six', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 30 }),
        fc.integer({ min: 1, max: 40 }),
        (differences, more) => {
          const mean = differences.reduce((sum, one) => sum + one, 0) / differences.length;
          const needed = scenesNeeded(differences);
          if (Math.abs(mean) < 1e-9) {
            expect(needed).toBeUndefined();
            return;
          }
          expect(needed).toBeGreaterThanOrEqual(6);
          expect(scenesNeeded(differences.map((one) => one * 8))).toBe(needed);
          const further = differences.map((one) => one + Math.sign(mean) * more);
          expect(scenesNeeded(further)).toBeLessThanOrEqual(needed ?? 0);
        },
      ),
    );
  });
});
