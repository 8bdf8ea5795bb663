import { expect, test } from 'vitest';
import { createStory } from '../../../../src/cli/mcp/story.ts';
import type { WireBeat, WireScene } from '../../../../src/stage/web/wire-shapes.ts';

const ADA = { id: 'character:ada', name: 'Ada' };
const line = (n: number, text: string): WireBeat => ({
  n,
  at: 0,
  kind: 'line',
  speaker: ADA,
  segments: [{ kind: 'speech', text }],
});
const scene: WireScene = {
  id: 'web:1',
  title: 'A quay',
  tagline: '',
  setting: '',
  status: 'playing',
  preset: 'conversation',
  cast: [],
  players: [],
  rooms: [],
  swipes: [],
  beats: 0,
  turnsLeft: 3,
  turnsPerLine: 3,
  chips: [],
  you: 'Guest',
};
const opened = { type: 'opened' as const, scene, revision: 0, earlier: false, whispers: [], reset: true };

test('a story is what the stage told, as it stands now', () => {
  const story = createStory();
  story.take({ ...opened, re: 'm1', beats: [line(2, 'Two.')] });
  story.take({ type: 'typing', who: ADA });
  expect(story.making).toBe(ADA.id);
  story.take({ type: 'typing' });
  expect(story.making).toBeUndefined();
  story.take({ type: 'beat', beat: line(5, 'Five.') });
  story.take({ type: 'update', n: 2, beat: line(2, 'Otherwise.'), revision: 1 });
  story.take({ type: 'update', n: 5, revision: 2 });
  expect(story.beats).toEqual([line(2, 'Otherwise.')]);
  expect(story.since(0).map(({ kind }) => kind)).toEqual(['beat', 'beat', 'gone']);
  expect(story.since(2)).toEqual([{ kind: 'gone', n: 5 }]);
});

test('a story that went back says so, and begins anew', () => {
  const story = createStory();
  story.take({ ...opened, re: 'm1', beats: [line(2, 'Two.'), line(3, 'Three.')] });
  expect(story.count).toBe(0);
  story.take({ ...opened, beats: [line(2, 'Two.')] });
  expect(story.beats.map(({ n }) => n)).toEqual([2]);
  expect(story.since(0)).toEqual([{ kind: 'anew' }]);
});

test('what nobody asks for is not kept for ever, and nothing is told twice', () => {
  const story = createStory();
  for (let n = 1; n <= 2100; n++) story.take({ type: 'beat', beat: line(n, `${n}`) });
  expect(story.count).toBe(2100);
  expect(story.since(0)).toHaveLength(2000);
  expect(story.since(2098).map((one) => one.kind === 'beat' && one.beat.n)).toEqual([2099, 2100]);
});

test('waiting ends with what is wanted, also where it came before; or with the signal’s reason', async () => {
  const story = createStory();
  const { signal } = new AbortController();
  const isFive = (one: Parameters<Parameters<typeof story.until>[1]>[0]) =>
    one.kind === 'beat' && one.beat.n === 5;
  const waiting = story.until(0, isFive, signal);
  story.take({ type: 'beat', beat: line(4, 'Four.') });
  story.take({ type: 'beat', beat: line(5, 'Five.') });
  await waiting;
  await story.until(0, isFive, signal);
  const ending = new AbortController();
  const inVain = story.until(2, isFive, ending.signal);
  ending.abort(new Error('enough'));
  await expect(inVain).rejects.toThrow('enough');
});
