import { describe, expect, test } from 'vitest';
import type { JudgedPair, Measured } from '../../../../src/judge/bias/judged-pair.ts';
import { labelBias } from '../../../../src/judge/bias/label-bias.ts';
import { lengthBias } from '../../../../src/judge/bias/length-bias.ts';
import { patternBias } from '../../../../src/judge/bias/pattern-bias.ts';
import { placesOf, positionBias } from '../../../../src/judge/bias/position-bias.ts';
import { wilson } from '../../../../src/judge/stats/share.ts';
import type { OrderVerdict, PairVerdict, Side, Winner } from '../../../../src/judge/verdict/verdict.ts';
import { readingOf, verdictOf } from './scripted-judge.ts';

const order = (shownFirst: Side, better: Winner, ...compared: readonly Winner[]): OrderVerdict => ({
  shownFirst,
  outcome: {
    type: 'read',
    reading: {
      ...readingOf(better),
      comparisons: compared.map((one) => ({
        principle: { name: 'p' },
        first: '',
        second: '',
        better: one,
        degree: 'clear',
      })),
    },
  },
  attempts: 1,
  usage: [],
});
const unread = (shownFirst: Side): OrderVerdict => ({
  shownFirst,
  outcome: { type: 'missing', why: 'prose' },
  attempts: 2,
  usage: [],
});

/** Both orders found this. */
const agreed = (winner: Winner) => verdictOf([order('first', winner), order('second', winner)]);
const MISSING = verdictOf([order('first', 'first'), unread('second')]);
const EMPTY: PairVerdict = { how: 'empty', winner: 'first', flipped: false, orders: [] };

const a: Measured = { length: 30, pattern: 'A' };
const s: Measured = { length: 10, pattern: 'S' };
const t: Measured = { length: 10, pattern: 'T' };
const pair = (first: Measured, second: Measured, verdict: PairVerdict): JudgedPair => ({
  first,
  second,
  verdict,
});
const times = (count: number, one: JudgedPair) => Array.from({ length: count }, () => ({ ...one }));

describe('patterns', () => {
  test('are shown, won and met; winners are those of the pairs with one, whatever they met', () => {
    const found = patternBias([
      pair(s, a, agreed('first')),
      pair(a, s, agreed('first')),
      pair(t, a, agreed('second')),
      pair(a, t, agreed('tie')),
      // Of one pattern: shown, and among the winners, but not met by another.
      pair(a, a, agreed('second')),
      // Neither read nor judged: nowhere.
      pair(t, s, MISSING),
      pair(t, s, EMPTY),
    ]);
    expect(found.patterns.map(({ pattern, shown, won }) => [pattern, shown, won.hits, won.of])).toEqual([
      ['A', 6, 2.5, 4],
      ['S', 2, 1, 2],
      ['T', 2, 0.5, 2],
    ]);
    expect(found.topWinner).toMatchObject({ pattern: 'A', hits: 3, of: 4 });
    expect(found.topShown).toMatchObject({ pattern: 'A', hits: 6, of: 10 });
    expect(found.winnerEntropy).toBeCloseTo(0.75 * Math.log2(4 / 3) + 0.25 * 2, 12);
    expect(found.shownEntropy).toBeCloseTo(0.6 * Math.log2(10 / 6) + 0.4 * Math.log2(5), 12);
  });

  test('that are as frequent stand in the order of the alphabet, the most frequent before them', () => {
    const found = patternBias([
      pair(t, s, agreed('tie')),
      pair(s, t, agreed('tie')),
      pair(a, t, agreed('tie')),
      pair(s, s, agreed('tie')),
      pair(a, a, agreed('tie')),
    ]);
    expect(found.patterns.map(({ pattern, shown }) => [pattern, shown])).toEqual([
      ['S', 4],
      ['A', 3],
      ['T', 3],
    ]);
    // Nobody won.
    expect(found.topWinner).toEqual({ hits: 0, of: 0 });
    expect([found.winnerEntropy, found.collapsed]).toEqual([0, false]);
  });

  test('have collapsed where nearly all winners are of one, and that beyond what was shown', () => {
    const win = pair(a, s, agreed('first'));
    const loss = pair(a, s, agreed('second'));
    expect(patternBias(times(30, win)).collapsed).toBe(true);
    // Not more than 60 %; and 55 %, although nobody doubts that they are more than the half that was shown.
    expect(patternBias([...times(60, win), ...times(40, loss)]).collapsed).toBe(false);
    expect(patternBias([...times(550, win), ...times(450, loss)]).collapsed).toBe(false);
    // Two winners tell nothing beyond doubt.
    expect(patternBias(times(2, win)).collapsed).toBe(false);
  });

  test('that never met another were neither won nor lost', () => {
    const { patterns } = patternBias([pair(a, a, agreed('first'))]);
    expect(patterns).toEqual([{ pattern: 'A', shown: 2, won: { hits: 0, of: 0, leaning: 'unknown' } }]);
  });

  test('of readings are told by the place in the prompt', () => {
    const { readings } = patternBias([
      pair(a, s, verdictOf([order('first', 'first', 'first'), order('second', 'second', 'second', 'tie')])),
      pair(a, s, verdictOf([order('first', 'first', 'first'), order('second', 'first', 'first')])),
      pair(a, s, verdictOf([order('second', 'tie', 'tie'), unread('first')])),
    ]);
    expect(readings).toEqual({
      'both-sides': 0,
      'first-only': 3,
      'second-only': 1,
      'tie-only': 1,
      'no-winner': 0,
    });
  });
});

