import { describe, expect, test } from 'vitest';
import type { Choice } from '../../../../src/engine/choices/choice.ts';
import { judgedVersions } from '../../../../src/engine/choices/judged-versions.ts';
import { joinedWith } from '../../../../src/engine/choices/make-choice.ts';
import type { Segment } from '../../../../src/format/segments.ts';
import type { BeatOf } from '../../../../src/scene/beat.ts';

const said = (text: string): Segment[] => [{ kind: 'speech', text }];
const hash = (of: string) => of.repeat(64).slice(0, 64);

function choice(better: string | undefined, worse: readonly string[], kept = true): Choice {
  const facts = {
    ...{ at: 1, log: 'web:1#1', by: 'p1', what: 'pick' as const, n: 4, speaker: 'character:tom' },
    ...(better === undefined ? {} : { better: hash(better) }),
    worse: worse.map(hash),
  };
  if (!kept) return { ...facts, origin: 'discord' };
  const context = { speaker: 'Tom', sheet: '', setting: '', others: [], lines: [], note: '' };
  const seen = { context, ...(better === undefined ? {} : { better: said(better) }), worse: worse.map(said) };
  return { ...facts, origin: 'local', seen };
}

describe('leafing through versions', () => {
  test.each([
    ['on', choice('b', ['a']), choice('c', ['b']), choice('c', ['a', 'b'])],
    ['and back to the first', choice('b', ['a']), choice('a', ['b']), choice('a', ['b'])],
    ['to one seen before', choice('c', ['a', 'b']), choice('b', ['c']), choice('b', ['a', 'c'])],
    ['to a new one that never came', choice('b', ['a']), choice(undefined, ['b']), choice('b', ['a'])],
    ['after one that never came', choice(undefined, ['a']), choice('b', ['a']), choice('b', ['a'])],
    ['on Discord', choice('b', ['a'], false), choice('c', ['b'], false), choice('c', ['a', 'b'], false)],
  ])('%s: what they stop at is better than all they passed', (_how, before, now, both) => {
    expect(joinedWith(before, now)).toEqual(both);
  });

  test('of versions whose words were not kept before, none are made up', () => {
    const joined = joinedWith(choice('b', ['a'], false), choice('c', ['b']));
    expect(joined).toEqual(choice('c', ['b']));
  });
});

describe('what a judge had said', () => {
  const NONE: ReadonlyMap<number, number[]> = new Map();
  const hashed = (segments: readonly Segment[]) => hash(segments[0]?.text ?? '-');
  const line = (n: number, text: string, of?: number): BeatOf<'line'> => ({
    ...{ n, at: 1, origin: 'local', witnesses: [], kind: 'line', turn: `${n}`, segments: said(text) },
    speaker: { id: 'character:tom', name: 'Tom' },
    ...(n === 4 ? {} : { alternativeTo: 4 }),
    made: {
      ...{ by: 'm', why: '', attempts: 1 },
      ...(of === undefined ? {} : { judged: { by: 'j', of, pairs: 1, ms: 1, outcome: 'won' as const } }),
    },
  });
  const versions = [line(4, 'a', 3), line(5, 'b'), line(6, 'c'), line(7, 'd'), line(8, 'e', 2), line(9, 'f')];

  test.each([
    ['the first batch, and no swipe drafted later', [4, 6], { first: 'a', over: ['b', 'c'] }],
    ['another batch', [8, 9], { first: 'e', over: ['f'] }],
    ['the batch that holds more of them', [4, 8, 9], { first: 'e', over: ['f'] }],
    ['one of them alone', [5], { first: 'a', over: ['b', 'c'] }],
  ])('is of %s', (_which, chosen, { first, over }) => {
    expect(judgedVersions(versions, chosen, NONE, hashed)).toEqual({
      by: 'j',
      first: hash(first),
      over: over.map(hash),
      outcome: 'won',
    });
  });

  test('is nothing where none of them was judged', () => {
    expect(judgedVersions(versions, [7], NONE, hashed)).toBeUndefined();
    expect(judgedVersions([line(4, 'a'), line(5, 'b')], [4, 5], NONE, hashed)).toBeUndefined();
  });
});
