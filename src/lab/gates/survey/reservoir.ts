import type { Random } from '../../../judge/stats/random.ts';

/** A sample of a stream, each thing in it with the same chance (J. Vitter, “Algorithm R”, 1985). */
export type Reservoir<Thing> = {
  /** @param make is called only where the thing is taken */
  add(make: () => Thing): void;
  /** In the order in which they came. */
  items(): readonly Thing[];
};

/** @param size how many are kept at most */
export function createReservoir<Thing>(size: number, random: Random): Reservoir<Thing> {
  const kept: { readonly at: number; readonly thing: Thing }[] = [];
  let seen = 0;
  return {
    add(make) {
      const at = seen;
      seen += 1;
      const place = kept.length < size ? kept.length : Math.floor(random() * seen);
      if (place < size) kept[place] = { at, thing: make() };
    },
    items: () => kept.toSorted((a, b) => a.at - b.at).map(({ thing }) => thing),
  };
}
