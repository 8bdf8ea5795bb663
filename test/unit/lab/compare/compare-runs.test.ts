import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../../../src/lab/compare/compare-runs.ts';
import { comparisonWords } from '../../../../src/lab/compare/comparison-words.ts';
import { differencesOf } from '../../../../src/lab/compare/differences.ts';
import { scenesNeeded } from '../../../../src/lab/compare/scenes-needed.ts';
import { coserRun } from '../../../../src/lab/compare/scored-run.ts';
import type { EvalResult, Manifest } from '../../../../src/lab/eval/result.ts';
import { sampleResult, sampleRun } from '../../../support/sample-run.ts';

const A = sampleRun(25, { seed: 7 }).result;

/** The same run with one thing about it changed. */
function but(result: EvalResult, change: (manifest: Manifest) => Manifest): EvalResult {
  return { ...result, manifest: change(structuredClone(result.manifest)) };
}

function compared(a: EvalResult, b: EvalResult, kind: 'honest' | 'protocol' = 'honest') {
  return compareRuns(coserRun('a', a), coserRun('b', b), kind);
}

describe('two runs, scene by scene', () => {
  test('a run against itself: no difference anywhere', () => {
    const { figures, paired, invalid, onlyA, onlyB, scale, meant } = compared(A, A);
    expect([paired, invalid, onlyA, onlyB]).toEqual([24, 1, 0, 0]);
    expect(figures.map(({ name }) => name)).toEqual([
      'overall',
      'Storyline Consistency',
      'Anthropomorphism',
      'Character Fidelity',
      'Storyline Quality',
    ]);
    for (const { difference, low, high, p, wins, ties, losses, needed } of figures) {
      expect([difference, low, high, p, wins, ties, losses]).toEqual([0, 0, 0, 1, 0, 24, 0]);
      expect(needed).toBeUndefined();
    }
    expect([scale, meant]).toEqual([[], []]);
  });

  test('fewer flaws are seen as a difference, and the dimensions account for being several', () => {
    const better = sampleRun(25, { seed: 7, shift: 3 }).result;
    const { figures } = compared(A, better);
    const [overall, ...dimensions] = figures;
    expect(overall?.difference).toBeGreaterThan(5);
    expect(overall?.low).toBeGreaterThan(0);
    expect(overall?.p).toBeLessThan(0.01);
    expect(overall?.holm).toBeUndefined();
    for (const { p, holm } of dimensions) expect(holm).toBeGreaterThanOrEqual(p);
  });

  test('the same files give the same figures', () => {
    const better = sampleRun(25, { seed: 9 }).result;
    expect(compared(A, better)).toEqual(compared(A, better));
  });

  test('an invalid scene is in no honest figure, and in the protocol’s where it has that one', () => {
    const { figures } = compared(A, A, 'protocol');
    const ns = Object.fromEntries(figures.map(({ name, n }) => [name, n]));
    expect(ns['overall']).toBe(24);
    expect(ns['Storyline Consistency']).toBe(25);
    expect(ns['Anthropomorphism']).toBe(24);
  });

  test('scenes of one run only are counted and left out', () => {
    const fewer = sampleResult(A.cases.slice(3));
    const { paired, onlyA, onlyB } = compared(A, fewer);
    expect([paired, onlyA, onlyB]).toEqual([21, 3, 0]);
    expect(comparisonWords(compared(A, fewer), false)).toContain(
      'Left out: 3 only in A, 1 invalid in one of them.',
    );
  });
});

describe('what makes scores of two scales', () => {
  test.each<[string, (manifest: Manifest) => Manifest]>([
    ['benchmark', (one) => ({ ...one, benchmark: 'pingpong' })],
    ['protocol', (one) => ({ ...one, protocol: 'her' })],
    ['judge', (one) => ({ ...one, judge: { ...one.judge, model: 'other' } })],
    ['judge prompt', (one) => ({ ...one, judge: { ...one.judge, hash: 'other' } })],
    ['data (sha256)', (one) => ({ ...one, data: { ...one.data, sha256: 'other' } })],
    ['rounds', (one) => ({ ...one, settings: { ...one.settings, rounds: 10 } })],
    ['continue-from', (one) => ({ ...one, settings: { ...one.settings, 'continue-from': 3 } })],
    [
      'judge as served',
      ({ roles: { judge, ...roles }, ...one }) => ({
        ...one,
        roles: { ...roles, ...(judge ? { judge: { ...judge, served: ['other'] } } : {}) },
      }),
    ],
  ])('%s', (what, change) => {
    const comparison = compared(A, but(A, change));
    expect(comparison.scale.map((one) => one.what)).toEqual([what]);
    const words = comparisonWords(comparison, false);
    expect(words).toContain('not on one scale');
    expect(words).not.toMatch(/Overall|permutation|won\/tied/u);
    const anyway = comparisonWords(comparison, true);
    expect(anyway.indexOf('WARNING')).toBeLessThan(anyway.indexOf('Overall'));
    expect(anyway.indexOf('WARNING')).toBeGreaterThan(0);
  });

  test('another actor, seed, setting or number of judgements is what a comparison is for', () => {
    const other = but(A, (one) => ({
      ...one,
      seed: 8,
      judge: { ...one.judge, times: 3 },
      settings: { ...one.settings, plan: false, actor: 'b' },
    }));
    const { scale, meant } = differencesOf(A.manifest, other.manifest);
    expect(scale).toEqual([]);
    expect(meant.map(({ what }) => what).sort()).toEqual(['actor', 'judged', 'plan', 'seed']);
    expect(meant.find(({ what }) => what === 'plan')).toEqual({ what: 'plan', a: 'true', b: 'false' });
  });

  test('an endpoint that does not say which model answered is no difference', () => {
    const silent = but(A, (one) => ({
      ...one,
      roles: Object.fromEntries(
        Object.entries(one.roles).map(([role, use]) => [role, { ...use, served: [] }]),
      ),
    }));
    expect(differencesOf(A.manifest, silent.manifest)).toEqual({ scale: [], meant: [] });
  });

  test('a file that says nothing of its judge is on no scale that is known', () => {
    const { scale } = differencesOf(A.manifest, undefined);
    expect(scale).toEqual([{ what: 'judge', a: 'large-judge, prompt 9a3be07c41f2', b: 'not said' }]);
  });
});

describe('scenes that a difference needs', () => {
  test('by the formula: (1.96 + 0.84)² · variance / mean²', () => {
    // Mean 2, variance 20: (2.8016)² · 20 / 4 = 39.2.
    expect(scenesNeeded([2 - Math.sqrt(10), 2 + Math.sqrt(10)])).toBe(40);
    expect(scenesNeeded([3, 3, 3])).toBe(6);
    expect(scenesNeeded([1, -1])).toBeUndefined();
    expect(scenesNeeded([5])).toBeUndefined();
  });
});

test('names from files move no cursor and break no line', () => {
  const { result } = sampleRun(3);
  const words = comparisonWords(
    compareRuns(coserRun('a\u001b[2J\nA', result), coserRun('\u202Eb', result), 'honest'),
    false,
  );
  expect(words).not.toContain('\u001b');
  expect(words).not.toContain('\u202e');
  expect(words.split('\n')[1]).toBe('B  b');
});
