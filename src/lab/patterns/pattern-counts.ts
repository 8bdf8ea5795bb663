import { createBoundedCounts } from './bounded-counts.ts';
import { entropyOf } from './entropy.ts';

/** Patterns of one band, and turns that have one of them. */
export type Band = { readonly patterns: number; readonly turns: number };

/** How patterns are spread (her-spec 6.2). */
export type PatternFigures = {
  /** Turns. */
  readonly n: number;
  /** Different patterns, of those that are told apart. */
  readonly distinct: number;
  /** Turns whose pattern is not told apart; they are in no band. */
  readonly other: number;
  /** Bits. `other` counts as one pattern, so it is the least that it can be. */
  readonly entropy: number;
  /** Of the commonest, 0…1; 0 where there is no turn. */
  readonly top1Share: number;
  readonly top: readonly { readonly pattern: string; readonly count: number; readonly share: number }[];
  /** By the share of turns: more than 1 %, 0.1 % to 1 %, less than 0.1 %. */
  readonly bands: { readonly high: Band; readonly mid: Band; readonly low: Band };
};

export type PatternCounts = {
  /** @param pattern as `patternOf` writes it */
  add(pattern: string): void;
  figures(): PatternFigures;
};

const SHOWN = 12;

/**
 * Counts patterns of turns in bounded memory.
 * @param most different patterns that are told apart: the first ones; the rest is `other`
 */
export function createPatternCounts({ most = 5000 }: { readonly most?: number } = {}): PatternCounts {
  const counts = createBoundedCounts({ most });
  return {
    add: (pattern) => counts.add(pattern),
    figures() {
      const { n, distinct, other } = counts;
      const shareOf = (count: number) => (n === 0 ? 0 : count / n);
      const top = counts
        .top(SHOWN)
        .map(({ name, count }) => ({ pattern: name, count, share: shareOf(count) }));
      return {
        ...{ n, distinct, other, top },
        entropy: entropyOf([...counts.counts(), other]),
        top1Share: top[0]?.share ?? 0,
        bands: bandsOf(counts.counts(), n),
      };
    },
  };
}

/** In whole numbers, so that a share of exactly 1 % is in the middle. */
function bandsOf(counts: Iterable<number>, n: number): PatternFigures['bands'] {
  const bands = {
    high: { patterns: 0, turns: 0 },
    mid: { patterns: 0, turns: 0 },
    low: { patterns: 0, turns: 0 },
  };
  for (const count of counts) {
    const band = count * 100 > n ? bands.high : count * 1000 >= n ? bands.mid : bands.low;
    band.patterns += 1;
    band.turns += count;
  }
  return bands;
}
