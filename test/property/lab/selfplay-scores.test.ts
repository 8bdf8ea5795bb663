import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIMENSIONS, PENALTIES, SEVERITIES } from '../../../src/lab/selfplay/minimax/dimensions.ts';
import { pillarsOf, type Scores, turnMark } from '../../../src/lab/selfplay/minimax/score.ts';
import { spearman } from '../../../src/lab/selfplay/minimax/spearman.ts';
import { figuresOf } from '../../../src/lab/selfplay/run/figures.ts';
import type { SelfplayCase } from '../../../src/lab/selfplay/run/result.ts';

const score = fc.double({ min: 0, max: 100, noNaN: true });
const scores = fc
  .tuple(score, score, score, score, score, score)
  .map((values): Scores => Object.fromEntries(DIMENSIONS.map(({ id }, at) => [id, values[at]])) as Scores);

test('the mark of a turn: 100 without faults, never below 0, never higher for one more, whatever the order', () => {
  const severities = fc.array(fc.constantFrom(...SEVERITIES), { maxLength: 12 });
  fc.assert(
    fc.property(severities, fc.constantFrom(...SEVERITIES), (list, one) => {
      const mark = turnMark(list);
      let slow = 100;
      for (const severity of list) slow = slow > PENALTIES[severity] ? slow - PENALTIES[severity] : 0;
      expect(mark).toBe(slow);
      expect(turnMark([...list, one])).toBeLessThanOrEqual(mark);
      expect(turnMark(list.toReversed())).toBe(mark);
    }),
  );
});

test('pillars and overall are what the public formula says', () => {
  fc.assert(
    fc.property(scores, (all) => {
      const { overall, worlds, stories, preferences } = pillarsOf(all);
      const [b, l, k, d, c, i] = [
        all.basics,
        all.logic,
        all.knowledge,
        all.diversity,
        all.content_logic,
        all.interaction,
      ];
      expect(worlds).toBeCloseTo((b + l + k) / 3, 9);
      expect(stories).toBeCloseTo((d + c) / 2, 9);
      expect(preferences).toBe(i);
      expect(overall).toBeCloseTo((b + l + k) / 6 + (d + c) / 8 + i / 4, 9);
      expect(overall).toBeGreaterThanOrEqual(Math.min(...Object.values(all)) - 1e-9);
      expect(overall).toBeLessThanOrEqual(Math.max(...Object.values(all)) + 1e-9);
    }),
  );
});

test('the weights are those of HER’s table: pillars of two of its rows give their overall', () => {
  const withPillars = (worlds: number, stories: number, preferences: number) =>
    pillarsOf({
      ...{ basics: worlds, logic: worlds, knowledge: worlds },
      ...{ diversity: stories, content_logic: stories, interaction: preferences },
    }).overall;
  expect(withPillars(59.13, 57.74, 86.9)).toBeCloseTo(65.73, 1);
  expect(withPillars(80.55, 79.97, 97.51)).toBeCloseTo(84.65, 1);
});

/** By counting pairs: the rank of a value is one more than those below it, and half of its equals. */
function slowSpearman(pairs: readonly (readonly [number, number])[]): number | null {
  const rank = (values: readonly number[], of: number) =>
    values.filter((value) => value < of).length + (values.filter((value) => value === of).length + 1) / 2;
  const ranks = ([0, 1] as const).map((side) => {
    const values = pairs.map((pair) => pair[side]);
    return values.map((value) => rank(values, value));
  });
  const [xs = [], ys = []] = ranks;
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const covariance = (a: readonly number[], b: readonly number[]) =>
    mean(a.map((value, at) => (value - mean(a)) * ((b[at] ?? 0) - mean(b))));
  const spread = Math.sqrt(covariance(xs, xs) * covariance(ys, ys));
  return pairs.length < 3 || spread === 0 ? null : covariance(xs, ys) / spread;
}

test('Spearman’s correlation is that of the slow reckoning, ties among it', () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ min: 0, max: 100, noNaN: true }));
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 14 }), (pairs) => {
      const fast = spearman(pairs);
      const slow = slowSpearman(pairs);
      if (slow === null) expect(fast).toBeNull();
      else expect(fast).toBeCloseTo(slow, 9);
    }),
  );
});

test('Spearman’s correlation knows order alone', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })), {
    minLength: 3,
    maxLength: 12,
  });
  fc.assert(
    fc.property(pairs, (list) => {
      expect(spearman(list.map(([a, b]) => [a ** 3 + 1, Math.exp(b / 9)]))).toEqual(spearman(list));
      const same = spearman(list.map(([a]) => [a, a]));
      if (same !== null) expect(same).toBeCloseTo(1, 12);
    }),
  );
});

const oneCase = (cluster: string, score: number | null): SelfplayCase => ({
  ...{ id: `${cluster}/${score}`, cluster, title: '', run: 1, exchanges: 1, silent: 0, userSilent: 0 },
  ...{ refused: false, invalid: score === null, score },
  figures: score === null ? null : { overall: score },
  byJudge: {},
  judgements: [],
  format: { answers: 0, usable: 0, faults: {}, planned: 0, leaks: 0 },
});

test('a figure is the mean of the valid dialogues, within its interval, and knows no other', () => {
  const cases = fc.array(
    fc
      .tuple(fc.constantFrom('a', 'b', 'c'), fc.option(score, { freq: 4 }))
      .map(([cluster, value]) => oneCase(cluster, value)),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(cases, (list) => {
      const { score: figures, invalid } = figuresOf(list, 3);
      const values = list.flatMap((one) => (one.score === null ? [] : [one.score]));
      expect(invalid).toBe(list.length - values.length);
      const overall = figures['overall'];
      if (values.length === 0) {
        expect(overall).toBeUndefined();
        return;
      }
      expect(overall?.n).toBe(values.length);
      expect(overall?.mean).toBeCloseTo(values.reduce((a, b) => a + b, 0) / values.length, 9);
      expect(overall?.low ?? Number.NaN).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
      expect(overall?.high ?? Number.NaN).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
    }),
    { numRuns: 30 },
  );
});
