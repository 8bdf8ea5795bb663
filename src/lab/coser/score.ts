import { type Flaw, type Protocol, weightOfFlaw } from './severity.ts';

/** Points that each turn of the actors is allowed before flaws cost anything, in units of severity. */
const TOLERANCE = 0.3;
const POINTS = 5;

/**
 * A dimension’s score, 0…100: `100 - 5 * (sum of severities - 0.3 * rounds)` (CoSER’s evaluator, whose
 * “length correction” is the last term; HER’s is the same).
 *
 * @param rounds messages of the actors, the Environment’s not counted
 * @param mostOf the highest severity of a flaw’s scale, where the protocol holds to it; 5 where it is not said
 */
export function dimensionScore<F extends Flaw>(
  flaws: readonly F[],
  rounds: number,
  protocol: Protocol,
  mostOf: (flaw: F) => number = () => 5,
): number {
  const weights = flaws.map((flaw) => weightOfFlaw(flaw, protocol, mostOf(flaw)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  // Like Python’s `max(0, min(…, 100))`, which makes 0 of what is no number.
  return Math.max(0, Math.min(100, 100 - POINTS * (sum - TOLERANCE * rounds))) || 0;
}

/** The mean; undefined of nothing. */
export function meanOf(scores: readonly number[]): number | undefined {
  if (scores.length === 0) return undefined;
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
