import { describe, expect, test } from 'vitest';
import { fuseRanks } from '../../../../src/cast/memory/fuse.ts';
import { renderKeepsakes } from '../../../../src/cast/memory/server-memory.ts';
import { createVectors } from '../../../../src/cast/memory/vectors.ts';
import { createView, type View } from '../../../../src/scene/view.ts';
import { ada, bo, enters, says, writtenLog } from '../../scene/written-log.ts';

function twelveLines(): View {
  const view = createView({ type: 'character', id: ada.id });
  const lines = Array.from({ length: 12 }, (_, at) => says(bo, `line ${at}`));
  for (const beat of writtenLog(enters(ada), ...lines)) view.add(beat);
  return view;
}

describe('vectors of a view', () => {
  test('are missing newest first, and only where none is known', () => {
    const view = twelveLines();
    const vectors = createVectors(view);
    expect(vectors.missing(9, 3).map(({ n }) => n)).toEqual([9, 8, 7]);
    for (const entry of vectors.missing(9, 2)) vectors.put(entry, Float32Array.of(1));
    expect(vectors.missing(9, 3).map(({ n }) => n)).toEqual([7, 6, 5]);
  });

  test('find what stands out, whatever its length; where all are alike nothing does', () => {
    const view = twelveLines();
    const vectors = createVectors(view);
    for (const entry of view.entries) vectors.put(entry, Float32Array.of(entry.n === 5 ? 90 : 1, 3));
    const sought = { upTo: 100, limit: 4 };
    expect(vectors.nearest(Float32Array.of(1, 0), sought).map(({ n }) => n)).toEqual([5]);
    expect(vectors.nearest(Float32Array.of(1, 0), { ...sought, upTo: 4 })).toEqual([]);
    expect(vectors.nearest(Float32Array.of(1, 0), { ...sought, except: new Set([5]) })).toEqual([]);
    expect(vectors.nearest(Float32Array.of(1, 0, 0), sought)).toEqual([]);
    expect(createVectors(view).nearest(Float32Array.of(1, 0), sought)).toEqual([]);
  });

  test('of what was taken back or has changed are gone', () => {
    const view = twelveLines();
    const vectors = createVectors(view);
    for (const entry of view.entries) vectors.put(entry, Float32Array.of(entry.n === 5 ? 1 : 0, 1));
    const old = view.at(5);
    view.add({
      n: 14,
      at: 0,
      origin: 'local',
      witnesses: [],
      kind: 'amend',
      of: 5,
      segments: [{ kind: 'speech', text: 'new' }],
    });
    expect(vectors.nearest(Float32Array.of(1, 0), { upTo: 100, limit: 4 })).toEqual([]);
    if (old) vectors.put(old, Float32Array.of(1, 0));
    expect(vectors.missing(100, 9).map(({ n }) => n)).toEqual([5]);
  });
});

test('ranks are fused by their places: what both have comes before what one has first', () => {
  expect(
    fuseRanks(
      [
        [1, 2, 3],
        [4, 2],
      ],
      3,
    ),
  ).toEqual([2, 1, 4]);
  expect(fuseRanks([[1, 2], []], 9)).toEqual([1, 2]);
  expect(fuseRanks([], 9)).toEqual([]);
});

describe('earlier scenes', () => {
  const scenes = [
    { title: 'One', kept: [{ n: 2, text: 'Tom: The first.' }] },
    {
      title: 'Two',
      kept: [
        { n: 3, text: 'Tom: The second.' },
        { n: 9, text: 'Mara: The third.' },
      ],
    },
  ];

  test('are told oldest first', () => {
    expect(renderKeepsakes(scenes, 1000)).toBe(
      '“One”:\n- Tom: The first.\n\n“Two”:\n- Tom: The second.\n- Mara: The third.',
    );
    expect(renderKeepsakes([], 1000)).toBe('');
  });

  test('fit their budget, the newest first', () => {
    expect(renderKeepsakes(scenes, 30)).toBe('“Two”:\n- Mara: The third.');
    for (let budget = 0; budget < 120; budget += 1) {
      expect(renderKeepsakes(scenes, budget).length).toBeLessThanOrEqual(budget);
    }
  });
});
