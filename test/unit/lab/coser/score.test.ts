import { describe, expect, test } from 'vitest';
import { dimensionScore, meanOf } from '../../../../src/lab/coser/score.ts';

describe('the score of a dimension', () => {
  test.each([
    { severities: [], rounds: 0, score: 100 },
    { severities: [], rounds: 20, score: 100 },
    { severities: [5], rounds: 0, score: 75 },
    { severities: [5, 5, 5, 5], rounds: 0, score: 0 },
    { severities: [4, 5], rounds: 5, score: 62.5 },
  ])('$severities in $rounds rounds is $score, whoever counts', ({ severities, rounds, score }) => {
    const flaws = severities.map((severity) => ({ severity }));
    for (const protocol of ['coser', 'her', 'fixed'] as const) {
      expect(dimensionScore(flaws, rounds, protocol)).toBeCloseTo(score, 10);
    }
  });

  test.each([
    { severity: 2.5, coser: 100, her: 87.5, fixed: 87.5 },
    { severity: '3', coser: 100, her: 100, fixed: 85 },
    { severity: null, coser: 95, her: 100, fixed: 95 },
    { severity: undefined, coser: 95, her: 100, fixed: 95 },
    { severity: true, coser: 95, her: 95, fixed: 95 },
    { severity: 9, coser: 55, her: 55, fixed: 75 },
    { severity: -2, coser: 100, her: 100, fixed: 95 },
    { severity: 'severe', coser: 100, her: 100, fixed: 95 },
  ])('severity $severity: $coser by CoSER, $her by HER, $fixed mended', ({ severity, ...scores }) => {
    for (const protocol of ['coser', 'her', 'fixed'] as const) {
      expect(dimensionScore([{ severity }], 0, protocol)).toBeCloseTo(scores[protocol], 10);
    }
  });

  test('the mean of nothing is no number', () => {
    expect(meanOf([])).toBeUndefined();
    expect(meanOf([66.5, 61.5, 41.5, 66.5])).toBe(59);
  });
});
