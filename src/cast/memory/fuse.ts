/** How little the first places count above the next; the value of the paper. */
const K = 60;

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): what several rankings have in front,
 * or one of them far in front, comes first. Where they tie, the earlier ranking's order holds.
 *
 * @param rankings each best first, without repeats
 */
export function fuseRanks<T>(rankings: readonly (readonly T[])[], limit: number): T[] {
  const scores = new Map<T, number>();
  for (const ranking of rankings) {
    for (const [rank, item] of ranking.entries()) {
      scores.set(item, (scores.get(item) ?? 0) + 1 / (K + rank + 1));
    }
  }
  return [...scores]
    .sort(([, one], [, other]) => other - one)
    .slice(0, limit)
    .map(([item]) => item);
}
