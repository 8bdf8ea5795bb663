import { expect, test } from 'vitest';
import { beatJson } from '../../../../src/stage/terminal/beat-json.ts';
import { verdictLines } from '../../../../src/stage/terminal/verdict-text.ts';
import { judgeReport, reading, undecided } from '../../../support/judge-report.ts';

test('a verdict in a few lines: who over whom, by what, and what was not decided', () => {
  expect(verdictLines(judgeReport)).toEqual([
    '[judge] gemma chose A of 3 candidates in 1.2 s',
    '[judge] B and C: a tie (flipped with the order)',
    '[judge] A over B, for Leaves Room',
    '[judge] B, which lost: Good night.',
    '[judge] C, which lost: *shrugs*',
  ]);
  expect(verdictLines(undecided)[1]).toBe('[judge] A and B: no verdict (half)');
});

test.each([
  ['identical', 'tie', '[judge] A and B: a tie (the same words)'],
  ['empty', 'first', '[judge] A over B, which is empty'],
  ['judged', 'second', '[judge] B over A'],
] as const)('a match that was %s and %s', (how, winner, line) => {
  const match = { first: 0, second: 1, verdict: { how, winner, flipped: false, orders: [] } };
  expect(verdictLines({ ...judgeReport, matches: [match] })[1]).toBe(line);
});

test('for scripts it stands under the hidden layers, without times', () => {
  const beat = { n: 7, at: 1, kind: 'line', speaker: judgeReport.speaker, segments: [] } as const;
  const json = JSON.stringify(beatJson(beat, { thoughts: [], faults: [], judged: judgeReport }));
  const { hidden } = JSON.parse(json);
  expect(hidden.judged.ranking).toEqual([0, 1, 2]);
  expect(hidden.judged.matches[1]).toMatchObject({ first: 0, second: 1, winner: 'first' });
  expect(hidden.judged.matches[1].orders[0].outcome).toEqual({ type: 'read', reading });
  expect(json).not.toMatch(/"ms|msTo|usage/);
});
