import { describe, expect, test } from 'vitest';
import { type Bias, biasOf } from '../../../../src/judge/bias/bias-of.ts';
import { biasWords, selfTestWords, shareWords } from '../../../../src/judge/bias/bias-words.ts';
import { leaningOf } from '../../../../src/judge/bias/leaning.ts';
import type { ProbeOutcome } from '../../../../src/judge/bias/self-test.ts';
import { shareOf } from '../../../../src/judge/stats/share.ts';

const NOTHING = biasOf([]);
const FULL: Bias = {
  counts: {
    pairs: 120,
    identical: 3,
    empty: 2,
    decided: 80,
    ties: 25,
    missing: 10,
    orders: 230,
    missingOrders: { ...NOTHING.counts.missingOrders, prose: 7, half: 4 },
    repaired: 6,
  },
  position: { firstShown: leaningOf(150, 200), flips: shareOf(21, 100), fitness: 'fit' },
  length: { longerWon: leaningOf(15, 80), correlation: -0.456 },
  label: {
    earlierName: leaningOf(100, 200),
    names: [
      { name: 'cand_k', won: leaningOf(90, 100) },
      { name: 'cand_h', won: leaningOf(10, 100) },
    ],
  },
  pattern: {
    patterns: [
      { pattern: 'T-A-S', shown: 100, won: leaningOf(90, 100) },
      { pattern: '', shown: 60, won: leaningOf(30, 60) },
      { pattern: 'S', shown: 50, won: leaningOf(0, 0) },
    ],
    topWinner: { pattern: 'T-A-S', ...shareOf(72, 80) },
    topShown: { pattern: 'T-A-S', ...shareOf(100, 210) },
    winnerEntropy: 0.469,
    shownEntropy: 1.5,
    collapsed: true,
    readings: { ...NOTHING.pattern.readings, 'both-sides': 150, 'tie-only': 60 },
  },
};

const linesOf = (bias: Bias) => biasWords(bias).split('\n');
const rowsOf = (bias: Bias) => linesOf(bias).map((line) => line.split(/ {2,}/));

describe('the table of what sways a judge', () => {
  test('tells all there is, in columns, and warns of what it found', () => {
    expect(linesOf(FULL)).toEqual([
      'pairs             120: 80 decided, 25 tied, 10 missing',
      '                  without a judge: 3 identical, 2 empty',
      'unread            7 prose, 4 half; of 230 orders',
      'asked again       6 orders, and read then',
      'flips             21 % of 100 [14, 30]',
      'first shown won   75 % of 200 [69, 80]                  LEANS to this place',
      'longer won        19 % of 80 [12, 29]                   LEANS from this length',
      '                  correlation -0.46',
      'earlier name won  50 % of 200 [43, 57]',
      '“cand_k” won      90 % of 100 [83, 94]                  LEANS to this name',
      '“cand_h” won      10 % of 100 [6, 17]                   LEANS from this name',
      'T-A-S won         90 % of 100 [83, 94]                  LEANS to this pattern',
      'nothing won       50 % of 60 [38, 62]',
      'winners           T-A-S 90 % of 80 [81, 95], 0.47 bits  LEANS to one pattern: more than 60 %',
      'of all shown      T-A-S 48 % of 210 [41, 54], 1.50 bits',
      'readings          150 both-sides, 60 tie-only',
    ]);
  });

  test('says nothing of what there was not', () => {
    expect(rowsOf(NOTHING)).toEqual([
      ['pairs', '0: 0 decided, 0 tied, 0 missing'],
      ['flips', 'none', 'no pair was read in both orders'],
      ['first shown won', 'none'],
      ['longer won', 'none'],
    ]);
  });

  test('warns of a judge that flips, and of winners of one pattern only where they are too many', () => {
    const { position, pattern } = FULL;
    const bias = {
      ...FULL,
      position: { ...position, fitness: 'unfit' as const },
      pattern: { ...pattern, collapsed: false },
    };
    const rows = new Map(rowsOf(bias).map(([name, ...cells]) => [name, cells]));
    expect(rows.get('flips')?.[1]).toBe('UNFIT for a leaderboard: more than 40 %');
    expect(rows.get('winners')).toEqual(['T-A-S 90 % of 80 [81, 95], 0.47 bits']);
  });

  test('warns of a judge that goes by the name that comes first in the alphabet', () => {
    const bias = { ...FULL, label: { ...FULL.label, earlierName: leaningOf(180, 200) } };
    const row = rowsOf(bias).find(([name]) => name === 'earlier name won');
    expect(row?.at(-1)).toBe('LEANS to this name');
  });

  test.each([
    [{ identical: 1, empty: 0 }, 'without a judge: 1 identical, 0 empty'],
    [{ identical: 0, empty: 1 }, 'without a judge: 0 identical, 1 empty'],
    [{ identical: 1, empty: 1 }, 'without a judge: 1 identical, 1 empty'],
  ])('tells what needed no judge: %j', (counts, words) => {
    const bias = { ...NOTHING, counts: { ...NOTHING.counts, ...counts } };
    expect(rowsOf(bias)[1]).toEqual(['', words]);
  });

  test('is no longer than a page, however many names and patterns there are', () => {
    const won = leaningOf(1, 2);
    const many = Array.from({ length: 20 }, (_, at) => at);
    const bias = {
      ...FULL,
      label: { ...FULL.label, names: many.map((at) => ({ name: `name ${at}`, won })) },
      pattern: { ...FULL.pattern, patterns: many.map((at) => ({ pattern: `P${at}`, shown: 2, won })) },
    };
    const names = linesOf(bias).map((line) => /^“?(name \d+|P\d+)”? won/.exec(line)?.[1]);
    expect(names.filter((name) => name !== undefined)).toEqual([
      ...['name 0', 'name 1', 'name 2', 'name 3'],
      ...['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'],
    ]);
  });
});

test('what came of a self-test is told probe by probe, and then what sways the judge', () => {
  const probe = (change: Partial<ProbeOutcome>): ProbeOutcome => ({
    probe: 'quality',
    asks: 'A good line against a poor one.',
    missing: 0,
    unasked: 0,
    wrong: shareOf(1, 10),
    atMost: 0.25,
    outcome: 'pass',
    ...change,
  });
  const probes = [
    probe({}),
    probe({ probe: 'swap', asks: 'Both orders.', missing: 3, wrong: shareOf(0, 0), outcome: 'unread' }),
  ];
  const words = selfTestWords({ probes, bias: FULL });
  expect(words).toBe(
    [
      'PASS    quality  wrong 10 % of 10 [2, 40]  at most 25 %  A good line against a poor one.',
      'UNREAD  swap     wrong none, 3 unread      at most 25 %  Both orders.',
      '',
      biasWords(FULL),
    ].join('\n'),
  );
});

test('a share is told in whole per cent, with its interval', () => {
  expect(shareWords(shareOf(2, 3))).toBe('67 % of 3 [21, 94]');
  expect(shareWords(shareOf(0, 0))).toBe('none');
});
