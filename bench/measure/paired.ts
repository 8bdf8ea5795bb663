/**
 * Side-by-side measuring: ours and the baseline take turns in one run, so that what the machine
 * does meanwhile happens to both. Medians, and the 95 % interval of the median ratio from order
 * statistics (exact, from the binomial distribution; no assumption about how times are spread).
 */
export type Paired = {
  /** Medians, in milliseconds. */
  readonly ours: number;
  readonly theirs: number;
  /** Median of ours / theirs, round by round. */
  readonly ratio: number;
  readonly interval: readonly [number, number];
};

export const ROUNDS = 15;
const ROUNDS_WHEN_SLOW = 3;
const SLOW_MS = 10_000;

/** Runs both sides in turn, after one warm-up each; three rounds only where one takes over ten seconds. */
export async function paired(ours: () => unknown, theirs: () => unknown, rounds = ROUNDS): Promise<Paired> {
  const warmUp = (await timed(ours)) + (await timed(theirs));
  const wanted = warmUp > SLOW_MS ? ROUNDS_WHEN_SLOW : rounds;
  const left: number[] = [];
  const right: number[] = [];
  for (let round = 0; round < wanted; round += 1) {
    // Which goes first alternates too: the second of a pair finds the caches warm.
    if (round % 2 === 0) {
      left.push(await timed(ours));
      right.push(await timed(theirs));
    } else {
      right.push(await timed(theirs));
      left.push(await timed(ours));
    }
  }
  const ratios = left.map((time, round) => time / (right[round] ?? time));
  return {
    ours: median(left),
    theirs: median(right),
    ratio: median(ratios),
    interval: medianInterval(ratios),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** The value below which this share of all lies. NaN where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/**
 * The narrowest pair of order statistics outside which the median lies with at most 2.5 % on each
 * side; the smallest and the largest value where there are too few for that.
 */
export function medianInterval(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  let index = 0;
  // That at most so many values are below the median, of n.
  let probability = 0.5 ** n;
  let cumulative = probability;
  for (let below = 1; below < n; below += 1) {
    probability *= (n - below + 1) / below;
    cumulative += probability;
    if (cumulative > 0.025) break;
    index = below;
  }
  return [sorted[index] ?? Number.NaN, sorted[n - 1 - index] ?? Number.NaN];
}

async function timed(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
