import type { Answers } from './kappa.ts';

/** `nominal`: two answers are the same or not. `ordinal`: they lie on a scale, near or far. */
export type Metric = 'nominal' | 'ordinal';

/**
 * Krippendorff’s alpha of any number of judges, with answers missing here and there: 1 less the disagreement
 * that was seen over the one to be expected (K. Krippendorff, “Content Analysis”, 3rd ed. 2013, ch. 12). 1
 * where all agree, 0 where it is as by chance, below 0 where it is worse. Items with fewer than two answers
 * do not count. Undefined where none counts, or all answers are one and the same.
 *
 * @param items of each item the answers, judge by judge
 */
export function krippendorffsAlpha(items: readonly Answers[], metric: Metric): number | undefined {
  const told = items
    .map((answers) => answers.filter((answer) => answer !== undefined))
    .filter(({ length }) => length > 1);
  const values = [...new Set(told.flat())].sort((a, b) => a - b);
  const places = new Map(values.map((value, at) => [value, at]));
  const size = values.length;
  const together = new Float64Array(size * size);
  const totals = new Float64Array(size);
  for (const answers of told) {
    for (const [at, answer] of answers.entries()) {
      const place = places.get(answer) ?? 0;
      totals[place] = (totals[place] ?? 0) + 1;
      for (const [to, other] of answers.entries()) {
        if (at === to) continue;
        const cell = place * size + (places.get(other) ?? 0);
        together[cell] = (together[cell] ?? 0) + 1 / (answers.length - 1);
      }
    }
  }
  const n = totals.reduce((sum, count) => sum + count, 0);
  let [seen, expected] = [0, 0];
  for (let one = 0; one < size; one += 1) {
    for (let other = one + 1; other < size; other += 1) {
      const apart = distance(totals, one, other, metric);
      // The matrix is symmetric: each half tells all.
      seen += (together[one * size + other] ?? 0) * apart;
      expected += (totals[one] ?? 0) * (totals[other] ?? 0) * apart;
    }
  }
  return expected === 0 ? undefined : 1 - ((n - 1) * seen) / expected;
}

/** Squared. On a scale: how many answers lie between two, each end counted half. */
function distance(totals: Float64Array, one: number, other: number, metric: Metric): number {
  if (metric === 'nominal') return 1;
  let between = 0;
  for (let at = one; at <= other; at += 1) between += totals[at] ?? 0;
  return (between - ((totals[one] ?? 0) + (totals[other] ?? 0)) / 2) ** 2;
}
