import { describe, expect, test } from 'vitest';
import { biasOf } from '../../../../src/judge/bias/bias-of.ts';
import { biasWords } from '../../../../src/judge/bias/bias-words.ts';
import type { JudgedPair } from '../../../../src/judge/bias/judged-pair.ts';
import { measureCandidate } from '../../../../src/judge/bias/judged-pair.ts';
import { createRandom } from '../../../../src/judge/stats/random.ts';
import { drawCandidate, JUDGES, type JudgeName } from './choosing.ts';
import { readingOf, scriptedJudge, verdictOf } from './scripted-judge.ts';

function judged(name: JudgeName, count = 300, seed = 11): readonly JudgedPair[] {
  const random = createRandom(seed);
  const judge = scriptedJudge(JUDGES[name](random), random);
  return Array.from({ length: count }, () => judge(drawCandidate(random), drawCandidate(random)));
}

/** All that a table could warn of. */
function leansOf(name: JudgeName) {
  const { position, length, pattern, label, counts } = biasOf(judged(name));
  return {
    place: position.firstShown.leaning,
    fitness: position.fitness,
    length: length.longerWon.leaning,
    name: label.earlierName.leaning,
    patterns: pattern.patterns.filter(({ won }) => won.leaning === 'more').map((one) => one.pattern),
    unread: Object.values(counts.missingOrders).some((count) => count > 0),
  };
}

const NONE = { place: 'even', fitness: 'fit', length: 'even', name: 'even', patterns: [], unread: false };

describe('of a judge that goes by one thing, exactly that is found', () => {
  test.each<[JudgeName, object]>([
    ['honest', NONE],
    // All its pairs are ties, which tell nothing of length.
    ['place', { ...NONE, place: 'more', fitness: 'unfit', length: 'unknown' }],
    ['lastPlace', { ...NONE, place: 'less', fitness: 'unfit', length: 'unknown' }],
    ['length', { ...NONE, length: 'more' }],
    ['shortness', { ...NONE, length: 'less' }],
    ['name', { ...NONE, name: 'less' }],
    ['pattern', { ...NONE, patterns: ['T-A-S'] }],
    ['prose', { ...NONE, unread: true }],
    ['coin', { ...NONE, fitness: 'unfit' }],
    ['nothing', { ...NONE, place: 'unknown', length: 'unknown', name: 'unknown' }],
  ])('%s', (name, leans) => {
    expect(leansOf(name)).toEqual(leans);
  });

  test('and how much of it there is', () => {
    const place = biasOf(judged('place'));
    expect(place.position).toMatchObject({ firstShown: { share: 1, of: 600 }, flips: { share: 1, of: 300 } });
    const length = biasOf(judged('length'));
    expect(length.length.longerWon.share).toBe(1);
    expect(length.length.correlation).toBeGreaterThan(0.8);
    expect(biasOf(judged('shortness')).length.correlation).toBeLessThan(-0.8);
    expect(Math.abs(biasOf(judged('honest')).length.correlation ?? 1)).toBeLessThan(0.15);
    const { names } = biasOf(judged('name')).label;
    expect(names.map(({ name, won }) => [name, won.share])).toEqual([
      ['H', 0],
      ['K', 1],
    ]);
    const { counts } = biasOf(judged('prose'));
    expect(counts.missingOrders.prose / counts.orders).toBeCloseTo(0.5, 1);
    expect(counts.missing / counts.pairs).toBeCloseTo(0.75, 1);
  });
});

