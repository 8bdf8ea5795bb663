import { PRIOR, type Strength } from '../../../../src/judge/stats/bradley-terry.ts';
import { type Duel, lengthGap } from '../../../../src/judge/stats/duel.ts';

const chance = (odds: number) => 1 / (1 + Math.exp(-odds));
const POINTS = { first: 1, tie: 0.5, second: 0, missing: 0 };

/**
 * How the likelihood of these duels goes up or down with each strength, and with the pull of length: all are 0
 * where it is greatest, and nowhere else.
 */
export function slopesAt(
  duels: readonly Duel[],
  strengths: readonly Strength[],
  { pull, usualGap }: { readonly pull: number; readonly usualGap: number } = { pull: 0, usualGap: 0 },
): Readonly<Record<string, number>> {
  const shift = shiftOf(strengths.map(({ theta }) => theta));
  const thetas = new Map(strengths.map(({ id, theta }) => [id, theta + shift]));
  const ofPrior = (value: number) => PRIOR * (1 - 2 * chance(value));
  const slopes = new Map([...thetas].map(([id, theta]) => [id, ofPrior(theta)]));
  let ofPull = ofPrior(pull);
  const add = (id: string, amount: number) => slopes.set(id, (slopes.get(id) ?? Number.NaN) + amount);
  for (const { first, second, winner, lengths } of duels) {
    if (winner === 'missing' || first === second) continue;
    const gap = usualGap === 0 ? 0 : lengthGap(lengths) / usualGap;
    const odds = (thetas.get(first) ?? Number.NaN) - (thetas.get(second) ?? Number.NaN) + pull * gap;
    const surprise = POINTS[winner] - chance(odds);
    add(first, surprise);
    add(second, -surprise);
    ofPull += surprise * gap;
  }
  return { ...Object.fromEntries(slopes), pull: ofPull };
}

/** Strengths are told around a mean of 0; the prior wants them a little to one side. */
function shiftOf(thetas: readonly number[]): number {
  let [low, high] = [-500, 500];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    const over = thetas.reduce((sum, theta) => sum + chance(theta + middle) - 0.5, 0);
    if (over > 0) high = middle;
    else low = middle;
  }
  return low;
}
