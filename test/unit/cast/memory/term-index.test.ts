import { describe, expect, test } from 'vitest';
import { createListedNotes } from '../../../../src/cast/memory/listed-notes.ts';
import { createPostings } from '../../../../src/cast/memory/postings.ts';
import { createScannedNotes } from '../../../../src/cast/memory/scanned-notes.ts';
import { createTermIndex } from '../../../../src/cast/memory/term-index.ts';
import { chance } from '../../../../src/scene/chance.ts';

/** Terms of an entry, drawn from a few, so that many entries share some. */
function termsOfEntry(entry: number): number[] {
  return Array.from({ length: 12 }, (_, at) => Math.floor(200 ** chance(7, entry, at)));
}

describe('notes of terms', () => {
  test('tell the same whether they are scanned or listed, also after entries went', () => {
    const scanned = createScannedNotes();
    for (let entry = 0; entry < 300; entry += 1) scanned.add(entry, termsOfEntry(entry));
    const listed = createListedNotes();
    scanned.copyTo(listed);
    const sought = Array.from({ length: 200 }, (_, term) => term);
    expect(listed.find(sought, 40)).toEqual(scanned.find(sought, 40));
    for (const entry of [299, 150, 151, 0, 7]) {
      scanned.remove(entry, termsOfEntry(entry));
      listed.remove(entry, termsOfEntry(entry));
    }
    for (let entry = 300; entry < 340; entry += 1) {
      scanned.add(entry, termsOfEntry(entry));
      listed.add(entry, termsOfEntry(entry));
    }
    // A term of 0 is what the scanned ones write where nothing is left.
    expect(listed.find(sought.slice(1), 400)).toEqual(scanned.find(sought.slice(1), 400));
  });
});

describe('postings', () => {
  test('are read newest first, whatever was taken out', () => {
    const postings = createPostings();
    const kept: number[] = [];
    for (let value = 1; value <= 200; value += 1) {
      postings.push(1, value);
      postings.push(2, -value);
      kept.unshift(value);
      if (value % 3 !== 0) continue;
      const gone = Math.ceil(value / 2);
      postings.take(1, (one) => one === gone);
      if (kept.includes(gone)) kept.splice(kept.indexOf(gone), 1);
    }
    expect(postings.newest(1, 1000)).toEqual(kept);
    expect(postings.length(1)).toBe(kept.length);
    expect(postings.newest(2, 3)).toEqual([-200, -199, -198]);
    expect(postings.newest(3, 5)).toEqual([]);
  });
});

describe('an index of terms', () => {
  test('finds the one entry that has a rare word, however many others there are', () => {
    const index = createTermIndex();
    for (let entry = 0; entry < 1000; entry += 1)
      index.add(entry === 3 ? ['lantern', 'tide'] : ['tide', `word${entry}`]);
    expect(index.search(['lantern']).map(({ entry }) => entry)).toEqual([3]);
    index.remove(3, ['lantern', 'tide']);
    expect(index.search(['lantern'])).toEqual([]);
  });
});
