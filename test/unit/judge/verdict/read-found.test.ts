import { describe, expect, test } from 'vitest';
import { objectsIn } from '../../../../src/format/answer-json.ts';
import type { Principle } from '../../../../src/judge/principles/principle.ts';
import { findIn } from '../../../../src/judge/verdict/principle-ref.ts';
import { readFound } from '../../../../src/judge/verdict/read-found.ts';
import type { Side } from '../../../../src/judge/verdict/verdict.ts';
import { PRINCIPLES } from './a-pair.ts';

const [FORBIDDEN, , WANTED] = PRINCIPLES as readonly [Principle, Principle, Principle];

/** What is found in an answer about Ash and Birch. */
function found(answer: object, principles = PRINCIPLES, shownFirst: Side = 'first') {
  const [root = new Map()] = objectsIn(JSON.stringify(answer)).objects;
  const called = { labels: { first: 'Ash', second: 'Birch' }, shownFirst };
  return readFound({ root, holder: root }, called, findIn(principles));
}

const fault = (changes: object = {}) => ({
  principle: 'out-of-character',
  evidence: 'some words',
  by: 'Ash',
  ...changes,
});
const merit = (changes: object = {}) => ({ principle: 'own-initiative', better: 'Ash', ...changes });
const faultIn = (changes: object) => found({ violations: [fault(changes)] }).violations[0];
const meritIn = (changes: object) => found({ comparisons: [merit(changes)] }).comparisons[0];

describe('a fault', () => {
  test('is of a principle that forbids, with the words that show it', () => {
    const { id, name, dimension } = FORBIDDEN;
    expect(faultIn({})).toEqual({ principle: { id, name, dimension }, by: 'first', evidence: 'some words' });
    expect(faultIn({ principle: WANTED.id })).toBeUndefined();
    expect(faultIn({ principle: 'Bad Grammar' })).toBeUndefined();
  });

  test.each([
    ['Birch', 'second'],
    ['both', 'both'],
    [['Ash', 'Birch'], 'both'],
    [['Birch'], 'second'],
  ])('may be that of %j', (by, side) => {
    expect(faultIn({ by })?.by).toBe(side);
  });

  test.each([['neither'], ['tie'], ['Elm'], [null]])('is nobody’s where it is that of %j', (by) => {
    expect(faultIn({ by })).toBeUndefined();
  });

  test.each([['none'], ['None.'], ['N/A'], ['no!'], ['nothing'], ['-'], ['---']])(
    'is none where %j shows it',
    (evidence) => {
      expect(faultIn({ evidence })).toBeUndefined();
    },
  );

  test.each([['There is none.'], ['No word of thanks']])('may be shown by %j', (evidence) => {
    expect(faultIn({ evidence })?.evidence).toBe(evidence);
  });

  test('counts once for each side', () => {
    const violations = [fault(), fault({ evidence: 'others' }), fault({ by: 'Birch' })];
    expect(found({ violations }).violations.map(({ by }) => by)).toEqual(['first', 'second']);
  });

  test('is one of the first eight', () => {
    const nine = Array.from({ length: 9 }, (_, n) => ({ ...FORBIDDEN, id: `f-${n}`, name: `Fault ${n}` }));
    const violations = nine.map(({ id }) => fault({ principle: id }));
    expect(found({ violations }, nine).violations.map(({ principle }) => principle.id)).toEqual(
      nine.slice(0, 8).map(({ id }) => id),
    );
  });
});

