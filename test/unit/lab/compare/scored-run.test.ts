import { expect, test } from 'vitest';
import { compareRuns } from '../../../../src/lab/compare/compare-runs.ts';
import { type ScoredCase, type ScoredRun, selfplayRun } from '../../../../src/lab/compare/scored-run.ts';
import type { SelfplayResult } from '../../../../src/lab/selfplay/run/result.ts';
import { sampleRun } from '../../../support/sample-run.ts';

const NONE = { mean: null, low: null, high: null, n: 0 };

function selfplay(scores: readonly (number | null)[]): SelfplayResult {
  const { manifest } = sampleRun(1).result;
  return {
    manifest: { ...manifest, benchmark: 'pingpong' },
    figures: { score: {}, byJudge: {}, byModel: {}, usable: NONE, refused: NONE, invalid: 0, leaks: 0 },
    labels: { overall: 'Overall', fun: 'Entertainment' },
    scale: { least: 1, most: 10 },
    cases: scores.map((score, at) => ({
      id: `seed-${Math.floor(at / 2)}#${at % 2}`,
      cluster: `seed-${Math.floor(at / 2)}`,
      title: '',
      run: at % 2,
      exchanges: 1,
      silent: 0,
      userSilent: 0,
      refused: false,
      invalid: score === null,
      score,
      figures: score === null ? null : { fun: score + 1 },
      byJudge: {},
      judgements: [],
      format: { answers: 1, usable: 1, faults: {}, planned: 0, leaks: 0 },
    })),
    failed: [],
  };
}

test('dialogues of self-play are paired by id, under their own names', () => {
  const a = selfplayRun('a', selfplay([5, 6, 7, 8, null, 3]));
  const b = selfplayRun('b', selfplay([6, 6, 9, 8, 4, 3]));
  const { figures, paired, invalid } = compareRuns(a, b, 'honest');
  expect([paired, invalid]).toEqual([5, 1]);
  expect(figures.map(({ label, n, difference }) => [label, n, difference])).toEqual([
    ['Overall', 5, 0.6],
    ['Entertainment', 5, 0.6],
  ]);
});

test('what hangs together is turned together: copies of a scene make nothing surer', () => {
  const run = (copies: number, gain: number): ScoredRun => ({
    name: 'x',
    unit: 'scene',
    manifest: undefined,
    figures: new Map([['overall', 'Overall']]),
    cases: [1, 2, 3].flatMap((cluster) =>
      Array.from({ length: copies }, (_, copy): ScoredCase => {
        const scores = { overall: 50 + gain * cluster };
        const id = `${cluster}#${copy}`;
        return { id, cluster: String(cluster), invalid: false, scores: { honest: scores, protocol: scores } };
      }),
    ),
  });
  const [one] = compareRuns(run(1, 0), run(1, 5), 'honest').figures;
  const [many] = compareRuns(run(9, 0), run(9, 5), 'honest').figures;
  expect(one?.p).toBe(0.25);
  expect(many?.p).toBe(0.25);
  expect(many?.n).toBe(27);
  expect(many?.needed).toBe(one?.needed);
  expect([many?.low, many?.high]).toEqual([one?.low, one?.high]);
});
