/**
 * Spearman’s rank correlation of two series (C. Spearman 1904): Pearson’s of their ranks, equal values with
 * the mean of the ranks that they take up. Null with fewer than three pairs, or where one series is all alike.
 */
export function spearman(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 3) return null;
  const first = ranksOf(pairs.map(([one]) => one));
  const second = ranksOf(pairs.map(([, other]) => other));
  const middle = (pairs.length + 1) / 2;
  let [both, one, other] = [0, 0, 0];
  for (const [at, rank] of first.entries()) {
    const a = rank - middle;
    const b = (second[at] ?? middle) - middle;
    both += a * b;
    one += a * a;
    other += b * b;
  }
  return one === 0 || other === 0 ? null : both / Math.sqrt(one * other);
}

function ranksOf(values: readonly number[]): readonly number[] {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && order[to + 1]?.value === order[from]?.value) to += 1;
    for (const { at } of order.slice(from, to + 1)) ranks[at] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranks;
}
