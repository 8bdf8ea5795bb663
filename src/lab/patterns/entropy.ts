/**
 * Shannon’s entropy of a distribution, in bits (her-spec 6.2): 0 where all are of one kind, log₂ k where k
 * kinds are equally common; 0 where nothing was counted.
 *
 * @param counts of each kind; none below 0
 */
export function entropyOf(counts: Iterable<number>): number {
  const all = [...counts].filter((count) => count > 0);
  const total = all.reduce((sum, count) => sum + count, 0);
  const bits = all.reduce((sum, count) => sum - (count / total) * Math.log2(count / total), 0);
  // One kind comes out as minus nothing.
  return Math.max(0, bits);
}
