import type { BeatOf } from './beat.ts';

/**
 * What stands in a log for one audience: an entry a beat, in log order, as amended and chosen and
 * without what was taken back. A line and its swipes (alternatives) share one place; one of them
 * stands in it.
 */
export type Places<T> = {
  readonly entries: readonly T[];
  /** Goes up when an entry that was already there changed or went. */
  readonly revision: number;
  /** The entry that stands in the place of beat `n`, found by halving. */
  at(n: number): T | undefined;
  /** The next entry; with `alternativeTo` a swipe, which waits to be chosen. */
  add(entry: T, alternativeTo?: number): void;
  amend(n: number, change: (entry: T) => T): void;
  /** Of a place: it is gone, with its swipes. Of a swipe: what stood there first stands there again. */
  retract(n: number): void;
  choose(beat: Pick<BeatOf<'choose'>, 'of' | 'pick'>): void;
};

/** No entry yet. Each change costs the same however long the log is, but for moving what comes after. */
export function createPlaces<T extends { readonly n: number }>(): Places<T> {
  const entries: T[] = [];
  /** Swipes, and lines that a swipe once replaced, by their own beat. */
  const versions = new Map<number, T>();
  /** The place of a swipe, and the swipe that stands in a place. */
  const placeOf = new Map<number, number>();
  const standing = new Map<number, number>();
  let revision = 0;

  function put(place: number, entry: T | undefined): void {
    const index = indexOf(entries, place);
    if (index < 0) return;
    // The place in the scene stays; what was done there is the version's.
    if (entry) entries[index] = { ...entry, n: place };
    else entries.splice(index, 1);
    revision += 1;
  }

  function at(n: number): T | undefined {
    return entries[indexOf(entries, n)];
  }

  return {
    entries,
    get revision() {
      return revision;
    },
    at,
    add(entry, alternativeTo) {
      if (alternativeTo === undefined) {
        entries.push(entry);
        return;
      }
      versions.set(entry.n, entry);
      placeOf.set(entry.n, alternativeTo);
    },
    amend(n, change) {
      const place = placeOf.get(n) ?? n;
      const version = versions.get(n);
      if (version) versions.set(n, change(version));
      const entry = at(place);
      if (entry && (standing.get(place) ?? place) === n) put(place, change(entry));
    },
    retract(n) {
      versions.delete(n);
      const place = placeOf.get(n);
      if (place === undefined) {
        for (const [swipe, of] of placeOf) if (of === n) versions.delete(swipe);
        put(n, undefined);
      } else if (standing.get(place) === n) {
        standing.delete(place);
        put(place, versions.get(place));
      }
    },
    choose({ of, pick }) {
      const entry = at(of);
      if (!entry) return;
      if (!versions.has(of)) versions.set(of, entry);
      const version = pick === of || placeOf.get(pick) === of ? versions.get(pick) : undefined;
      if (!version) return;
      standing.set(of, pick);
      put(of, version);
    },
  };
}

function indexOf(entries: readonly { readonly n: number }[], n: number): number {
  let low = 0;
  let high = entries.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = entries[middle]?.n ?? 0;
    if (at === n) return middle;
    if (at < n) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
