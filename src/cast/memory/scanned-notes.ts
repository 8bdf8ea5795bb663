import { withRoom } from './growing.ts';
import { type Notes, noteOf } from './notes.ts';

/**
 * Terms of one entry behind those of the other, as they came, all of them read whenever something is sought: with
 * few entries that is as quick as lists are, and takes a fifth of their room.
 */
export type ScannedNotes = Notes & {
  /** Notes all of them elsewhere. */
  copyTo(other: Notes): void;
};

/** Of nearly all terms that are not sought these say so at once; all zeros between searches. */
const flags = new Uint8Array(4096);
const LAST_FLAG = flags.length - 1;

/** No entry yet. */
export function createScannedNotes(): ScannedNotes {
  let terms = new Int32Array(0);
  /** By entry: where the terms of the next one begin. */
  let ends = new Int32Array(0);
  let entries = 0;

  function beginOf(entry: number): number {
    return entry === 0 ? 0 : (ends[entry - 1] ?? 0);
  }

  return {
    add(entry, noted) {
      const begin = beginOf(entry);
      entries = entry + 1;
      ends = withRoom(ends, entries);
      terms = withRoom(terms, begin + noted.length);
      terms.set(noted, begin);
      ends[entry] = begin + noted.length;
    },
    remove(entry) {
      terms.fill(0, beginOf(entry), ends[entry]);
    },
    find(sought, most) {
      const counts = new Map(sought.map((term): [number, number[]] => [term, []]));
      for (const term of sought) flags[term & LAST_FLAG] = 1;
      for (let entry = entries - 1; entry >= 0; entry -= 1) {
        const end = ends[entry] ?? 0;
        for (let at = beginOf(entry); at < end; at += 1) {
          const term = terms[at] ?? 0;
          if (flags[term & LAST_FLAG] === 0) continue;
          counts.get(term)?.push(entry);
        }
      }
      for (const term of sought) flags[term & LAST_FLAG] = 0;
      return sought.map((term) => {
        const notes = notesOf(counts.get(term) ?? []);
        return { having: notes.length, notes: notes.slice(0, most) };
      });
    },
    copyTo(other) {
      for (let entry = 0; entry < entries; entry += 1)
        other.add(entry, [...terms.subarray(beginOf(entry), ends[entry])]);
    },
  };
}

/** @param entries in order, one as often as it has the term */
function notesOf(entries: readonly number[]): number[] {
  const notes: number[] = [];
  for (let at = 0; at < entries.length; ) {
    const entry = entries[at] ?? 0;
    let next = at;
    while (entries[next] === entry) next += 1;
    notes.push(noteOf(entry, next - at));
    at = next;
  }
  return notes;
}
