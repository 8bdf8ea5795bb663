import type { View, ViewEntry } from '../../scene/view.ts';
import type { Sought } from './recall.ts';

/** What the entries of one view mean, as an embeddings model has it; in memory only. */
export type Vectors = {
  /** Entries up to a beat that have no vector yet, newest first. */
  missing(upTo: number, limit: number): readonly ViewEntry[];
  /** Nothing is kept of an entry that has changed meanwhile. */
  put(entry: ViewEntry, vector: Float32Array): void;
  /** The nearest in meaning first; only those that stand out. */
  nearest(query: Float32Array, sought: Omit<Sought, 'weak'>): readonly ViewEntry[];
};

/** So many vectors are kept of a view; a thousand numbers each, they take four kilobytes. */
const MOST_VECTORS = 4096;
/**
 * How far above all others' mean an entry must be, in standard deviations. What counts as near
 * differs from model to model; that one stands out from many does not.
 */
const STANDS_OUT = 1.5;

/** No vector yet. Where an entry changes or goes, so does its vector. */
export function createVectors(view: View): Vectors {
  const vectors = new Map<number, { readonly entry: ViewEntry; readonly vector: Float32Array }>();
  let { revision } = view;

  function catchUp(): void {
    if (view.revision === revision) return;
    for (const n of view.changedSince(revision)) if (view.at(n) !== vectors.get(n)?.entry) vectors.delete(n);
    ({ revision } = view);
  }

  return {
    missing(upTo, limit) {
      catchUp();
      const most = Math.min(limit, MOST_VECTORS - vectors.size);
      const found: ViewEntry[] = [];
      for (let at = view.entries.length - 1; at >= 0 && found.length < most; at -= 1) {
        const entry = view.entries[at];
        if (entry && entry.n <= upTo && !vectors.has(entry.n)) found.push(entry);
      }
      return found;
    },
    put(entry, vector) {
      if (view.at(entry.n) === entry) vectors.set(entry.n, { entry, vector: unit(vector) });
    },
    nearest(query, { upTo, limit, except }) {
      catchUp();
      const sought = unit(query);
      const near = [...vectors.values()]
        .filter(({ entry: { n }, vector }) => n <= upTo && !except?.has(n) && vector.length === sought.length)
        .map(({ entry, vector }) => ({ entry, cosine: dot(sought, vector) }));
      const bar = barOf(near.map(({ cosine }) => cosine));
      return near
        .filter(({ cosine }) => cosine > bar)
        .sort((one, other) => other.cosine - one.cosine || other.entry.n - one.entry.n)
        .slice(0, limit)
        .map(({ entry }) => entry);
    },
  };
}

/** What an entry must be above to stand out; with nobody to stand out from, nothing does. */
function barOf(cosines: readonly number[]): number {
  const mean = cosines.reduce((sum, one) => sum + one, 0) / cosines.length;
  const variance = cosines.reduce((sum, one) => sum + (one - mean) ** 2, 0) / cosines.length;
  return mean + STANDS_OUT * Math.sqrt(variance);
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return length > 0 ? vector.map((number) => number / length) : vector;
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
