import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { principlesFor, weightOfPrinciple } from '../../../../src/judge/principles/choose.ts';
import { DIMENSIONS, type Principle } from '../../../../src/judge/principles/principle.ts';
import { shippedPrinciples } from '../../../../src/judge/principles/shipped.ts';
import { principleOfWish } from '../../../../src/judge/principles/wish.ts';

const shipped = shippedPrinciples();
const PROUD = principleOfWish('own-1', 'Keep her proud');
const NO_OATHS = principleOfWish('own-2', 'Never let the butler swear');
const [ours] = shipped;
const OPERATORS: Principle = { ...(ours ?? PROUD), id: 'house', name: 'House rule', source: 'operator' };
const ALL = [...shipped, OPERATORS, NO_OATHS, PROUD];

const weigh = (some: readonly Principle[]) => some.reduce((sum, one) => sum + weightOfPrinciple(one), 0);
const negative = ALL.filter(({ sign }) => sign === 'negative');
const FLOOR = weigh(negative);
const EVERYTHING = { budget: Number.POSITIVE_INFINITY, past: true };

test('with room enough all are given, those that forbid first', () => {
  const chosen = principlesFor(ALL, EVERYTHING);
  expect(new Set(chosen)).toEqual(new Set(ALL));
  expect(chosen).toHaveLength(ALL.length);
  expect(chosen.slice(0, negative.length)).toEqual(negative);
});

test('one is as heavy as its id and what a judge reads of it', () => {
  const one: Principle = { ...PROUD, id: 'ab', asks: 'asked', breaks: 'a fault' };
  expect(weightOfPrinciple({ ...one, sign: 'positive' })).toBe(2 + 5);
  expect(weightOfPrinciple({ ...one, sign: 'negative' })).toBe(2 + 7);
});

test('without any room those that forbid are given all the same', () => {
  expect(principlesFor(ALL, { budget: 0, past: true })).toEqual(negative);
  expect(principlesFor([], EVERYTHING)).toEqual([]);
});

test('the server’s own come first, then the operator’s', () => {
  const positive = principlesFor(ALL, EVERYTHING).slice(negative.length);
  expect(positive.slice(0, 2)).toEqual([PROUD, OPERATORS]);
  const little = principlesFor(ALL, { budget: FLOOR + weightOfPrinciple(PROUD), past: true });
  expect(little).toEqual([...negative, PROUD]);
});

test.each([true, false])('the first twelve of ours are of dimensions of their own (past: %s)', (past) => {
  const positive = principlesFor(shipped, { ...EVERYTHING, past }).filter(({ sign }) => sign === 'positive');
  const core = positive.slice(0, past ? 12 : 7);
  expect(new Set(core.map(({ dimension }) => dimension)).size).toBe(core.length);
  // All of them, but for the world: a line says nothing of it that needs no past to be seen.
  const missed = DIMENSIONS.filter((id) => !positive.some(({ dimension }) => dimension === id));
  expect(missed).toEqual(past ? [] : ['world']);
});

test('those of ours come first that most often tell two turns apart', () => {
  const positive = principlesFor(shipped, EVERYTHING).filter(({ sign }) => sign === 'positive');
  expect(positive.slice(0, 12).map(({ id }) => id)).toEqual([
    'responds-to-the-other',
    'authentic-voice',
    'moves-the-scene',
    'emotional-authenticity',
    'economy',
    'expressive-action',
    'relationship-progression',
    'sustains-tension',
    'sensory-detail',
    'era-register',
    'engagement',
    'in-character-redirect',
  ]);
});

test('the others come dimension by dimension, in turn', () => {
  const others = [
    ['a', 'emotion'],
    ['b', 'emotion'],
    ['c', 'emotion'],
    ['d', 'world'],
    ['e', 'character'],
    ['f', 'character'],
  ] as const;
  const all = others.map(
    ([id, dimension]): Principle => ({ ...OPERATORS, id, dimension, sign: 'positive', source: 'ours' }),
  );
  expect(principlesFor(all, EVERYTHING).map(({ id }) => id)).toEqual(['e', 'a', 'd', 'f', 'b', 'c']);
});

test('one of the operator’s that is called like one of ours is the operator’s', () => {
  const all = [...shipped.filter(({ id }) => id !== 'economy'), { ...OPERATORS, id: 'economy' }];
  const positive = principlesFor(all, EVERYTHING).filter(({ sign }) => sign === 'positive');
  expect(positive.filter(({ id }) => id === 'economy')).toHaveLength(1);
  expect(positive[0]?.id).toBe('economy');
});

test('where nothing came before, no line is held against what came before', () => {
  const chosen = principlesFor(ALL, { ...EVERYTHING, past: false });
  expect(chosen.filter(({ sign, level }) => sign === 'positive' && level === 'session')).toEqual([]);
  expect(chosen).toEqual(expect.arrayContaining([...negative, PROUD]));
});

describe('any budget', () => {
  const budget = fc.integer({ min: 0, max: 20_000 });

  test('is kept, but for those that forbid', () => {
    fc.assert(
      fc.property(budget, fc.boolean(), (most, past) => {
        expect(weigh(principlesFor(ALL, { budget: most, past }))).toBeLessThanOrEqual(Math.max(most, FLOOR));
      }),
    );
  });

  test('only adds to what a smaller one gives', () => {
    fc.assert(
      fc.property(budget, budget, fc.boolean(), (one, other, past) => {
        const less = principlesFor(ALL, { budget: Math.min(one, other), past });
        const more = principlesFor(ALL, { budget: Math.max(one, other), past });
        expect(more.slice(0, less.length)).toEqual(less);
      }),
    );
  });
});
