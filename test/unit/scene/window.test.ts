import { describe, expect, test } from 'vitest';
import type { Beat } from '../../../src/scene/beat.ts';
import { createView, type ViewEntry } from '../../../src/scene/view.ts';
import { weightOf } from '../../../src/scene/weight-of.ts';
import { createWindow, PINNED_WEIGHT } from '../../../src/scene/window.ts';

const text = ({ segments }: ViewEntry) => segments.map((segment) => segment.text).join();

test('a window of a heavy script holds fewer letters, and its note what is told in brief', () => {
  const view = createView({ type: 'director' });
  const window = createWindow(view, 100, text, (entry) => `brief ${entry.n}`);
  for (let n = 1; n <= 10; n += 1) view.add(narration(n, '早上好早上好'));
  const { lines, note } = window.read();
  expect(lines.reduce((sum, line) => sum + weightOf(line.text), 0)).toBeLessThanOrEqual(100);
  expect(note.split('\n')[0]).toMatch(/^brief \d/);
});

test('what was folded away is counted: what the note tells of, and what not even it does', () => {
  const view = createView({ type: 'director' });
  const window = createWindow(view, 2000, text);
  expect(window.read()).toMatchObject({ folded: 0, dropped: 0, noted: [], foldedUpTo: 0, note: '' });
  for (let n = 1; n <= 400; n += 1) view.add(narration(n, `Gull ${n} cries over rock ${n * 7}.`));
  const { lines, folded, foldedUpTo, dropped, noted } = window.read();
  expect(folded + lines.length).toBe(400);
  expect(foldedUpTo).toBe(folded);
  expect(noted.length).toBeGreaterThan(0);
  expect(dropped).toBe(folded - noted.length);
  expect(dropped).toBeGreaterThan(0);
});

describe('a window of forty letters', () => {
  /** Entries of ten letters each, unless their length is given. */
  function forty(many: number, lengths: Readonly<Record<number, number>> = {}) {
    const view = createView({ type: 'director' });
    const window = createWindow(view, 40, text);
    const add = (from: number, to: number) => {
      for (let n = from; n <= to; n += 1) view.add(narration(n, letters(n, lengths[n] ?? 10)));
    };
    const read = () => {
      const { lines, folded, foldedUpTo, noted } = window.read();
      return { whole: lines.map(({ entry }) => entry.n), folded, foldedUpTo, noted };
    };
    const retract = (n: number, of: number) => view.add({ ...bookkeeping, n, kind: 'retract', of });
    add(1, many);
    return { add, read, retract };
  }

  test('holds what is forty letters long, and half of it where one more comes', () => {
    expect(forty(4).read()).toEqual({ whole: [1, 2, 3, 4], folded: 0, foldedUpTo: 0, noted: [] });
    expect(forty(5).read()).toEqual({ whole: [4, 5], folded: 3, foldedUpTo: 3, noted: [1, 2, 3] });
    expect(forty(7).read()).toEqual({ whole: [4, 5, 6, 7], folded: 3, foldedUpTo: 3, noted: [1, 2, 3] });
    expect(forty(8).read()).toMatchObject({ whole: [7, 8], folded: 6 });
  });

  test('holds a last line by itself that is longer than half of it, and what fits beside it then', () => {
    expect(forty(4, { 4: 30 }).read()).toMatchObject({ whole: [4], folded: 3, noted: [1, 2, 3] });
    expect(forty(5, { 4: 30 }).read()).toMatchObject({ whole: [4, 5], folded: 3 });
    expect(forty(6, { 4: 30 }).read()).toMatchObject({ whole: [5, 6], folded: 4 });
  });

  test('leaves out what is rendered as nothing', () => {
    expect(forty(6, { 2: 0 }).read()).toMatchObject({ whole: [5, 6], folded: 3, noted: [1, 3, 4] });
  });

  test('stays as it was where something came and went since it shrank', () => {
    const { add, read, retract } = forty(6);
    expect(read().whole).toEqual([4, 5, 6]);
    retract(7, 6);
    expect(read()).toEqual({ whole: [4, 5], folded: 3, foldedUpTo: 3, noted: [1, 2, 3] });
    add(8, 9);
    expect(read().whole).toEqual([4, 5, 8, 9]);
    add(10, 10);
    expect(read()).toMatchObject({ whole: [9, 10], folded: 6, foldedUpTo: 8 });
  });

  test('is what it would be without the line that made it shrink, where that was deleted', () => {
    const { read, retract } = forty(5);
    read();
    retract(6, 5);
    expect(read()).toEqual({ whole: [1, 2, 3, 4], folded: 0, foldedUpTo: 0, noted: [] });
  });

  test('forgets what was deleted, also where something newer was deleted with it', () => {
    const { read, retract } = forty(6);
    read();
    retract(7, 1);
    retract(8, 6);
    expect(read()).toMatchObject({ whole: [2, 3, 4, 5], noted: [] });
  });
});