describe('a merit', () => {
  test.each([
    ['Birch', 'second'],
    ['tie', 'tie'],
    ['both', 'tie'],
    ['neither', 'tie'],
  ])('where %s is better', (better, winner) => {
    expect(meritIn({ better })?.better).toBe(winner);
  });

  test.each([['Elm'], [null]])('is none where %j is better', (better) => {
    expect(meritIn({ better })).toBeUndefined();
  });

  test.each([
    ['slightly', 'slight'],
    ['a minor one', 'slight'],
    ['clear', 'clear'],
    ['', 'clear'],
    ['significant', 'significant'],
    ['Strong', 'significant'],
  ])('of %j counts as %s', (degree, expected) => {
    expect(meritIn({ degree })?.degree).toBe(expected);
  });

  test('may be one of the judge’s own, and of a dimension that it names', () => {
    expect(meritIn({ principle: 'Wit', dimension_name: 'Dialogue' })?.principle).toEqual({
      name: 'Wit',
      dimension: 'dialogue',
    });
    expect(meritIn({ principle: 'Tears', dimension: 'Emotional' })?.principle).toEqual({
      name: 'Tears',
      dimension: 'emotion',
    });
  });

  test('by no principle but a candidate has no name, and counts once for each winner', () => {
    const comparisons = [
      merit({ principle: 'Ash' }),
      merit({ principle: 'candidate 2', better: 'Birch' }),
      merit({ principle: 'Birch' }),
    ];
    expect(found({ comparisons }).comparisons.map(({ principle, better }) => [principle, better])).toEqual([
      [{ name: '' }, 'first'],
      [{ name: '' }, 'second'],
    ]);
  });

  test('of a principle counts once, though that were called like a place', () => {
    const even: Principle = { ...WANTED, id: 'even', name: 'Even' };
    const comparisons = [merit({ principle: 'Even' }), merit({ principle: 'even', better: 'Birch' })];
    expect(
      found({ comparisons }, [even]).comparisons.map(({ principle, better }) => [principle.id, better]),
    ).toEqual([['even', 'first']]);
  });

  test('is one of the first ten', () => {
    const comparisons = Array.from({ length: 11 }, (_, n) => merit({ principle: `Reason ${n}` }));
    expect(found({ comparisons }).comparisons.map(({ principle }) => principle.name)).toEqual(
      comparisons.slice(0, 10).map(({ principle }) => principle),
    );
  });

  test.each([
    ['Birch', 'Ash'],
    ['candidate_birch', 'candidate_ash'],
    ['cand_1', 'cand_2'],
    ['candidate1', 'candidate2'],
    ['Response 1', 'Response 2'],
    ['cand_1_performance', 'cand_2_performance'],
    ['candidate 1 performance', 'candidate 2 performance'],
    ['response_1_performance', 'response_2_performance'],
  ])('says of each side how it does: %s, %s', (shownFirst, shownSecond) => {
    const comparisons = [merit({ [shownFirst]: 'She waits.', [shownSecond]: 'He acts.' })];
    expect(found({ comparisons }, PRINCIPLES, 'second').comparisons[0]).toMatchObject({
      first: 'He acts.',
      second: 'She waits.',
    });
    expect(found({ comparisons: [merit({ cand_1: 'x', cand_2: 'y' })] }).comparisons[0]).toMatchObject({
      first: 'x',
      second: 'y',
    });
  });

  test('of which nothing is said has no words', () => {
    expect(meritIn({})).toMatchObject({ first: '', second: '' });
  });
});

describe('what a judge found', () => {
  const ids = (answer: object) => found(answer).comparisons.map(({ principle }) => principle.id);

  test('may be an object that is keyed by principles, or by anything where they are named within', () => {
    expect(ids({ comparisons: { own_initiative: { better: 'Ash' }, note: 'x' } })).toEqual([WANTED.id]);
    expect(
      ids({ comparisons: { 1: merit(), other: merit({ principle: 'Subtext Over Statement' }) } }),
    ).toEqual([WANTED.id, 'subtext-over-statement']);
  });

  test('may be a single one, or lie among other things in a list', () => {
    expect(ids({ comparisons: merit() })).toEqual([WANTED.id]);
    expect(ids({ comparisons: ['none', merit(), null] })).toEqual([WANTED.id]);
    expect(ids({ comparisons: 'none' })).toEqual([]);
    expect(ids({})).toEqual([]);
  });

  test('may lie in an analysis, or in a list of them', () => {
    expect(ids({ analysis: { comparisons: [merit()] } })).toEqual([WANTED.id]);
    expect(ids({ analysis: ['Hm.', { comparisons: [merit()] }] })).toEqual([WANTED.id]);
    expect(ids({ analysis: 'Hm.' })).toEqual([]);
  });
});
