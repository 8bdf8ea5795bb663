import type { BeatOf } from './beat.ts';

/**
 * What stands in a log for one audience: an entry a beat, in log order, as amended and chosen and
 * without what was taken back. A line and its swipes (alternatives) share one place; one of them
 * stands in it.
 */
export type Places<T> = {
  readonly entries: readonly T[];
  /** Goes up when an entry that was already there changed or went, or one came before others. */
  readonly revision: number;
  /** The entry that stands in the place of beat `n`, found by halving. */
  at(n: number): T | undefined;
  /** The place of beat `n`, or of the line that it is a swipe of. */
  place(n: number): Place<T> | undefined;
  /** The next entry; with `alternativeTo` a swipe, which waits to be chosen. */
  add(entry: T, alternativeTo?: number): void;
  amend(n: number, change: (entry: T) => T): void;
  /** Of a place: it is gone, with its swipes. Of a swipe: what stood there first stands there again. */
  retract(n: number): void;
  choose(beat: Pick<BeatOf<'choose'>, 'of' | 'pick'>): void;
  /** A place that comes late, among the others in log order, or anew. */
  insert(place: Place<T>): void;
  /** Nothing stands any more. */
  clear(): void;
};

/** A line and its swipes, oldest first, and the beat of the one that stands. */
export type Place<T> = { readonly n: number; readonly versions: readonly T[]; readonly standing: number };

/**
 * No entry yet. Each change costs the same however long the log is, but for moving what comes after.
 *
 * @param stands whether there is anything of an entry to perceive; where not, its place is empty
 * until another version stands there, or it reads differently
 */
export function createPlaces<T extends { readonly n: number }>(
  stands: (entry: T) => boolean = () => true,
): Places<T> {
  const entries: T[] = [];
  const places = new Map<number, Place<T>>();
  /** Of swipes: the place that each is a version for. */
  const swipes = new Map<number, number>();
  let revision = 0;

  function place(n: number): Place<T> | undefined {
    return places.get(swipes.get(n) ?? n);
  }

  /** Brings what is perceived of a place in line with what stands in it. */
  function put(n: number, next: Place<T> | undefined): void {
    if (next) places.set(n, next);
    else places.delete(n);
    const version = next?.versions.find((one) => one.n === next.standing);
    // The place in the scene stays; what was done there is the version's.
    const entry = version && stands(version) ? { ...version, n } : undefined;
    const index = indexOf(entries, n);
    const known = entries[index]?.n === n;
    if (!known && !entry) return;
    if (index < entries.length) revision += 1;
    entries.splice(index, known ? 1 : 0, ...(entry ? [entry] : []));
  }

  return {
    entries,
    get revision() {
      return revision;
    },
    at(n) {
      const entry = entries[indexOf(entries, n)];
      return entry?.n === n ? entry : undefined;
    },
    place,
    add(entry, alternativeTo) {
      if (alternativeTo === undefined) {
        put(entry.n, { n: entry.n, versions: [entry], standing: entry.n });
        return;
      }
      const of = places.get(alternativeTo);
      if (!of) return;
      places.set(of.n, { ...of, versions: [...of.versions, entry] });
      swipes.set(entry.n, of.n);
    },
    amend(n, change) {
      const of = place(n);
      if (!of) return;
      const versions = of.versions.map((one) => (one.n === n ? change(one) : one));
      if (of.standing === n) put(of.n, { ...of, versions });
      else places.set(of.n, { ...of, versions });
    },
    retract(n) {
      const of = place(n);
      if (!of) return;
      if (of.n === n) {
        put(n, undefined);
        return;
      }
      swipes.delete(n);
      const rest = { ...of, versions: of.versions.filter((one) => one.n !== n) };
      if (of.standing === n) put(of.n, { ...rest, standing: of.n });
      else places.set(of.n, rest);
    },
    choose({ of: n, pick }) {
      const of = places.get(n);
      if (of && of.standing !== pick && of.versions.some((one) => one.n === pick)) {
        put(n, { ...of, standing: pick });
      }
    },
    insert(late) {
      for (const version of late.versions) if (version.n !== late.n) swipes.set(version.n, late.n);
      put(late.n, late);
    },
    clear() {
      entries.length = 0;
      places.clear();
      swipes.clear();
      revision += 1;
    },
  };
}

/** Where the entry of beat `n` is, or would have to stand. */
function indexOf(entries: readonly { readonly n: number }[], n: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.n ?? 0) < n) low = middle + 1;
    else high = middle;
  }
  return low;
}
