import type { Random } from './random.ts';

/** Where a figure lies with 95 % confidence. */
export type Interval = { readonly low: number; readonly high: number };

/**
 * 95 % intervals by a cluster bootstrap: whole clusters are drawn, since what was judged in one scene hangs
 * together; the 2.5th and 97.5th percentiles of the figures of the samples (B. Efron, R. Tibshirani, "An
 * Introduction to the Bootstrap", 1993, ch. 13). A sample in which a figure is not there, or not finite, does
 * not count for it. Figures are worked out `resamples` times, so keep them cheap.
 *
 * @param clusters as `inClusters` makes them
 * @param figuresOf figures by name, of all items of a sample
 */
export function bootstrap<Item>(
  clusters: readonly (readonly Item[])[],
  figuresOf: (sample: readonly Item[]) => ReadonlyMap<string, number>,
  { random, resamples = 1000 }: { readonly random: Random; readonly resamples?: number },
): ReadonlyMap<string, Interval> {
  const drawn = new Map<string, number[]>();
  for (let round = 0; round < resamples && clusters.length > 0; round++) {
    const sample = clusters.flatMap(() => clusters[Math.floor(random() * clusters.length)] ?? []);
    for (const [name, figure] of figuresOf(sample)) {
      if (!Number.isFinite(figure)) continue;
      const figures = drawn.get(name);
      if (figures) figures.push(figure);
      else drawn.set(name, [figure]);
    }
  }
  return new Map(
    [...drawn].map(([name, figures]) => {
      const sorted = Float64Array.from(figures).sort();
      return [name, { low: percentile(sorted, 0.025), high: percentile(sorted, 0.975) }];
    }),
  );
}

/** Items that hang together, for example all of one scene, in one cluster. */
export function inClusters<Item>(
  items: readonly Item[],
  clusterOf: (item: Item) => string,
): readonly (readonly Item[])[] {
  return [...Map.groupBy(items, clusterOf).values()];
}

/** Between neighbours in a straight line. */
function percentile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}
