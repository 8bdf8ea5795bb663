import { describe, expect, test } from 'vitest';
import { createMemoryNote } from '../../../src/scene/memory-note.ts';
import type { ViewEntry } from '../../../src/scene/view.ts';
import { weightOf } from '../../../src/scene/weight-of.ts';

const ROOM = 300;

function entry(n: number, text: string, more: Partial<ViewEntry> = {}): ViewEntry {
  return { n, kind: 'line', own: false, segments: [{ kind: 'speech', text }], ...more };
}

function plain({ n, segments }: ViewEntry): string {
  return `${n} ${segments.map(({ kind, text }) => (kind === 'thought' ? `(${text})` : text)).join(' ')}`;
}

function smallTalk(from: number, many: number): ViewEntry[] {
  return Array.from({ length: many }, (_, at) => entry(from + at, 'Well, the rain goes on, I suppose.'));
}

describe('a memory note', () => {
  test('keeps what tells something out of much that tells nothing, in log order', () => {
    const note = createMemoryNote(ROOM, plain);
    note.add([
      ...smallTalk(1, 40),
      entry(41, 'The brass key lies under the third step.'),
      ...smallTalk(42, 40),
      entry(82, 'Yes.', {
        own: true,
        segments: [{ kind: 'thought', text: 'Perran must never learn of it' }],
      }),
      ...smallTalk(83, 40),
    ]);
    const lines = note.text().split('\n');
    expect(lines).toContain('41 The brass key lies under the third step.');
    expect(lines).toContain('82 (Perran must never learn of it)');
    expect(lines.filter((line) => line.includes('rain goes on'))).toHaveLength(1);
    expect(note.noted()).toEqual([...note.noted()].sort((one, other) => one - other));
    expect(note.noted()).toHaveLength(lines.length);
  });

  test('is the same whether it was read in between or not; of what was long ago it tells nothing then', () => {
    const [read, unread] = [createMemoryNote(ROOM, plain), createMemoryNote(ROOM, plain)];
    for (let batch = 0; batch < 64; batch += 1) {
      const told = [entry(batch + 1, `Number ${batch} of the casks went to the cove by night.`)];
      for (const note of [read, unread]) note.add(told);
      read.text();
    }
    expect(unread.text()).toBe(read.text());

    const long = createMemoryNote(ROOM, plain);
    long.add([entry(1, 'The brass key lies under the third step.')]);
    for (let batch = 0; batch < 64; batch += 1) long.add(smallTalk(batch * 4 + 2, 4));
    expect(long.text()).not.toContain('brass key');
  });

  test('shows of a long line what tells most, with who says it', () => {
    const note = createMemoryNote(ROOM, (one) => `Bo: ${plain(one)}`);
    const rain = 'Well, the rain goes on. '.repeat(6);
    note.add([...smallTalk(1, 9), entry(10, `${rain}The ledger burned in Truro. ${rain}`)]);
    expect(note.text()).toMatch(/^Bo: 10 .*The ledger burned in Truro\..*…$/m);
  });

  test('lets what is older fade, so that none stays for ever', () => {
    const note = createMemoryNote(ROOM, plain);
    note.add([entry(1, 'The brass key lies under the third step.')]);
    for (let at = 0; at < 20; at += 1) {
      const word = `${'bdfgklmnpr'[at % 10]}${'ae'[at % 2]}${'bdfgklmnpr'[(at * 7) % 10]}`;
      note.add(
        Array.from({ length: 4 }, (_, one) =>
          entry(2 + at * 4 + one, `${word}arrow ${word}omber ${word}isket ${word}ullen ${word}endle${one}.`),
        ),
      );
      expect(weightOf(note.text())).toBeLessThanOrEqual(ROOM);
    }
    expect(note.noted()).not.toContain(1);
    expect(note.noted().length).toBeGreaterThan(0);
  });

  test('keeps to its room in scripts whose letters weigh more, and leaves out what has no words', () => {
    const note = createMemoryNote(ROOM, (one) => (one.n % 2 ? plain(one) : ''));
    note.add(
      Array.from({ length: 60 }, (_, at) => entry(at + 1, `钥匙${at}藏在第${at}级台阶下，海鸥今晚很吵。`)),
    );
    expect(weightOf(note.text())).toBeLessThanOrEqual(ROOM);
    expect(note.noted().length).toBeGreaterThan(1);
    expect(note.noted().every((n) => n % 2 === 1)).toBe(true);
  });

  test('is empty before anything was folded away', () => {
    expect(createMemoryNote(ROOM, plain).text()).toBe('');
  });
});
