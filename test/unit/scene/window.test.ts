import { describe, expect, test } from 'vitest';
import type { Beat } from '../../../src/scene/beat.ts';
import { createView, type ViewEntry } from '../../../src/scene/view.ts';
import { weightOf } from '../../../src/scene/weight-of.ts';
import { createWindow, PINNED_WEIGHT } from '../../../src/scene/window.ts';

test.each([
  ['Good evening — “friends”…', 25],
  ['Добрый', 12],
  ['早上好', 9],
])('%j weighs %i', (text, weight) => {
  expect(weightOf(text)).toBe(weight);
});

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

describe('pinned entries', () => {
  function pinning(lines: readonly string[]) {
    const view = createView({ type: 'director' });
    const pins = new Set<number>();
    const window = createWindow(view, 200, text, text, () => pins);
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

  test('that were taken back are gone, and one that was edited reads as it does now', () => {
    const { view, pins, shown, window } = pinning(talk);
    pins.add(2);
    pins.add(4);
    const next = { at: 0, origin: 'local' as const, witnesses: [] };
    view.add({ ...next, n: 31, kind: 'retract', of: 2 });
    view.add({
      ...next,
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
