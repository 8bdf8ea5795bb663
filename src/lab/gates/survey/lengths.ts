/** How long texts of a layer are, in characters. */
export type LengthFigures = {
  readonly n: number;
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
  readonly least: number;
  readonly most: number;
};

export type Lengths = {
  add(length: number): void;
  /** Undefined where nothing was measured. */
  figures(): LengthFigures | undefined;
};

/** Lengths up to here are told apart; of the longer ones only the longest is known. */
const LONGEST = 20_000;

/**
 * Measures lengths in bounded memory, by a count for every length up to 20,000. The mean and both ends are
 * exact, the percentiles too (the nearest rank) where they are not above that; else they are the longest.
 */
export function createLengths(): Lengths {
  const counts = new Float64Array(LONGEST + 2);
  let [n, sum, least, most] = [0, 0, Number.POSITIVE_INFINITY, 0];

  function percentile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * n));
    let passed = 0;
    for (const [length, count] of counts.entries()) {
      passed += count;
      if (passed >= rank) return length > LONGEST ? most : length;
    }
    return most;
  }

  return {
    add(length) {
      const place = Math.min(length, LONGEST + 1);
      counts[place] = (counts[place] ?? 0) + 1;
      n += 1;
      sum += length;
      least = Math.min(least, length);
      most = Math.max(most, length);
    },
    figures() {
      if (n === 0) return undefined;
      return { n, mean: sum / n, median: percentile(0.5), p95: percentile(0.95), least, most };
    },
  };
}
