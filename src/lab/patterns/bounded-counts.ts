/** Counts of things by name, of which only so many are told apart. */
export type BoundedCounts = {
  add(name: string): void;
  /** All that were counted. */
  readonly n: number;
  /** Names that are told apart. */
  readonly distinct: number;
  /** How many were counted under no name of their own. */
  readonly other: number;
  /** The commonest, by count and then by name. */
  top(most: number): readonly { readonly name: string; readonly count: number }[];
  counts(): Iterable<number>;
};

/** A longer name would be kept whole, however long. Characters. */
const LONGEST = 400;

/**
 * Counts in bounded memory: the first `most` different names exactly, whatever comes new after them (and a
 * name of more than 400 characters) as one, `other`. What is common comes early, so its count is right.
 */
export function createBoundedCounts({ most }: { readonly most: number }): BoundedCounts {
  const known = new Map<string, number>();
  let [n, other] = [0, 0];
  return {
    add(name) {
      n += 1;
      const count = known.get(name);
      if (count !== undefined) known.set(name, count + 1);
      else if (known.size < most && name.length <= LONGEST) known.set(name, 1);
      else other += 1;
    },
    get n() {
      return n;
    },
    get distinct() {
      return known.size;
    },
    get other() {
      return other;
    },
    top(some) {
      return [...known]
        .map(([name, count]) => ({ name, count }))
        .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
        .slice(0, some);
    },
    counts: () => known.values(),
  };
}
