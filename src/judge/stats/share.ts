import type { Interval } from './bootstrap.ts';

/** So many of so many. `share` and `interval` are absent where there was nothing to count. */
export type Share = {
  readonly hits: number;
  readonly of: number;
  readonly share?: number;
  readonly interval?: Interval;
};

/** 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * A share with its 95 % interval.
 *
 * @param independent how many of them tell something of their own: at least one of any; fewer than `of` where
 *   several hang together, which widens the interval
 */
export function shareOf(hits: number, of: number, independent = of): Share {
  if (of === 0) return { hits, of };
  const share = hits / of;
  return { hits, of, share, interval: wilson(share * independent, independent) };
}

/**
 * Wilson's score interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927): holds also
 * where nothing or everything was a hit, and for a few. Half hits (ties) are taken as they are.
 *
 * @param z how many standard errors wide: 95 % where nothing else is said
 */
export function wilson(hits: number, of: number, z = Z): Interval {
  const share = hits / of;
  const spread = z ** 2 / of;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (z / (1 + spread)) * Math.sqrt((share * (1 - share)) / of + spread / (4 * of));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
