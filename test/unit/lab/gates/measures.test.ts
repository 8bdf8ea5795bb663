import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../src/judge/stats/random.ts';
import { createLengths } from '../../../../src/lab/gates/survey/lengths.ts';
import { nearDuplicates } from '../../../../src/lab/gates/survey/near-duplicates.ts';
import { createOpenings } from '../../../../src/lab/gates/survey/openings.ts';
import { createReservoir } from '../../../../src/lab/gates/survey/reservoir.ts';
import { scriptOf } from '../../../../src/lab/gates/survey/scripts.ts';
import { createTally } from '../../../../src/lab/gates/survey/tally.ts';
import { tokensIn } from '../../../../src/lab/gates/survey/tokens.ts';

describe('lengths', () => {
  test('mean and nearest ranks', () => {
    const lengths = createLengths();
    for (let length = 1; length <= 20; length += 1) lengths.add(length);
    expect(lengths.figures()).toEqual({ n: 20, mean: 10.5, median: 10, p95: 19, least: 1, most: 20 });
  });

  test('what is longer than lengths are told apart is told by the longest', () => {
    const lengths = createLengths();
    for (const length of [10, 50_000, 90_000]) lengths.add(length);
    expect(lengths.figures()).toMatchObject({ median: 90_000, most: 90_000, mean: 140_010 / 3 });
  });

  test('of nothing there are no figures', () => {
    expect(createLengths().figures()).toBeUndefined();
  });
});

describe('a reservoir', () => {
  test('holds all while there is room, then so many, in their order', () => {
    const few = createReservoir<number>(5, createRandom(1));
    for (const one of [3, 1, 2]) few.add(() => one);
    expect(few.items()).toEqual([3, 1, 2]);
    const many = createReservoir<number>(5, createRandom(1));
    for (let at = 0; at < 1000; at += 1) many.add(() => at);
    const items = many.items();
    expect(items).toHaveLength(5);
    expect(items).toEqual(items.toSorted((a, b) => a - b));
  });

  test('the same seed draws the same, and early and late have the same chance', () => {
    const draw = (seed: number) => {
      const one = createReservoir<number>(10, createRandom(seed));
      for (let at = 0; at < 100; at += 1) one.add(() => at);
      return one.items();
    };
    expect(draw(4)).toEqual(draw(4));
    const drawn = Array.from({ length: 400 }, (_, seed) => draw(seed)).flat();
    expect(drawn.filter((at) => at < 50).length / drawn.length).toBeCloseTo(0.5, 1);
  });

  test('of none it makes none', () => {
    const none = createReservoir<number>(0, createRandom(1));
    none.add(() => {
      throw new Error('it was made');
    });
    expect(none.items()).toEqual([]);
  });
});

describe('near-duplicates', () => {
  const words = 'she sets the bag down on the slip and looks at the far bank for a while';

  test('the same with one word more is nearly alike; another text is not', () => {
    const { n, alike, pairs } = nearDuplicates([
      words,
      'the bell rings twice on the far bank',
      `${words} longer`,
    ]);
    expect([n, alike]).toEqual([3, 2]);
    expect(pairs).toMatchObject([{ first: 0, second: 2 }]);
    expect(pairs[0]?.jaccard).toBeGreaterThan(0.8);
  });

  test('short answers are left out', () => {
    expect(nearDuplicates(['Suit yourself.', 'Suit yourself.'])).toEqual({ n: 0, alike: 0, pairs: [] });
  });
});

test('beginnings: whoever it is about, “wants to” is one beginning', () => {
  const openings = createOpenings();
  openings.add('Ada wants to cross.', 'Ada Crane');
  openings.add('Perran Hale wants to stay.', 'Perran Hale');
  openings.add('…', 'Ada Crane');
  expect(openings.figures()).toMatchObject({ n: 2, top: [{ name: '<name> wants to', share: 1 }] });
});

test('scripts by most letters', () => {
  expect(scriptOf('Tide’s wrong till four.')).toBe('Latin');
  expect(scriptOf('潮水不对')).toBe('Han');
  expect(scriptOf('潮の向きが悪い')).toBe('Kana');
  expect(scriptOf('Прилив не тот')).toBe('Cyrillic');
  expect(scriptOf('… 12')).toBe('none');
});

test('tokens: four letters to one, signs of scripts without blanks one each', () => {
  expect(tokensIn('abcdefgh')).toBe(2);
  expect(tokensIn('潮水不对')).toBe(4);
});

test('a tally tells what it does not tell apart', () => {
  const tally = createTally(1);
  for (const name of ['a', 'a', 'b', 'c']) tally.add(name);
  expect(tally.rows()).toEqual([
    { name: 'a', count: 2, share: 0.5 },
    { name: 'other', count: 2, share: 0.5 },
  ]);
});
