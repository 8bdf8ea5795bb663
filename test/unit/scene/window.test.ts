import { expect, test } from 'vitest';
import type { Beat } from '../../../src/scene/beat.ts';
import { createView, type ViewEntry } from '../../../src/scene/view.ts';
import { createWindow, weightOf } from '../../../src/scene/window.ts';

test.each([
  ['Good evening — “friends”…', 25],
  ['Добрый', 12],
  ['早上好', 9],
])('%j weighs %i', (text, weight) => {
  expect(weightOf(text)).toBe(weight);
});

test('a window of a heavy script holds fewer letters, and its note what is told in brief', () => {
  const view = createView({ type: 'director' });
  const text = ({ segments }: ViewEntry) => segments.map((segment) => segment.text).join();
  const window = createWindow(view, 100, text, (entry) => `brief ${entry.n}`);
  for (let n = 1; n <= 10; n += 1) view.add(narration(n, '早上好早上好'));
  const { lines, note } = window.read();
  expect(lines.reduce((sum, line) => sum + weightOf(line.text), 0)).toBeLessThanOrEqual(100);
  expect(note.split('\n')[0]).toBe('brief 1');
});

function narration(n: number, text: string): Beat {
  return {
    n,
    at: n,
    origin: 'local',
    witnesses: [],
    kind: 'narration',
    speaker: { id: 'environment', name: 'Environment' },
    text,
  };
}
