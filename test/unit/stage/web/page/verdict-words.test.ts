import { expect, test } from 'vitest';
import { decisionOf, headline, remarkOn } from '../../../../../src/stage/web/page/verdict-words.ts';
import { wireJudged } from '../../../../../src/stage/web/wire-judged.ts';
import { judgeReport, undecided } from '../../../../support/judge-report.ts';

const judged = wireJudged(judgeReport);

test('the decision in one line is that of the last match', () => {
  expect(headline(judged)).toEqual({
    words: '3 candidates, chosen by gemma in 1.2 s: A over B',
    deciding: 'Leaves Room',
  });
  expect(headline(wireJudged(undecided)).words).toContain('no verdict on A and B, A goes on');
  expect(headline({ ...judged, matches: [] }).words).toContain('nothing was compared');
});

test('flips and answers that are missing are said plainly', () => {
  const [flipped, won] = judged.matches;
  expect([flipped && remarkOn(flipped), won && remarkOn(won)]).toEqual([
    'Flipped: with the order turned round it preferred the other one, so neither won.',
    'Both orders agree.',
  ]);
  const [missing] = wireJudged(undecided).matches;
  expect(missing && remarkOn(missing)).toBe('One of two answers could be used: the other was cut off.');
  const orders = [{ shownFirst: 'first', attempts: 2, missing: 'prose' } as const];
  expect(missing && remarkOn({ ...missing, orders })).toBe('No answer could be used: it was prose.');
});

test.each([
  ['identical', 'tie', 'B and C are the same, B goes on', 'No judge was asked.'],
  ['empty', 'second', 'C over B, which is empty', 'No judge was asked.'],
] as const)('%s candidates', (how, winner, words, remark) => {
  const match = { first: 1, second: 2, how, winner, flipped: false, orders: [] };
  expect([decisionOf(match).words, remarkOn(match)]).toEqual([words, remark]);
});
