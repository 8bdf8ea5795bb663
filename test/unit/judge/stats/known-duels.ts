import type { Duel } from '../../../../src/judge/stats/duel.ts';
import type { Random } from '../../../../src/judge/stats/random.ts';

/** Duels of contenders whose strengths are known: `scenes` scenes, in each everyone against everyone. */
export function knownDuels(
  thetas: Readonly<Record<string, number>>,
  scenes: number,
  random: Random,
  pullOfLength = 0,
): readonly (readonly Duel[])[] {
  const ids = Object.keys(thetas);
  return Array.from({ length: scenes }, () =>
    ids.flatMap((first, at) =>
      ids.slice(at + 1).map((second): Duel => {
        const lengths = { first: 100 + 200 * random(), second: 100 + 200 * random() };
        const gap = (lengths.first - lengths.second) / (lengths.first + lengths.second);
        const odds = (thetas[first] ?? 0) - (thetas[second] ?? 0) + pullOfLength * gap;
        return { first, second, winner: random() < 1 / (1 + Math.exp(-odds)) ? 'first' : 'second', lengths };
      }),
    ),
  );
}
