import { lengthGap } from '../stats/duel.ts';
import type { JudgedPair } from './judged-pair.ts';
import { type Leaning, leaningOf } from './leaning.ts';

export type LengthBias = {
  /** Of the pairs that were decided between unequal lengths, how many the longer one won. */
  readonly longerWon: Leaning;
  /**
   * Of the relative difference in length with the outcome (a win 1, a tie 0, a loss -1), from -1 to 1, the same
   * whichever side is called first. Absent where all were equally long, or none was decided.
   */
  readonly correlation?: number;
};

/**
 * How length goes with winning. Longer candidates may be better ones: a lean is a bias only where length should
 * tell nothing, as in the self-test's padding.
 */
export function lengthBias(pairs: readonly JudgedPair[]): LengthBias {
  let longer = 0;
  let decided = 0;
  let product = 0;
  let gaps = 0;
  let outcomes = 0;
  for (const { first, second, verdict } of pairs) {
    if (verdict.how !== 'judged' || verdict.winner === 'missing') continue;
    const gap = lengthGap({ first: first.length, second: second.length });
    const outcome = verdict.winner === 'tie' ? 0 : verdict.winner === 'first' ? 1 : -1;
    product += gap * outcome;
    gaps += gap ** 2;
    outcomes += outcome ** 2;
    if (gap === 0 || outcome === 0) continue;
    decided += 1;
    if (gap > 0 === outcome > 0) longer += 1;
  }
  const spread = Math.sqrt(gaps * outcomes);
  return {
    longerWon: leaningOf(longer, decided),
    ...(spread > 0 ? { correlation: product / spread } : {}),
  };
}
