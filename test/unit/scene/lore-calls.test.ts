import { describe, expect, test } from 'vitest';
import type { BeatOf } from '../../../src/scene/beat.ts';
import {
  chooseLore,
  dropLore,
  type LoreCalls,
  lastCalled,
  noLoreCalls,
  noteLore,
} from '../../../src/scene/lore-calls.ts';

const ada = { id: 'character:ada', name: 'Ada' };

/** A line of Ada's, and the entries that it called up. */
function line(n: number, entries: readonly string[], alternativeTo?: number): BeatOf<'line'> {
  const lore = entries.map((entry) => ({ book: 'b', entry, why: 'key' as const }));
  return {
    n,
    at: n,
    origin: 'local',
    witnesses: [],
    kind: 'line',
    speaker: ada,
    turn: `t${n}`,
    segments: [],
    made: { by: 'script', why: '', attempts: 1, lore },
    ...(alternativeTo === undefined ? {} : { alternativeTo }),
  };
}

function callsOf(...beats: readonly BeatOf<'line'>[]): LoreCalls {
  const calls = noLoreCalls();
  for (const beat of beats) noteLore(calls, beat);
  return calls;
}

const last = (calls: LoreCalls, entry: string, before?: number) =>
  lastCalled(calls, ada.id, 'b', entry, before);

describe('when an entry was called up last', () => {
  test('is the last line for which it was, or the last before a beat', () => {
    const calls = callsOf(line(1, ['sea']), line(3, ['sea', 'fire']));
    expect(last(calls, 'sea')).toBe(3);
    expect(last(calls, 'sea', 3)).toBe(1);
    expect(last(calls, 'sea', 1)).toBeUndefined();
    expect(last(calls, 'fire', 4)).toBe(3);
    expect(last(calls, 'wind')).toBeUndefined();
  });

  test('is each speaker’s and each book’s own', () => {
    const calls = callsOf(line(1, ['sea']));
    expect(lastCalled(calls, 'character:bo', 'b', 'sea')).toBeUndefined();
    expect(lastCalled(calls, ada.id, 'c', 'sea')).toBeUndefined();
  });

  test('does not count where it only stayed', () => {
    const beat = line(1, ['sea']);
    const lore = [{ book: 'b', entry: 'sea', why: 'sticky' as const }];
    const calls = callsOf({ ...beat, made: { by: 'script', why: '', attempts: 1, lore } });
    expect(last(calls, 'sea')).toBeUndefined();
    expect(calls).toEqual(noLoreCalls());
    const { made: _, ...bare } = beat;
    expect(callsOf(bare)).toEqual(noLoreCalls());
  });

  test('does not count for a swipe, until it is chosen', () => {
    const calls = callsOf(line(1, ['sea']), line(2, ['fire'], 1));
    expect([last(calls, 'sea'), last(calls, 'fire')]).toEqual([1, undefined]);
    chooseLore(calls, { of: 1, pick: 2 });
    expect([last(calls, 'sea'), last(calls, 'fire')]).toEqual([undefined, 1]);
    chooseLore(calls, { of: 1, pick: 1 });
    expect([last(calls, 'sea'), last(calls, 'fire')]).toEqual([1, undefined]);
  });

  test('is in the order of the story, whichever was chosen later', () => {
    const calls = callsOf(line(1, ['wind']), line(3, ['sea']), line(5, ['sea'], 1));
    chooseLore(calls, { of: 1, pick: 5 });
    expect([last(calls, 'sea'), last(calls, 'sea', 3)]).toEqual([3, 1]);
  });

  test('of a swipe that called up nothing is never', () => {
    const calls = callsOf(line(1, ['sea']), line(2, [], 1));
    chooseLore(calls, { of: 1, pick: 2 });
    expect(last(calls, 'sea')).toBeUndefined();
    expect([...calls.places]).toEqual([[JSON.stringify([ada.id, 'b', 'sea']), []]]);
  });

  test('is forgotten with its line, swipes and all', () => {
    const calls = callsOf(line(1, ['sea']), line(2, ['fire'], 1));
    dropLore(calls, 1);
    chooseLore(calls, { of: 1, pick: 2 });
    expect([last(calls, 'sea'), last(calls, 'fire')]).toEqual([undefined, undefined]);
  });

  test('is the first version’s again where the chosen swipe is gone', () => {
    const calls = callsOf(line(1, ['sea']), line(2, ['fire'], 1));
    chooseLore(calls, { of: 1, pick: 2 });
    dropLore(calls, 2);
    expect([last(calls, 'sea'), last(calls, 'fire')]).toEqual([1, undefined]);
    chooseLore(calls, { of: 1, pick: 2 });
    expect([last(calls, 'sea'), last(calls, 'fire')]).toEqual([undefined, undefined]);
  });

  test('stays where a swipe goes that was not chosen', () => {
    const calls = callsOf(line(1, ['sea']), line(2, ['fire'], 1), line(3, ['wind'], 1));
    chooseLore(calls, { of: 1, pick: 3 });
    dropLore(calls, 2);
    expect([last(calls, 'sea'), last(calls, 'wind')]).toEqual([undefined, 1]);
  });
});
