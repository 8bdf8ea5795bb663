import { describe, expect, test } from 'vitest';
import { type CoserDimension, DIMENSIONS } from '../../../../src/lab/coser/judge-answer.ts';
import { judgementsSchema } from '../../../../src/lab/coser/judged-case.ts';
import { figuresOf } from '../../../../src/lab/eval/figures.ts';
import { scoresOf } from '../../../../src/lab/eval/play-case.ts';
import type { CaseResult } from '../../../../src/lab/eval/result.ts';

/** A case whose dimensions got these scores; null: its judgement could not be read. */
function caseOf(id: string, scores: readonly (number | null)[], protocolScore = 50): CaseResult {
  const judged = DIMENSIONS.map((dimension, at): [string, CaseResult['judgements'][CoserDimension]] => {
    const honest = scores[at] ?? null;
    return [dimension, [{ score: honest ?? protocolScore, honest, flaws: [], tries: 1 }]];
  });
  const judgements = judgementsSchema.parse(Object.fromEntries(judged));
  return {
    ...{ id, book: 'B', topic: 'T', actorTurns: 10, rounds: 20, end: 'rounds', silent: 0 },
    ...{ judgements, ...scoresOf(judgements), bleu: 0.1, rougeL: null, ms: 0 },
    format: { answers: 10, usable: 9, faults: {}, planned: 0, leaks: 0 },
  };
}

test('means by dimension and overall, with intervals around them', () => {
  const figures = figuresOf([caseOf('a', [80, 60, 40, 20]), caseOf('b', [100, 80, 60, 40])], 1);
  expect(Object.keys(figures.score)).toEqual([...DIMENSIONS, 'overall']);
  expect(figures.score['Storyline Consistency']).toEqual({ mean: 90, low: 80, high: 100, n: 2 });
  expect(figures.score['overall']).toEqual({ mean: 60, low: 50, high: 70, n: 2 });
  expect(figures.honest).toEqual(figures.score);
  expect(figures.usable).toMatchObject({ mean: 0.9, n: 2 });
  expect(figures.rougeL).toEqual({ mean: null, low: null, high: null, n: 0 });
});

describe('a case with a judgement that could not be read', () => {
  const cases = [caseOf('a', [80, 80, 80, 80]), caseOf('b', [100, null, 100, 100])];

  test('is invalid: counted, and in no honest figure, whatever number the protocol has for it', () => {
    expect(cases.map(({ invalid, honest, score }) => ({ invalid, honest, score }))).toEqual([
      { invalid: false, honest: 80, score: 80 },
      { invalid: true, honest: null, score: 87.5 },
    ]);
    const { honest, score, invalid } = figuresOf(cases, 1);
    expect(invalid).toBe(1);
    expect(Object.values(honest).every(({ mean, n }) => mean === 80 && n === 1)).toBe(true);
    expect(score['Anthropomorphism']?.mean).toBe(65);
  });
});

test('no case has figures without a mean', () => {
  const { honest, invalid } = figuresOf([], 1);
  expect(invalid).toBe(0);
  expect(honest['overall']).toEqual({ mean: null, low: null, high: null, n: 0 });
});

test('one scene has a mean, and no interval that could be believed', () => {
  const { score } = figuresOf([caseOf('a', [80, 60, 40, 20])], 1);
  expect(score['overall']).toEqual({ mean: 50, low: null, high: null, n: 1 });
});

test('the same seed, the same intervals; the order of scenes is of no account to the means', () => {
  const cases = [10, 35, 50, 70, 95].map((score, at) => caseOf(String(at), [score, score, score, score]));
  expect(figuresOf(cases, 3)).toEqual(figuresOf(cases, 3));
  expect(figuresOf(cases.toReversed(), 3).score['overall']?.mean).toBeCloseTo(52, 10);
  expect(figuresOf(cases, 4).score['overall']).not.toEqual(figuresOf(cases, 3).score['overall']);
});
