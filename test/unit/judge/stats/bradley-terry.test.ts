import { describe, expect, test } from 'vitest';
import { bootstrap } from '../../../../src/judge/stats/bootstrap.ts';
import { bradleyTerry, eloOf } from '../../../../src/judge/stats/bradley-terry.ts';
import type { Duel } from '../../../../src/judge/stats/duel.ts';
import { lengthControlled } from '../../../../src/judge/stats/length-controlled.ts';
import { createRandom } from '../../../../src/judge/stats/random.ts';
import { knownDuels } from './known-duels.ts';

const duel = (first: string, second: string, winner: Duel['winner'], lengths?: [number, number]): Duel => ({
  first,
  second,
  winner,
  ...(lengths ? { lengths: { first: lengths[0], second: lengths[1] } } : {}),
});
const times = (count: number, one: Duel) => Array.from({ length: count }, () => one);

describe('Bradley-Terry', () => {
  test('of nothing is nothing', () => {
    expect(bradleyTerry([])).toEqual([]);
  });

  test('gives contenders that tie the same strength', () => {
    const [one, other] = bradleyTerry(times(7, duel('b', 'a', 'tie')));
    expect(one).toEqual({ id: 'a', theta: expect.closeTo(0, 9), elo: expect.closeTo(1000, 6), duels: 7 });
    expect(other?.id).toBe('b');
  });

  test('shows ten times the odds as 400 Elo', () => {
    expect(eloOf(Math.log(10)) - eloOf(0)).toBeCloseTo(400, 9);
    // With as many duels the prior weighs nothing.
    const duels = [...times(10_000, duel('a', 'b', 'first')), ...times(1000, duel('a', 'b', 'second'))];
    const [strong, weak] = bradleyTerry(duels);
    expect((strong?.elo ?? 0) - (weak?.elo ?? 0)).toBeCloseTo(400, 0);
  });

  test('stays finite where one never lost, and more so the more often it won', () => {
    const gapOf = (wins: number) => {
      const [best, worst] = bradleyTerry(times(wins, duel('a', 'b', 'first')));
      expect(best?.id).toBe('a');
      return (best?.theta ?? Number.NaN) - (worst?.theta ?? Number.NaN);
    };
    const gaps = [1, 10, 100, 1000].map(gapOf);
    expect(gaps.every((gap) => Number.isFinite(gap) && gap < 20)).toBe(true);
    expect([...gaps].sort((a, b) => a - b)).toEqual(gaps);
  });

  test('puts groups that never met around one mean', () => {
    const strengths = bradleyTerry([
      ...times(20, duel('a', 'b', 'first')),
      ...times(20, duel('c', 'd', 'first')),
      duel('e', 'f', 'missing'),
    ]);
    const thetas = new Map(strengths.map(({ id, theta }) => [id, theta]));
    expect(thetas.get('a')).toBeCloseTo(thetas.get('c') ?? Number.NaN, 6);
    expect(thetas.get('b')).toBeCloseTo(thetas.get('d') ?? Number.NaN, 6);
    expect(thetas.get('e')).toBeCloseTo(0, 6);
    expect(strengths.find(({ id }) => id === 'e')?.duels).toBe(0);
  });

  test('leaves out missing verdicts and duels with oneself', () => {
    const read = [duel('a', 'b', 'first'), duel('b', 'c', 'tie')];
    const noise = [duel('a', 'b', 'missing'), duel('a', 'a', 'first')];
    expect(bradleyTerry([...read, ...noise])).toEqual(bradleyTerry(read));
    expect(lengthControlled([...read, ...noise])).toEqual(lengthControlled(read));
  });

  test('finds known strengths, and its intervals hold them about 95 times of 100', () => {
    const truth = { a: 0.8, b: 0.1, c: -0.9 };
    const random = createRandom(20);
    const thetas = (duels: readonly Duel[]) =>
      new Map(bradleyTerry(duels).map(({ id, theta }) => [id, theta]));
    let held = 0;
    let all = 0;
    const sums = { a: 0, b: 0, c: 0 };
    const runs = 100;
    for (let run = 0; run < runs; run++) {
      const scenes = knownDuels(truth, 80, random);
      const found = thetas(scenes.flat());
      const intervals = bootstrap(scenes, thetas, { random, resamples: 200 });
      for (const id of ['a', 'b', 'c'] as const) {
        const { low, high } = intervals.get(id) ?? { low: Number.NaN, high: Number.NaN };
        all += 1;
        if (low <= truth[id] && truth[id] <= high) held += 1;
        sums[id] += (found.get(id) ?? Number.NaN) / runs;
      }
    }
    for (const id of ['a', 'b', 'c'] as const) expect(sums[id]).toBeCloseTo(truth[id], 1);
    expect(held / all).toBeGreaterThan(0.9);
    expect(held / all).toBeLessThan(0.99);
  });
});

