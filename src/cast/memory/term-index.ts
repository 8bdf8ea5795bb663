import { wordHash } from '../../scene/word-table.ts';
import { withRoom } from './growing.ts';
import { createListedNotes } from './listed-notes.ts';
import { countOf, entryOf, type Notes } from './notes.ts';
import { createScannedNotes, type ScannedNotes } from './scanned-notes.ts';

/**
 * Which entries hold which terms, with BM25 (Robertson and Zaragoza, 2009) over them. It can let go
 * of an entry and tells how telling a match is, and it is a few times faster to fill and to ask than
 * a search library, which matters here: it is asked at every turn, of every mind.
 *
 * It keeps numbers alone, a few bytes for each term of an entry: every mind of every scene in play has one.
 */
export type TermIndex = {
  /** Takes the next entry in. Entries are numbered 0, 1, 2, … in the order in which they come. */
  add(terms: readonly string[]): void;
  /** Nothing of the entry is left. @param terms as they were when it came */
  remove(entry: number, terms: readonly string[]): void;
  /** Entries that hold any of these terms, each term counting once; in no order. */
  search(terms: Iterable<string>, least?: Least): Match[];
};

/** What is left out: terms that say less, and entries of which less is shared, than so much (see `Match`). */
export type Least = { readonly ofTerm: number; readonly telling: number; readonly share: number };

export type Match = {
  readonly entry: number;
  readonly score: number;
  /** What the shared terms say: of each 1 where one entry alone has it, about 0 where all do. */
  readonly telling: number;
  /** 0 to 1: the part of all that is asked for, and that any entry has, which this one shares. */
  readonly share: number;
};

// The usual ones.
const K1 = 1.2;
const B = 0.75;
/** Of those that hold a term, the newest so many count. */
const MOST_HOLDERS = 400;
/** Of all that hold any of the terms so many are looked at, those with the rarest terms first. */
const MOST_NOTES = 500;
/** With so many entries and fewer nothing is listed by term. */
const MOST_SCANNED = 400;

const ANY: Least = { ofTerm: 0, telling: 0, share: 0 };

/** What one search adds up, by entry: its score and what was telling, side by side. All zeros between searches. */
let sums = new Float64Array(2048);

/** No entry yet. */
export function createTermIndex(): TermIndex {
  let scanned: ScannedNotes | undefined = createScannedNotes();
  let notes: Notes = scanned;
  /** By entry; 0 where nothing is left of it. */
  let lengths = new Int32Array(0);
  let entries = 0;
  let standing = 0;
  let total = 0;

  return {
    add(words) {
      if (scanned && entries === MOST_SCANNED) {
        notes = createListedNotes();
        scanned.copyTo(notes);
        scanned = undefined;
      }
      notes.add(entries, words.map(wordHash));
      lengths = withRoom(lengths, entries + 1);
      lengths[entries] = words.length;
      entries += 1;
      standing += 1;
      total += words.length;
    },
    remove(entry, words) {
      notes.remove(entry, words.map(wordHash));
      lengths[entry] = 0;
      standing -= 1;
      total -= words.length;
    },
    search(words, least = ANY) {
      if (sums.length < entries * 2) sums = new Float64Array(entries * 4);
      const mean = total / standing;
      const rarest = rarity(1, standing);
      const sought = notes
        .find([...new Set(Array.from(words, wordHash))], MOST_HOLDERS)
        .map(({ having, notes }) => ({ notes, idf: having === 0 ? 0 : rarity(having, standing) }))
        .filter(({ idf }) => idf > 0 && idf / rarest >= least.ofTerm)
        .sort((one, other) => other.idf - one.idf);
      const asked = sought.reduce((sum, { idf }) => sum + idf / rarest, 0);
      // Those entries alone that hold a term, and not too many of them: what is asked costs the same in a long log.
      const found: number[] = [];
      let left = MOST_NOTES;
      for (const { idf, notes } of sought) {
        for (const note of notes.slice(0, left)) {
          const entry = entryOf(note);
          const count = countOf(note);
          const long = 1 - B + (B * (lengths[entry] ?? 0)) / mean;
          if (sums[entry * 2] === 0) found.push(entry);
          sums[entry * 2] = (sums[entry * 2] ?? 0) + (idf * count * (K1 + 1)) / (count + K1 * long);
          sums[entry * 2 + 1] = (sums[entry * 2 + 1] ?? 0) + idf / rarest;
        }
        left = Math.max(0, left - notes.length);
      }
      const matches: Match[] = [];
      for (const entry of found) {
        const score = sums[entry * 2] ?? 0;
        const telling = sums[entry * 2 + 1] ?? 0;
        const share = telling / asked;
        if (telling >= least.telling && share >= least.share) matches.push({ entry, score, telling, share });
        sums[entry * 2] = 0;
        sums[entry * 2 + 1] = 0;
      }
      return matches;
    },
  };
}

/** Inverse document frequency, never below zero. */
function rarity(having: number, entries: number): number {
  return Math.log(1 + (entries - having + 0.5) / (having + 0.5));
}
