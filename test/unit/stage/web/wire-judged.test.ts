import { expect, test } from 'vitest';
import { judgedSchema } from '../../../../src/stage/web/judged-shape.ts';
import { wireJudged } from '../../../../src/stage/web/wire-judged.ts';
import { judgeReport, undecided } from '../../../support/judge-report.ts';

test('a verdict travels whole', () => {
  const wired = judgedSchema.parse(wireJudged(judgeReport));
  const { candidates, ranking, turn, speaker, model, ms } = judgeReport;
  expect(wired).toMatchObject({ candidates, ranking, turn, speaker, model, ms });
  expect(wired.matches.map(({ winner, flipped, deciding }) => [winner, flipped, deciding?.name])).toEqual([
    ['tie', true, undefined],
    ['first', false, 'Leaves Room'],
  ]);
  expect(wired.matches[1]?.orders[0]?.reading?.comparisons[0]?.first).toBe('Asks him straight out.');
  expect(wireJudged(undecided).matches[0]?.orders.map(({ missing }) => missing)).toEqual([undefined, 'half']);
});

test('what the shape does not name does not travel', () => {
  const planted = { systemThinking: 'PLAN', usage: 'PLAN' };
  const [candidate] = judgeReport.candidates;
  const report = {
    ...judgeReport,
    ...planted,
    candidates: [{ ...planted, segments: [], ...candidate }],
    matches: judgeReport.matches.map((match) => ({
      ...match,
      ...planted,
      verdict: { ...match.verdict, ...planted },
    })),
  };
  expect(JSON.stringify(wireJudged(report))).not.toContain('PLAN');
  expect(JSON.stringify(wireJudged(judgeReport))).not.toContain('promptTokens');
});
