/**
 * Probabilities held to account for there being several of them (S. Holm, Scandinavian Journal of Statistics
 * 6, 1979): the smallest times their number, the next times one less, and so on; none less than one before it.
 *
 * @returns in the order given
 */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((p, at) => ({ p, at })).sort((a, b) => a.p - b.p);
  const held = new Array<number>(ps.length).fill(1);
  let least = 0;
  for (const [rank, { p, at }] of order.entries()) {
    least = Math.max(least, Math.min(1, p * (ps.length - rank)));
    held[at] = least;
  }
  return held;
}
