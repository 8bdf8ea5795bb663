import type { BeatOf } from './beat.ts';
import { countBefore } from './count-before.ts';

/**
 * What stands in a log for one audience: an entry a beat, in log order, as amended and chosen and
 * without what was taken back. A line and its swipes (alternatives) share one place; one of them
 * stands in it.
 */
export type Places<T> = {
  readonly entries: readonly T[];
  /** Goes up when an entry that was already there changed or went, or one came before others. */
  readonly revision: number;
  /** Beats of the entries of which that is so, since it was at `revision`; one may be named twice. */
  changedSince(revision: number): readonly number[];
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
  /** Places where not simply one version stands: it has swipes, or nothing of it is perceived. */
  const special = new Map<number, Place<T>>();
  /** Of swipes: the place that each is a version for. */
  const swipes = new Map<number, number>();
  const changed: number[] = [];
  /** The last beat that ever stood here: whoever follows the entries has come so far. */
  let newest = 0;

  function at(n: number): T | undefined {
    const entry = entries[countBefore(entries, n)];
    return entry?.n === n ? entry : undefined;
  }

  function place(swipe: number): Place<T> | undefined {
    const n = swipes.get(swipe) ?? swipe;
    const known = special.get(n);
    if (known) return known;
    const entry = at(n);
    return entry && { n, versions: [entry], standing: n };
  }

  function keep(of: Place<T>): void {
    const isPlain = of.versions.length === 1 && of.standing === of.n && of.versions.every(stands);
    if (isPlain) special.delete(of.n);
    else special.set(of.n, of);
  }

  /** Brings what is perceived of a place in line with what stands in it. */
  function put(n: number, next: Place<T> | undefined): void {
    if (next) keep(next);
    else special.delete(n);
    const version = next?.versions.find((one) => one.n === next.standing);
    const index = countBefore(entries, n);
    const known = entries[index]?.n === n;
    if (version && stands(version)) {
      // The place in the scene stays; what was done there is the version's.
      const entry = version.n === n ? version : { ...version, n };
      // Also where nothing stands after it any more.
      if (n <= newest) changed.push(n);
      newest = Math.max(newest, n);
      entries.splice(index, known ? 1 : 0, entry);
    } else if (known) {
      changed.push(n);
      entries.splice(index, 1);
    }
  }

  return {
    entries,
    get revision() {
      return changed.length;
    },
    changedSince: (revision) => changed.slice(revision),
    at,
    place,
    add(entry, alternativeTo) {
      if (alternativeTo === undefined) {
        // Nearly always: what comes last stands last.
        if (stands(entry) && newest < entry.n) {
          entries.push(entry);
          newest = entry.n;
          return;
        }
        put(entry.n, { n: entry.n, versions: [entry], standing: entry.n });
        return;
      }
      const of = place(alternativeTo);
      if (of?.n !== alternativeTo) return;
      keep({ ...of, versions: [...of.versions, entry] });
      swipes.set(entry.n, of.n);
    },
    amend(n, change) {
      const of = place(n);
      if (!of) return;
      const versions = of.versions.map((one) => (one.n === n ? change(one) : one));
      if (of.standing === n) put(of.n, { ...of, versions });
      else keep({ ...of, versions });
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
      else keep(rest);
    },
    choose({ of: n, pick }) {
      const of = place(n);
      if (of?.n === n && of.standing !== pick && of.versions.some((one) => one.n === pick)) {
        put(n, { ...of, standing: pick });
      }
    },
    insert(late) {
      for (const version of late.versions) if (version.n !== late.n) swipes.set(version.n, late.n);
      put(late.n, late);
    },
    clear() {
      for (const { n } of entries) changed.push(n);
      entries.length = 0;
      special.clear();
      swipes.clear();
    },
  };
}