describe('pinned entries', () => {
  function pinning(lines: readonly string[], render = text) {
    const view = createView({ type: 'director' });
    const pins = new Set<number>();
    const window = createWindow(view, 200, render, render, () => pins);
    for (const [at, line] of lines.entries()) view.add(narration(at + 1, line));
    return { view, pins, window, shown: () => window.read().pinned.map(({ entry }) => entry.n) };
  }
  const talk = Array.from({ length: 30 }, (_, at) => `Line ${at + 1} of the talk.`);

  test('are there once they were folded away, oldest first, and change nothing before them', () => {
    const { pins, window, shown } = pinning(talk);
    const { pinned: _, ...before } = window.read();
    for (const n of [4, 2, 30]) pins.add(n);
    expect(shown()).toEqual([2, 4]);
    const { pinned: __, ...after } = window.read();
    expect(after).toEqual(before);
    pins.delete(4);
    expect(shown()).toEqual([2]);
  });

  test('of which there are too many are the newest that fit', () => {
    const lines = Array.from({ length: 10 }, (_, at) => (at === 7 ? 'x'.repeat(700) : 'y'.repeat(300)));
    const { pins, shown } = pinning([...lines, ...talk]);
    for (let n = 1; n <= 10; n += 1) pins.add(n);
    expect(shown()).toEqual([7, 9, 10]);
  });

  test('of which the newest is too long by itself show it in brief', () => {
    const { pins, window } = pinning(['The key is here.', 'All of it. '.repeat(200), ...talk]);
    pins.add(1);
    pins.add(2);
    const [only] = window.read().pinned;
    expect(window.read().pinned).toHaveLength(1);
    expect(only?.entry.n).toBe(2);
    expect(only?.weight).toBeLessThanOrEqual(PINNED_WEIGHT);
    expect(only?.text).toMatch(/^All of it\. .*…$/);
  });

  test('are none while nothing was folded away, and none that stands whole', () => {
    const before = pinning(talk.slice(0, 3));
    before.pins.add(1);
    expect(before.shown()).toEqual([]);
    const after = pinning(talk);
    const { foldedUpTo } = after.window.read();
    after.pins.add(foldedUpTo);
    after.pins.add(foldedUpTo + 1);
    expect(after.shown()).toEqual([foldedUpTo]);
  });

  test('that are too long are passed over where a newer one is shown', () => {
    const { pins, shown } = pinning([`${letters(1, 499)}. ${letters(2, 499)}.`, 'The key is here.', ...talk]);
    pins.add(1);
    pins.add(2);
    expect(shown()).toEqual([2]);
  });

  test('of which the newest fits without who says it, are not left out for that', () => {
    const { pins, shown } = pinning([letters(1, PINNED_WEIGHT), ...talk], (entry) => `Ada: ${text(entry)}`);
    pins.add(1);
    expect(shown()).toEqual([1]);
  });

  test('that were taken back are gone, and one that was edited reads as it does now', () => {
    const { view, pins, shown, window } = pinning(talk);
    pins.add(2);
    pins.add(4);
    view.add({ ...bookkeeping, n: 31, kind: 'retract', of: 2 });
    view.add({
      ...bookkeeping,
      n: 32,
      kind: 'amend',
      of: 4,
      segments: [{ kind: 'action', text: 'Now it is this.' }],
    });
    expect(shown()).toEqual([4]);
    expect(window.read().pinned[0]?.text).toBe('Now it is this.');
    expect(window.read().note).not.toContain('Line 2 of');
  });
});

/** A word of so many letters that is another for each beat; nothing where it has none. */
function letters(n: number, many: number): string {
  return many === 0 ? '' : String.fromCodePoint(0x60 + n).repeat(many);
}

const bookkeeping = { at: 0, origin: 'local' as const, witnesses: [] };

function narration(n: number, words: string): Beat {
  return {
    n,
    at: n,
    origin: 'local',
    witnesses: [],
    kind: 'narration',
    speaker: { id: 'environment', name: 'Environment' },
    text: words,
  };
}
