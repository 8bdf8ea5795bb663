import { describe, expect, test } from 'vitest';
import type { Segment } from '../../../src/format/segments.ts';
import { createMemoryNote } from '../../../src/scene/memory-note.ts';
import type { ViewEntry } from '../../../src/scene/view.ts';
import { weightOf } from '../../../src/scene/weight-of.ts';

const speech = (text: string): Segment => ({ kind: 'speech', text });
const action = (text: string): Segment => ({ kind: 'action', text });
const thought = (text: string): Segment => ({ kind: 'thought', text });

function entry(n: number, said: string | readonly Segment[], own = false): ViewEntry {
  return { n, kind: 'line', own, segments: typeof said === 'string' ? [speech(said)] : said };
}

const said = ({ segments }: ViewEntry) => segments.map(({ text }) => text).join(' ');

/** What is kept of these, added at once, where there is room for so much. */
function noted(entries: readonly ViewEntry[], room: number): readonly number[] {
  const note = createMemoryNote(room, said);
  note.add(entries);
  return note.noted();
}

/** Room for any one of these and for no two. */
const roomForOne = (entries: readonly ViewEntry[]) =>
  Math.max(...entries.map((one) => weightOf(said(one)) + 1));

describe('of two lines there is room for the one', () => {
  // Of two that are worth the same the newer is kept; so each of these is worth more than what follows it.
  test.each<[string, ViewEntry, ViewEntry]>([
    [
      'that has a thought of one’s own in it',
      entry(1, [thought('they buried copper'), speech('calmly, twice')], true),
      entry(2, [speech('they salted herring'), speech('slowly, often')], true),
    ],
    [
      'that has a name in mid-sentence',
      entry(1, 'Yonder barn hides Perran nightly.'),
      entry(2, 'Salted herring. Dried apples. Cheese.'),
    ],
    [
      'that has a name after a comma',
      entry(1, 'Yonder barn hides, Perran, nightly.'),
      entry(2, 'Salted herring. Dried apples. Cheese.'),
    ],
    [
      'that has a number in it',
      entry(1, 'bring barrels when tide falls 7'),
      entry(2, 'salted herring with dried apples'),
    ],
    [
      'that is a question',
      entry(1, 'bring barrels when tide falls?'),
      entry(2, 'salted herring with dried apples'),
    ],
    [
      'that is a question in Arabic',
      entry(1, 'bring barrels when tide falls؟'),
      entry(2, 'salted herring with dried apples'),
    ],
    [
      // 4/5 + 0.2 + 0.2 against 5/5
      'that has fewer new words, but a name and a number',
      entry(1, 'sold Perran 9 gold'),
      entry(2, 'salted herring with dried apples'),
    ],
    [
      // 4/5 against 3/5
      'that has more words in what is done and said together',
      entry(1, [action('lights candles'), speech('hide ledgers')]),
      entry(2, 'salted dried herring'),
    ],
  ])('%s', (_, first, second) => {
    expect(noted([first, second], roomForOne([first, second]))).toEqual([1]);
  });

  test('whose rarest words, wherever they stand in it, are rarer', () => {
    const common = 'every night when they come';
    const first = entry(3, `${common}, copper barrels sink below harbour`);
    const second = entry(4, 'salted herring dried apples');
    expect(noted([entry(1, common), entry(2, common), first, second], roomForOne([first]))).toEqual([3]);
  });

  test('that has four new words, not one that has ten that were heard before', () => {
    // 4/5 against 5 times 1/2, divided by 5.
    const heard = 'copper barrels sink below harbour while seven otters dance nearby';
    const entries = [entry(1, heard), entry(2, 'salted herring dried apples'), entry(3, heard)];
    expect(noted(entries, roomForOne(entries))).toEqual([2]);
  });

  test('that has more words, where a word is a few Chinese characters', () => {
    const entries = [entry(1, '旧钥匙。老账本。'), entry(2, '锚。绳。桶。')];
    expect(noted(entries, roomForOne(entries))).toEqual([2]);
  });
});

describe('a memory note', () => {
  const newWords = (from: number, many: number) =>
    Array.from({ length: many }, (_, at) => entry(from + at, `harbour${from + at}`));
  const counted = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

  test('looks at the newest of those that are worth the same, sixty-four of them, and is in log order', () => {
    expect(noted(newWords(1, 70), 5000)).toEqual(counted(7, 70));
  });

  test('takes what was added in sixty-four times, before it is read', () => {
    const note = createMemoryNote(5000, said);
    for (let n = 1; n <= 64; n += 1) note.add(newWords(n, 1));
    expect(note.noted()).toEqual(counted(1, 64));
  });

  test('has room for a line break after each line', () => {
    const lines = [entry(1, 'harbour'), entry(2, 'candles')];
    expect(noted(lines, 16)).toEqual([1, 2]);
    expect(noted(lines, 15)).toEqual([2]);
  });

  test('keeps a line of which half the words are new to it, and those that have no long words at all', () => {
    expect(noted([entry(1, 'copper barrels'), entry(2, 'copper candles')], 300)).toEqual([1, 2]);
    expect(noted([entry(1, 'copper barrels'), entry(2, 'copper barrels today')], 300)).toEqual([2]);
    expect(noted([entry(1, 'Oh no.'), entry(2, 'Ah so.')], 300)).toEqual([1, 2]);
  });

  test('has one line for each, whatever blanks are in it', () => {
    const note = createMemoryNote(300, (one) => `\n ${said(one)}\n`);
    note.add([entry(1, 'copper \n\n barrels'), entry(2, 'salted herring')]);
    expect(note.text()).toBe('copper barrels\nsalted herring');
  });
});
