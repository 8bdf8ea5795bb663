import { describe, expect, test } from 'vitest';
import type { Beat } from '../../../src/scene/beat.ts';
import { replayForStage } from '../../../src/scene/stage-replay.ts';
import { createView } from '../../../src/scene/view.ts';

const ada = { id: 'character:ada', name: 'Ada' };
const bo = { id: 'character:bo', name: 'Bo' };
const common = (n: number) => ({ n, at: n, origin: 'local' as const, witnesses: [ada.id, bo.id] });

function line(n: number, speaker: typeof ada, thought: string, speech: string, extra = {}): Beat {
  return {
    ...common(n),
    kind: 'line',
    speaker,
    turn: `t${n}`,
    segments: [
      { kind: 'thought', text: thought },
      { kind: 'speech', text: speech },
    ],
    ...extra,
  };
}

const log: Beat[] = [
  { ...common(1), kind: 'entrance', actor: ada, witnesses: [ada.id] },
  { ...common(2), kind: 'entrance', actor: bo },
  line(3, ada, 'he lies', 'Good evening.'),
  line(4, bo, 'she knows', 'Cold night.'),
  line(5, bo, 'stay calm', 'Warm, for March.', { alternativeTo: 4 }),
  { ...common(6), kind: 'choose', of: 4, pick: 5 },
];

function texts(audience: Parameters<typeof createView>[0], beats: readonly Beat[]): string[] {
  const view = createView(audience);
  for (const beat of beats) view.add(beat);
  return view.entries.flatMap((entry) =>
    entry.segments.map((segment) => `${entry.n} ${segment.kind} ${segment.text}`),
  );
}

describe('a chosen swipe', () => {
  test('stands in the place of the line, for everyone, with its own thoughts for its speaker', () => {
    expect(texts({ type: 'character', id: ada.id }, log)).toEqual([
      '3 thought he lies',
      '3 speech Good evening.',
      '4 speech Warm, for March.',
    ]);
    expect(texts({ type: 'character', id: bo.id }, log)).toEqual([
      '3 speech Good evening.',
      '4 thought stay calm',
      '4 speech Warm, for March.',
    ]);
    expect(
      replayForStage(log).map((beat) => [beat.n, beat.segments.map((segment) => segment.text).join()]),
    ).toEqual([
      [1, ''],
      [2, ''],
      [3, 'Good evening.'],
      [4, 'Warm, for March.'],
    ]);
  });

  test('can be given up again for the original', () => {
    const back: Beat[] = [...log, { ...common(7), kind: 'choose', of: 4, pick: 4 }];
    expect(texts({ type: 'director' }, back)).toEqual(['3 speech Good evening.', '4 speech Cold night.']);
    expect(replayForStage(back).at(-1)?.segments).toEqual([{ kind: 'speech', text: 'Cold night.' }]);
  });
});

describe('an edit', () => {
  test('changes what was heard and leaves the speaker its thoughts', () => {
    const amended: Beat[] = [
      ...log.slice(0, 3),
      { ...common(4), kind: 'amend', of: 3, segments: [{ kind: 'speech', text: 'Good morning.' }] },
    ];
    expect(texts({ type: 'character', id: ada.id }, amended)).toEqual([
      '3 thought he lies',
      '3 speech Good morning.',
    ]);
    expect(texts({ type: 'character', id: bo.id }, amended)).toEqual(['3 speech Good morning.']);
  });
});

describe('an edit or a deletion among swipes', () => {
  const amend = (n: number, of: number, text: string): Beat => ({
    ...common(n),
    kind: 'amend',
    of,
    segments: [{ kind: 'speech', text }],
  });
  const retract = (n: number, of: number): Beat => ({ ...common(n), kind: 'retract', of });
  const choose = (n: number, of: number, pick: number): Beat => ({ ...common(n), kind: 'choose', of, pick });
  const place = (beats: readonly Beat[]) => [
    texts({ type: 'director' }, beats).filter((text) => text.startsWith('4')),
    replayForStage(beats)
      .filter((beat) => beat.n === 4)
      .map((beat) => beat.segments.map((segment) => `4 ${segment.kind} ${segment.text}`).join()),
  ];

  test('old words do not come back with the line that was edited while a swipe stood in its place', () => {
    const beats = [...log, amend(7, 4, 'Mild night.'), choose(8, 4, 4)];
    expect(place(beats.slice(0, 7))).toEqual([['4 speech Warm, for March.'], ['4 speech Warm, for March.']]);
    expect(place(beats)).toEqual([['4 speech Mild night.'], ['4 speech Mild night.']]);
  });

  test('the swipe that stands in a place reads as it was edited', () => {
    expect(place([...log, amend(7, 5, 'Hot, for March.')])).toEqual([
      ['4 speech Hot, for March.'],
      ['4 speech Hot, for March.'],
    ]);
  });

  test('a swipe that was taken back stands nowhere any more', () => {
    expect(place([...log, retract(7, 5)])).toEqual([['4 speech Cold night.'], ['4 speech Cold night.']]);
    expect(place([...log, retract(7, 5), choose(8, 4, 5)])).toEqual([
      ['4 speech Cold night.'],
      ['4 speech Cold night.'],
    ]);
  });

  test('a line that was taken back is gone with its swipes', () => {
    expect(place([...log, retract(7, 4), choose(8, 4, 5)])).toEqual([[], []]);
  });

  test('a swipe takes no place but its own', () => {
    expect(texts({ type: 'director' }, [...log, choose(7, 3, 5)])).toContain('3 speech Good evening.');
  });
});

describe('what happened openly and is admitted after all', () => {
  const own = (n: number, extra = {}) => line(n, ada, `thought ${n}`, `said ${n}`, extra);
  const versionsOf = (beats: readonly Beat[]) => {
    const [view, open] = [createView({ type: 'character', id: ada.id }), createView({ type: 'director' })];
    for (const beat of beats) for (const each of [view, open]) each.add(beat);
    const place = open.place(1);
    if (place) view.admit(place);
    const told = view.place(1)?.versions ?? [];
    return told.map((version) => [version.own, ...version.segments.map(({ text }) => text)]);
  };

  test('does not take from a speaker what they thought, in any version of their line', () => {
    expect(versionsOf([own(1), own(2, { alternativeTo: 1 })])).toEqual([
      [true, 'thought 1', 'said 1'],
      [true, 'thought 2', 'said 2'],
    ]);
  });

  test('is no more than was heard, where another speaks', () => {
    expect(versionsOf([line(1, bo, 'she knows', 'Cold night.')])).toEqual([[false, 'Cold night.']]);
  });
});

test('what is narrated, nobody does, whoever has it told', () => {
  const view = createView({ type: 'character', id: ada.id });
  view.add({ ...common(1), kind: 'narration', speaker: ada, text: 'A bell rings.' });
  expect(view.entries[0]?.own).toBe(false);
});

test('who is out of earshot sees somebody leave without a word', () => {
  const view = createView({ type: 'character', id: ada.id });
  view.add({ ...common(1), witnesses: [bo.id], seen: [ada.id], kind: 'exit', actor: bo });
  view.add(line(2, bo, 'gone', 'Farewell.', { witnesses: [bo.id], seen: [ada.id] }));
  expect(view.entries).toMatchObject([{ n: 1, kind: 'exit', segments: [], unheard: true }]);
});
