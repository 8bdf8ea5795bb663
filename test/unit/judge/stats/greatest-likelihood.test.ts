import { describe, expect, test } from 'vitest';
import { bradleyTerry, ranked } from '../../../../src/judge/stats/bradley-terry.ts';
import type { Duel } from '../../../../src/judge/stats/duel.ts';
import { lengthControlled } from '../../../../src/judge/stats/length-controlled.ts';
import { createRandom } from '../../../../src/judge/stats/random.ts';
import { knownDuels } from './known-duels.ts';
import { slopesAt } from './slopes.ts';

/** So many duels with these outcomes and lengths. */
function duels(
  ...kinds: readonly (readonly [number, string, string, Duel['winner'], (readonly [number, number])?])[]
): readonly Duel[] {
  return kinds.flatMap(([count, first, second, winner, [one, other] = [10, 10]]) =>
    Array.from({ length: count }, () => ({ first, second, winner, lengths: { first: one, second: other } })),
  );
}

const CASES: readonly (readonly [string, readonly Duel[]])[] = [
  ['one win', duels([1, 'a', 'b', 'first'])],
  ['known strengths', knownDuels({ a: 1, b: 0, c: -0.4, d: -0.6 }, 40, createRandom(3), 2).flat()],
  ['one that won nearly all', duels([900, 'a', 'b', 'first'], [1, 'b', 'c', 'tie'], [3, 'c', 'a', 'second'])],
  [
    'groups of which one met far more often',
    duels([2000, 'a', 'b', 'first'], [1, 'c', 'd', 'second'], [1, 'd', 'e', 'tie']),
  ],
  [
    'a chain',
    duels([5, 'a', 'b', 'first'], [5, 'b', 'c', 'first'], [5, 'c', 'd', 'first'], [5, 'd', 'e', 'tie']),
  ],
  [
    'a chain that takes long, though all together are soon as strong as they should be',
    duels([1, 'a', 'b', 'second'], [1, 'c', 'd', 'tie'], [1, 'a', 'd', 'first']),
  ],
];

describe('no other strengths make what was seen as likely', () => {
  test.each(CASES)('%s', (_, seen) => {
    for (const slope of Object.values(slopesAt(seen, bradleyTerry(seen)))) expect(slope).toBeCloseTo(0, 5);
  });

  test.each([
    ...CASES,
    [
      'hundreds of one length, and a single pair of which one is endless',
      duels(
        [1, 'a', 'b', 'second', [100_000, 1]],
        [300, 'b', 'c', 'first', [51, 51]],
        [300, 'b', 'c', 'second', [52, 51]],
      ),
    ] as const,
    [
      'an even fight, and five that one side won by its length',
      duels(
        [300, 'a', 'c', 'first', [52, 1]],
        [5, 'd', 'b', 'first', [100_000, 50]],
        [100, 'a', 'c', 'second', [51, 10]],
      ),
    ] as const,
  ])('with length controlled: %s', (_, seen) => {
    const { strengths, ...length } = lengthControlled(seen);
    for (const slope of Object.values(slopesAt(seen, strengths, length))) expect(slope).toBeCloseTo(0, 5);
  });
});

test('the usual gap is the root of the mean square, of what was read', () => {
  const seen = duels(
    [1, 'a', 'b', 'first', [30, 10]],
    [1, 'b', 'a', 'tie', [10, 10]],
    [1, 'a', 'b', 'missing', [1, 99]],
    [1, 'a', 'a', 'first', [1, 99]],
  );
  expect(lengthControlled(seen).usualGap).toBeCloseTo(Math.sqrt(0.25 / 2), 12);
});

test('each is told with the duels of it that were read, on either side', () => {
  const seen = duels(
    [3, 'a', 'b', 'first'],
    [2, 'b', 'c', 'tie'],
    [1, 'c', 'd', 'missing'],
    [4, 'a', 'a', 'first'],
  );
  const counts = { a: 3, b: 5, c: 2, d: 0 };
  for (const strengths of [bradleyTerry(seen), lengthControlled(seen).strengths]) {
    expect(Object.fromEntries(strengths.map((one) => [one.id, one.duels]))).toEqual(counts);
  }
});

test('strengths are told around a mean of 0 and 1000 Elo, the strongest first, equals by id', () => {
  const strengths = ranked(['d', 'b', 'c', 'a'], [1, 4, 1, 4], [7, 8, 9, 10]);
  expect(strengths.map(({ id, theta, duels }) => [id, theta, duels])).toEqual([
    ['a', 1.5, 10],
    ['b', 1.5, 8],
    ['c', -1.5, 9],
    ['d', -1.5, 7],
  ]);
  expect(strengths[0]?.elo).toBeCloseTo(1000 + (400 * 1.5) / Math.LN10, 9);
  expect(ranked(['b', 'a', 'c'], [0, 0, 0], [1, 1, 1]).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(ranked([], [], [])).toEqual([]);
});
