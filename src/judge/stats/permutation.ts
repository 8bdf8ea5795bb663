import type { Random } from './random.ts';

/** Up to so many differences all changes of sign are tried; beyond, some at random. */
const EXACT = 12;
const NOISE = 1e-12;

/**
 * The paired permutation test, two-sided: how likely a mean difference at least as far from 0 is where neither
 * side is better (R. A. Fisher, "The Design of Experiments", 1935). 1 where there is no difference to test.
 *
 * @param differences one of each scene: what one side got less what the other got
 */
export function permutationTest(
  differences: readonly number[],
  { random, rounds = 10_000 }: { readonly random: Random; readonly rounds?: number },
): number {
  // Who got the same in a scene is the same whichever way round it is told.
  const told = differences.filter((difference) => difference !== 0);
  const seen = Math.abs(told.reduce((sum, difference) => sum + difference, 0));
  const reaches = (isTurned: (at: number) => boolean) => {
    const sum = told.reduce((total, difference, at) => total + (isTurned(at) ? -difference : difference), 0);
    return Math.abs(sum) >= seen - NOISE * (1 + seen);
  };
  let reached = 0;
  if (told.length <= EXACT) {
    const all = 2 ** told.length;
    for (let turns = 0; turns < all; turns++) if (reaches((at) => ((turns >> at) & 1) === 1)) reached += 1;
    return reached / all;
  }
  for (let round = 0; round < rounds; round++) if (reaches(() => random() < 0.5)) reached += 1;
  // What was seen is one of the possible rounds.
  return (reached + 1) / (rounds + 1);
}
