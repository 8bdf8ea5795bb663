import { describe, expect, test } from 'vitest';
import type { Segment } from '../../../../src/format/segments.ts';
import { decidedWithout } from '../../../../src/judge/verdict/decided-without.ts';
import { pairOf } from '../../../../src/judge/verdict/pair-of.ts';
import { patternOf } from '../../../../src/judge/verdict/pattern-of.ts';
import type { OrderVerdict, PrincipleRef, Winner } from '../../../../src/judge/verdict/verdict.ts';

const IDS: readonly PrincipleRef[] = [{ id: 'own-initiative', name: 'Own Initiative' }, { name: 'Timing' }];

function order(better: Winner | 'missing', deciding?: PrincipleRef): OrderVerdict {
  const reading = {
    violations: [],
    comparisons: [],
    reason: '',
    better: better === 'missing' ? ('tie' as const) : better,
    ...(deciding ? { deciding } : {}),
  };
  const outcome =
    better === 'missing'
      ? ({ type: 'missing', why: 'prose' } as const)
      : ({ type: 'read', reading } as const);
  return { shownFirst: 'first', outcome, attempts: 1, usage: [] };
}

describe('two orders together', () => {
  test.each([
    ['first', 'first', 'first', false],
    ['second', 'second', 'second', false],
    ['first', 'second', 'tie', true],
    ['second', 'first', 'tie', true],
    ['first', 'tie', 'tie', false],
    ['tie', 'second', 'tie', false],
    ['tie', 'tie', 'tie', false],
    ['first', 'missing', 'missing', false],
    ['missing', 'missing', 'missing', false],
  ] as const)('%s and %s: %s', (one, other, winner, flipped) => {
    expect(pairOf([order(one), order(other)])).toMatchObject({ how: 'judged', winner, flipped });
  });

  test('one order alone decides nothing, nor does none', () => {
    expect(pairOf([order('first')]).winner).toBe('missing');
    expect(pairOf([]).winner).toBe('missing');
  });

  test('what decided is one that was given rather than one of the judge’s own, and nothing where they differ', () => {
    const [known, own] = IDS;
    expect(pairOf([order('first', own), order('first', known)]).deciding).toEqual(known);
    expect(pairOf([order('first', own), order('first', own)]).deciding).toEqual(own);
    expect(pairOf([order('first', known), order('first', own)]).deciding).toEqual(known);
    expect(pairOf([order('first'), order('first', own)]).deciding).toEqual(own);
    expect(pairOf([order('first', known), order('second', known)]).deciding).toBeUndefined();
  });
});

test('of more than two orders that agree, what decided two of them decided', () => {
  const [known, own] = IDS;
  const orders = [order('first', own), order('first', own), order('first', known)];
  expect(pairOf(orders).deciding).toEqual(own);
  expect(pairOf(orders.toReversed()).deciding).toEqual(own);
});

describe('pairs that need no judge', () => {
  const said = (...texts: string[]) => ({
    segments: texts.map((text): Segment => ({ kind: 'speech', text })),
  });

  test('identical candidates are a tie, however they are spaced', () => {
    expect(decidedWithout(said('Good  day, sir.'), said(' Good day,\nsir. '))).toEqual({
      how: 'identical',
      winner: 'tie',
      flipped: false,
      orders: [],
    });
    expect(decidedWithout(said('Good day.'), said('Goodday.'))).toBeUndefined();
  });

  test('the empty one loses, two empty ones tie', () => {
    expect(decidedWithout(said(' '), said('Hm.'))).toMatchObject({ how: 'empty', winner: 'second' });
    expect(decidedWithout(said('Hm.'), said())).toMatchObject({ how: 'empty', winner: 'first' });
    expect(decidedWithout(said(), said('\n'))).toMatchObject({ how: 'empty', winner: 'tie' });
  });

  test('one that thinks nothing and does nothing is empty', () => {
    const blank = { segments: (['thought', 'action'] as const).map((kind) => ({ kind, text: ' ' })) };
    expect(decidedWithout(blank, said('Hm.'))).toMatchObject({ how: 'empty', winner: 'second' });
    const both = { segments: [...said('Hm.').segments, ...blank.segments] };
    expect(decidedWithout(both, said('Hm.'))).toMatchObject({ how: 'identical' });
  });

  test('the same words said and thought are two candidates', () => {
    const thought = { segments: [{ kind: 'thought', text: 'Hm.' } as const] };
    expect(decidedWithout(thought, said('Hm.'))).toBeUndefined();
  });
});

describe('the pattern of winners', () => {
  test.each([
    [['first', 'second', 'tie'], 'both-sides'],
    [['first', 'tie'], 'first-only'],
    [['second'], 'second-only'],
    [['tie', 'tie'], 'tie-only'],
    [[], 'no-winner'],
  ] as const)('%j: %s', (winners, pattern) => {
    const comparisons = winners.map((better) => ({
      principle: { name: 'x' },
      first: '',
      second: '',
      better,
      degree: 'clear' as const,
    }));
    expect(patternOf({ comparisons })).toBe(pattern);
  });
});
