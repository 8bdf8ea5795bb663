/**
 * Which entries hold which terms: a note for each term of each entry. Terms are known by a hash
 * (`wordHash`), entries by numbers that go up.
 */
export type Notes = {
  /** The next entry: 0, 1, 2, … @param terms one as often as it is there */
  add(entry: number, terms: readonly number[]): void;
  /** @param terms as they were when it came */
  remove(entry: number, terms: readonly number[]): void;
  /** For each of these terms, no two alike, who holds it; the newest `most` notes of each. */
  find(terms: readonly number[], most: number): readonly Holders[];
};

export type Holders = {
  /** Entries in all. */
  readonly having: number;
  /** Newest first. */
  readonly notes: readonly number[];
};

const COUNT_BITS = 8;
/** That a term comes more often in one entry makes no difference any more. */
const MOST_COUNTED = 2 ** COUNT_BITS - 1;

/** An entry and how often it has a term, in one number: what is read together stands together. */
export function noteOf(entry: number, count: number): number {
  return (entry << COUNT_BITS) | Math.min(count, MOST_COUNTED);
}

export function entryOf(note: number): number {
  return note >> COUNT_BITS;
}

export function countOf(note: number): number {
  return note & MOST_COUNTED;
}
