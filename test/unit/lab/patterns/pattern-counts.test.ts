import { expect, test } from 'vitest';
import { createBoundedCounts } from '../../../../src/lab/patterns/bounded-counts.ts';
import { createPatternCounts } from '../../../../src/lab/patterns/pattern-counts.ts';

function counted(patterns: Readonly<Record<string, number>>, most?: number) {
  const counts = createPatternCounts(most === undefined ? {} : { most });
  for (const [pattern, times] of Object.entries(patterns)) {
    for (let at = 0; at < times; at += 1) counts.add(pattern);
  }
  return counts.figures();
}

test('bands by the share of turns; exactly 1 % and exactly 0.1 % are in the middle', () => {
  const { bands, n } = counted({ speech: 979, 'act→speech': 11, think: 9, 'think→act': 1 });
  expect(n).toBe(1000);
  expect(bands).toEqual({
    high: { patterns: 2, turns: 990 },
    mid: { patterns: 2, turns: 10 },
    low: { patterns: 0, turns: 0 },
  });
  expect(counted({ speech: 99, act: 1 }).bands.mid).toEqual({ patterns: 1, turns: 1 });
  expect(counted({ speech: 1999, act: 1 }).bands.low).toEqual({ patterns: 1, turns: 1 });
});

test('beyond so many patterns the rest is one, and is told apart from the others', () => {
  const figures = counted({ speech: 4, act: 2, think: 1, 'think→act': 1 }, 2);
  expect(figures).toMatchObject({ n: 8, distinct: 2, other: 2, top1Share: 0.5, entropy: 1.5 });
});

test('of nothing there is no share', () => {
  expect(counted({})).toMatchObject({ n: 0, top1Share: 0, entropy: 0, top: [] });
});

test('a name that is very long is not kept', () => {
  const counts = createBoundedCounts({ most: 10 });
  counts.add('think→act→'.repeat(100));
  expect([counts.n, counts.distinct, counts.other]).toEqual([1, 0, 1]);
});