describe('with length controlled', () => {
  test('strengths are those of Bradley-Terry where all are equally long', () => {
    const duels = knownDuels({ a: 1, b: 0, c: -0.4, d: -0.6 }, 30, createRandom(3))
      .flat()
      .map(({ first, second, winner }) => duel(first, second, winner, [40, 40]));
    const { strengths, pull, usualGap } = lengthControlled(duels);
    expect([pull, usualGap]).toEqual([0, 0]);
    const raw = bradleyTerry(duels);
    expect(strengths.map(({ id }) => id)).toEqual(raw.map(({ id }) => id));
    for (const [at, { theta }] of strengths.entries())
      expect(theta).toBeCloseTo(raw[at]?.theta ?? Number.NaN, 6);
  });

  test('who won by length alone is no stronger', () => {
    const random = createRandom(8);
    // `wordy` is as good as the others, writes twice as much, and the judge likes that.
    const duels = Array.from({ length: 600 }, (_, at): Duel => {
      const lengths = { first: 200 * (0.6 + random()), second: 100 * (0.6 + random()) };
      const gap = (lengths.first - lengths.second) / (lengths.first + lengths.second);
      const winner = random() < 1 / (1 + Math.exp(-4 * gap)) ? 'first' : 'second';
      return { first: 'wordy', second: at % 2 === 0 ? 'plain' : 'terse', winner, lengths };
    });
    const strengthOf = (strengths: readonly { id: string; theta: number }[]) =>
      strengths.find(({ id }) => id === 'wordy')?.theta ?? Number.NaN;
    const { strengths, pull, usualGap } = lengthControlled(duels);
    expect(strengthOf(bradleyTerry(duels))).toBeGreaterThan(0.5);
    expect(Math.abs(strengthOf(strengths))).toBeLessThan(0.25);
    expect(pull / usualGap).toBeCloseTo(4, -0.5);
  });

  test('finds known strengths and the known pull', () => {
    const truth = { a: 0.7, b: 0, c: -0.7 };
    const duels = knownDuels(truth, 1500, createRandom(5), 3).flat();
    const { strengths, pull, usualGap } = lengthControlled(duels);
    expect(strengths.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    for (const { id, theta } of strengths) expect(theta).toBeCloseTo(truth[id as keyof typeof truth], 0.9);
    expect(pull / usualGap).toBeGreaterThan(2.5);
    expect(pull / usualGap).toBeLessThan(3.5);
  });

  test('stays finite where the longer one always wins', () => {
    const duels = times(500, duel('a', 'b', 'first', [900, 1]));
    const { strengths, pull } = lengthControlled(duels);
    expect(Number.isFinite(pull)).toBe(true);
    expect(pull).toBeGreaterThan(1);
    expect(strengths.every(({ theta }) => Number.isFinite(theta))).toBe(true);
    expect(lengthControlled([])).toEqual({ strengths: [], pull: 0, usualGap: 0 });
  });
});
