import { type Share, shareOf, wilson } from '../stats/share.ts';

/** A share that is a half where the judge does not go by it. */
export type Leaning = Share & {
  /** Whether it is more or less than a half beyond doubt; `unknown` where there was nothing to count. */
  readonly leaning: 'more' | 'less' | 'even' | 'unknown';
};

/** 99.5th percentile of the normal distribution: of a dozen figures, at 95 % one would often lean by chance. */
const BEYOND_DOUBT = 2.5758293035489;

/**
 * A share, and which way it leans: its 99 % interval leaves out a half.
 * @param independent as for `shareOf`
 */
export function leaningOf(hits: number, of: number, independent = of): Leaning {
  const share = shareOf(hits, of, independent);
  if (share.share === undefined) return { ...share, leaning: 'unknown' };
  const { low, high } = wilson(share.share * independent, independent, BEYOND_DOUBT);
  return { ...share, leaning: low > 0.5 ? 'more' : high < 0.5 ? 'less' : 'even' };
}
