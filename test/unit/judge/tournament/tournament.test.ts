import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knockOut, pairsOf, roundRobin } from '../../../../src/judge/tournament/tournament.ts';
import type { PairVerdict } from '../../../../src/judge/verdict/verdict.ts';

const verdict = (winner: PairVerdict['winner']): PairVerdict => ({
  how: 'judged',
  winner,
  flipped: false,
  orders: [],
});

/** Prefers whoever has the higher worth. */
function judgeBy(worths: readonly number[]) {
  const asked: [number, number][] = [];
  const judge = async (first: number, second: number): Promise<PairVerdict> => {
    asked.push([first, second]);
    const gap = (worths[first] ?? 0) - (worths[second] ?? 0);
    return verdict(gap > 0 ? 'first' : gap < 0 ? 'second' : 'tie');
  };
  return { judge, asked };
}

describe('a knock-out', () => {
  test.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 4],
    [9, 8],
  ])('of %i takes %i pairs', async (count, pairs) => {
    const { judge, asked } = judgeBy(Array.from({ length: count }, (_, place) => place));
    const { matches, ranking } = await knockOut(count, judge);
    expect(asked).toHaveLength(pairs);
    expect(matches.map(({ first, second }) => [first, second])).toEqual(asked);
    expect(ranking).toHaveLength(count);
  });

  test('plays the matches of one round side by side', async () => {
    let running = 0;
    let most = 0;
    const { ranking } = await knockOut(4, async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return verdict('second');
    });
    expect(most).toBe(2);
    expect(ranking).toEqual([3, 1, 2, 0]);
  });

  test('lets the last of an odd number wait, and play in the next round', async () => {
    const { judge, asked } = judgeBy([1, 2, 3, 4, 5]);
    const { ranking } = await knockOut(5, judge);
    expect(asked).toEqual([
      [0, 1],
      [2, 3],
      [1, 4],
      [3, 4],
    ]);
    expect(ranking).toEqual([4, 3, 1, 2, 0]);
  });

  test.each(['tie', 'missing'] as const)('keeps the order of the list at a %s', async (winner) => {
    const { ranking } = await knockOut(4, async () => verdict(winner));
    expect(ranking).toEqual([0, 2, 1, 3]);
  });

  test('fails with what its judge throws, when nothing runs any more', async () => {
    let running = 0;
    const playing = knockOut(4, async (first) => {
      running += 1;
      await Promise.resolve();
      if (first === 0) {
        running -= 1;
        throw new DOMException('Stopped.', 'AbortError');
      }
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      running -= 1;
      return verdict('first');
    });
    await expect(playing).rejects.toThrow('Stopped.');
    expect(running).toBe(0);
  });

  test('puts the best first, whoever loses once goes out, and everyone has one place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }), async (worths) => {
        const { judge } = judgeBy(worths);
        const { ranking, matches } = await knockOut(worths.length, judge);
        expect([...ranking].sort((a, b) => a - b)).toEqual([...worths.keys()]);
        const best = Math.max(...worths);
        expect(worths[ranking[0] ?? -1]).toBe(best);
        const losers = matches.map((match) =>
          match.verdict.winner === 'second' ? match.first : match.second,
        );
        expect(new Set(losers).size).toBe(worths.length - 1);
        for (const { first, second, verdict: decided } of matches) {
          expect(first).toBeLessThan(second);
          const firstIsAbove = ranking.indexOf(first) < ranking.indexOf(second);
          expect(firstIsAbove).toBe(decided.winner !== 'second');
        }
      }),
    );
  });
});

describe('a round robin', () => {
  test.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 3],
    [4, 6],
    [8, 28],
  ])('of %i takes %i pairs', async (count, pairs) => {
    const { judge, asked } = judgeBy(Array.from({ length: count }, (_, place) => place));
    const { ranking } = await roundRobin(count, judge);
    expect(asked).toHaveLength(pairs);
    expect(asked).toEqual(pairsOf(count));
    expect(ranking).toEqual(Array.from({ length: count }, (_, place) => count - 1 - place));
  });

  test('counts a missing verdict for neither, and a tie for both', async () => {
    const outcomes = new Map<string, PairVerdict['winner']>([
      ['0 1', 'missing'],
      ['0 2', 'second'],
      ['1 2', 'tie'],
    ]);
    const { ranking } = await roundRobin(3, async (first, second) =>
      verdict(outcomes.get(`${first} ${second}`) ?? 'missing'),
    );
    expect(ranking).toEqual([2, 1, 0]);
  });

  test('goes by the mean of what was read, not by how much was', async () => {
    const outcomes = new Map<string, PairVerdict['winner']>([
      ['0 1', 'first'],
      ['0 2', 'tie'],
      ['2 3', 'second'],
    ]);
    // 3 won its only duel; 0 has one and a half of two, 2 half of two, and 1 none of one.
    const { ranking } = await roundRobin(4, async (first, second) =>
      verdict(outcomes.get(`${first} ${second}`) ?? 'missing'),
    );
    expect(ranking).toEqual([3, 0, 2, 1]);
  });

  test('counts a win at either place', async () => {
    const outcomes = new Map<string, PairVerdict['winner']>([
      ['0 1', 'first'],
      ['0 2', 'second'],
      ['1 2', 'first'],
    ]);
    const { ranking } = await roundRobin(3, async (first, second) =>
      verdict(outcomes.get(`${first} ${second}`) ?? 'missing'),
    );
    // Each won once.
    expect(ranking).toEqual([0, 1, 2]);
  });

  test('ranks whom no verdict could be read of in the middle, and equals as in the list', async () => {
    const one = (first: number, second: number) => first === 0 && second === 4;
    const { ranking } = await roundRobin(5, async (first, second) =>
      verdict(one(first, second) ? 'second' : 'missing'),
    );
    expect(ranking).toEqual([4, 1, 2, 3, 0]);
  });

  test('fails with what its judge throws', async () => {
    const playing = roundRobin(3, async () => {
      throw new RangeError('no');
    });
    await expect(playing).rejects.toThrow(RangeError);
  });
});