describe('places', () => {
  test('are those that were shown, whoever stood there', () => {
    const orders = [order('first', 'first'), order('second', 'first'), order('second', 'tie')];
    expect(placesOf(verdictOf([...orders, unread('first')]))).toEqual(['first', 'second', 'tie']);
  });

  test('tell as much as there are pairs that chose one', () => {
    const flip = verdictOf([order('first', 'first'), order('second', 'second')]);
    const { firstShown, flips } = positionBias([
      pair(a, s, flip),
      ...times(9, pair(a, s, agreed('tie'))),
      pair(a, s, EMPTY),
    ]);
    expect(firstShown).toMatchObject({ hits: 2, of: 2, interval: wilson(1, 1) });
    expect(flips).toMatchObject({ hits: 1, of: 10 });
  });

  test('make a judge unfit beyond two flips of five', () => {
    const flip = pair(a, s, verdictOf([order('first', 'first'), order('second', 'second')]));
    const firm = pair(a, s, agreed('first'));
    expect(positionBias([flip, flip, firm, firm, firm]).fitness).toBe('fit');
    expect(positionBias([flip, flip, flip, firm, firm, firm]).fitness).toBe('unfit');
    expect(positionBias([pair(a, s, MISSING)]).fitness).toBe('unknown');
  });
});

describe('lengths', () => {
  test('count where they are unequal and one side won', () => {
    const { longerWon } = lengthBias([
      pair(a, s, agreed('first')),
      pair(s, a, agreed('second')),
      pair(s, a, agreed('first')),
      pair(s, t, agreed('first')),
      pair(a, s, agreed('tie')),
      pair(a, s, MISSING),
      pair(a, s, EMPTY),
    ]);
    expect(longerWon).toMatchObject({ hits: 2, of: 3 });
  });

  test('go with winning from -1 to 1', () => {
    const wins = [pair(a, s, agreed('first')), pair(s, a, agreed('second'))];
    const losses = [pair(a, s, agreed('second')), pair(s, a, agreed('first'))];
    expect(lengthBias(wins).correlation).toBeCloseTo(1, 12);
    expect(lengthBias(losses).correlation).toBeCloseTo(-1, 12);
    // Two gaps of ½ and two of 0, of which one was decided: ½ of √(½ · 2).
    const mixed = [...wins.slice(0, 1), pair(a, s, agreed('tie')), pair(s, t, agreed('first'))];
    expect(lengthBias([...mixed, pair(t, s, agreed('tie'))]).correlation).toBeCloseTo(0.5, 12);
    expect(lengthBias([pair(s, t, agreed('first'))])).not.toHaveProperty('correlation');
  });
});

describe('names', () => {
  const called = (first: string, second: string, winner: Winner): JudgedPair => ({
    ...pair(a, s, agreed(winner)),
    labels: [
      { first, second },
      { first, second },
    ],
  });

  test('are told from ten pairs on, the most telling first, equals in the order of the alphabet', () => {
    const { names } = labelBias([
      ...times(10, called('won', 'lost', 'first')),
      ...times(9, called('rare', 'seldom', 'first')),
      ...times(5, called('even', 'odd', 'first')),
      ...times(5, called('even', 'odd', 'second')),
      ...times(2, called('half', 'even', 'first')),
    ]);
    const inOrder = labelBias(times(10, called('ash', 'birch', 'first'))).names;
    expect(inOrder.map(({ name }) => name)).toEqual(['ash', 'birch']);
    // Each pair tells but once, though both of its orders count.
    expect(names.map(({ name, won }) => [name, won.hits, won.of])).toEqual([
      ['lost', 0, 20],
      ['won', 20, 20],
      ['even', 10, 24],
      ['odd', 10, 20],
    ]);
    expect(names[1]?.won.interval).toEqual(wilson(10, 10));
  });

  test('count where both are known and not the same', () => {
    const unnamed = pair(a, s, agreed('first'));
    const { earlierName } = labelBias([
      called('a', 'b', 'first'),
      called('x', 'y', 'second'),
      called('same', 'same', 'first'),
      called('a', 'b', 'tie'),
      unnamed,
      { ...unnamed, labels: [{ first: 'q', second: 'p' }] },
    ]);
    // Both orders of two pairs, and the one order of which the names are known.
    expect(earlierName).toMatchObject({ hits: 2, of: 5 });
  });
});