describe('what is counted', () => {
  const short = measureCandidate({ segments: [{ kind: 'speech', text: 'No.' }] });
  const long = measureCandidate({
    segments: [
      { kind: 'thought', text: 'Why' },
      { kind: 'action', text: 'nods' },
      { kind: 'action', text: 'sits' },
      { kind: 'speech', text: 'Yes.' },
    ],
  });
  const read = (shownFirst: 'first' | 'second', better: 'first' | 'second' | 'tie', attempts = 1) => ({
    shownFirst,
    outcome: { type: 'read' as const, reading: readingOf(better) },
    attempts,
    usage: [],
  });
  const unread = (shownFirst: 'first' | 'second', why: 'third' | 'half') => ({
    shownFirst,
    outcome: { type: 'missing' as const, why },
    attempts: 2,
    usage: [],
  });
  const decided = (how: 'identical' | 'empty', winner: 'first' | 'tie') => ({
    how,
    winner,
    flipped: false,
    orders: [],
  });

  test('a candidate is its length in HER text and its pattern, neighbours of one kind as one', () => {
    expect(short).toEqual({ length: 3, pattern: 'S' });
    expect(long).toEqual({
      length: '<role_thinking>Why</role_thinking><role_action>nods sits</role_action>Yes.'.length,
      pattern: 'T-A-S',
    });
  });

  test('nothing at all', () => {
    const bias = biasOf([]);
    expect(bias.counts.pairs).toBe(0);
    expect(bias.position).toEqual({
      firstShown: { hits: 0, of: 0, leaning: 'unknown' },
      flips: { hits: 0, of: 0 },
      fitness: 'unknown',
    });
    expect(biasWords(bias)).toContain('0 decided');
  });

  test('identical and empty pairs, ties, what was missing and why, and what was read the second time', () => {
    const pairs: JudgedPair[] = [
      { first: short, second: short, verdict: decided('identical', 'tie') },
      { first: short, second: long, verdict: decided('empty', 'first') },
      { first: short, second: long, verdict: verdictOf([read('first', 'tie'), read('second', 'tie')]) },
      {
        first: short,
        second: long,
        verdict: verdictOf([read('first', 'first', 2), read('second', 'second')]),
      },
      {
        first: short,
        second: long,
        verdict: verdictOf([read('first', 'second'), unread('second', 'third')]),
      },
      {
        first: short,
        second: long,
        verdict: verdictOf([unread('first', 'half'), unread('second', 'third')]),
      },
      { first: short, second: long, verdict: verdictOf([read('first', 'second'), read('second', 'second')]) },
    ];
    const { counts, position, length, pattern } = biasOf(pairs);
    expect(counts).toEqual({
      pairs: 7,
      identical: 1,
      empty: 1,
      decided: 1,
      ties: 2,
      missing: 2,
      orders: 10,
      missingOrders: { prose: 0, half: 1, shape: 0, third: 2, contradiction: 0, empty: 0, 'model-failed': 0 },
      repaired: 1,
    });
    // What was read of a pair that is missing still tells of the place.
    expect(position.firstShown).toMatchObject({ hits: 3, of: 5 });
    expect(position.flips).toMatchObject({ hits: 1, of: 3 });
    expect(length.longerWon).toMatchObject({ hits: 1, of: 1 });
    expect(pattern.patterns).toMatchObject([
      { pattern: 'S', shown: 3, won: { hits: 1, of: 3 } },
      { pattern: 'T-A-S', shown: 3, won: { hits: 2, of: 3 } },
    ]);
    expect(pattern.readings).toEqual({
      'both-sides': 0,
      'first-only': 0,
      'second-only': 0,
      'tie-only': 0,
      'no-winner': 7,
    });
  });

  test('who won the comparisons of a reading, by the place that was shown', () => {
    const comparison = (better: 'first' | 'second' | 'tie') => ({
      principle: { name: 'p' },
      first: '',
      second: '',
      better,
      degree: 'clear' as const,
    });
    const order = (shownFirst: 'first' | 'second', ...betters: ('first' | 'second' | 'tie')[]) => ({
      ...read(shownFirst, 'tie'),
      outcome: {
        type: 'read' as const,
        reading: { ...readingOf('tie'), comparisons: betters.map(comparison) },
      },
    });
    const { readings } = biasOf([
      { first: short, second: long, verdict: verdictOf([order('first', 'first'), order('second', 'first')]) },
      {
        first: short,
        second: long,
        verdict: verdictOf([order('first', 'first', 'second'), order('second', 'tie')]),
      },
      { first: short, second: long, verdict: verdictOf([order('first', 'second', 'tie'), order('second')]) },
    ]).pattern;
    expect(readings).toEqual({
      'both-sides': 1,
      'first-only': 1,
      'second-only': 2,
      'tie-only': 1,
      'no-winner': 1,
    });
  });

  test('how much the winners are of one pattern', () => {
    const { pattern } = biasOf(judged('pattern', 800));
    expect(pattern.topWinner).toMatchObject({ pattern: 'T-A-S', share: 1 });
    expect(pattern.winnerEntropy).toBe(0);
    expect(pattern.collapsed).toBe(true);
    expect(pattern.shownEntropy).toBeCloseTo(2, 1);
    expect(biasOf(judged('honest')).pattern.collapsed).toBe(false);
    // Who sees one pattern only has no other to choose.
    const alike = judged('honest').map((pair) => ({ ...pair, first: long, second: long }));
    expect(biasOf(alike).pattern).toMatchObject({ topWinner: { share: 1 }, collapsed: false });
  });
});

describe('the figures', () => {
  test('are plain data', () => {
    for (const name of ['honest', 'prose', 'nothing'] as const) {
      const bias = biasOf(judged(name, 40));
      expect(JSON.parse(JSON.stringify(bias))).toEqual(bias);
    }
  });

  test('are told in a table that warns of what it found, and of nothing else', () => {
    const warnings = (name: JudgeName) =>
      biasWords(biasOf(judged(name)))
        .split('\n')
        .filter((line) => /LEANS|UNFIT/.test(line))
        .map((line) => line.replace(/ {2,}/g, '  '));
    expect(warnings('place')).toEqual([
      'flips  100 % of 300 [99, 100]  UNFIT for a leaderboard: more than 40 %',
      'first shown won  100 % of 600 [99, 100]  LEANS to this place',
    ]);
    expect(warnings('shortness').map((line) => line.slice(0, 10))).toEqual(['longer won']);
    expect(warnings('honest')).toEqual([]);
  });

  test('name what could not be read', () => {
    const words = biasWords(biasOf(judged('prose', 20)));
    expect(words).toMatch(/^pairs +20: \d+ decided, \d+ tied, \d+ missing$/m);
    expect(words).toMatch(/^unread +\d+ prose; of 40 orders$/m);
  });
});
