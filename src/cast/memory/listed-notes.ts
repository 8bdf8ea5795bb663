import { createWordTable } from '../../scene/word-table.ts';
import { entryOf, type Notes, noteOf } from './notes.ts';
import { createPostings } from './postings.ts';

/** Notes in a list for each term: what is sought costs the same however many entries there are. */
export function createListedNotes(): Notes {
  /** A term’s list. */
  const lists = createWordTable();
  const postings = createPostings();
  let terms = 0;

  function listFor(term: number): number {
    const known = lists.get(term);
    if (known !== 0) return known;
    terms += 1;
    lists.set(term, terms);
    return terms;
  }

  return {
    add(entry, noted) {
      const counts = new Map<number, number>();
      for (const term of noted) counts.set(term, (counts.get(term) ?? 0) + 1);
      for (const [term, count] of counts) postings.push(listFor(term), noteOf(entry, count));
    },
    remove(entry, gone) {
      for (const term of new Set(gone)) postings.take(lists.get(term), (note) => entryOf(note) === entry);
    },
    find: (sought, most) =>
      sought.map((term) => {
        const list = lists.get(term);
        return { having: postings.length(list), notes: postings.newest(list, most) };
      }),
  };
}
