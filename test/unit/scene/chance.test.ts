import { expect, test } from 'vitest';
import { chance, pick } from '../../../src/scene/chance.ts';

test('chance is the same for the same seed and place, whatever the release: a log goes on as it did', () => {
  expect([chance(1), chance(1, 2), chance(1, 2, 3), chance(-7, 12)]).toEqual([
    0.3175988623406738, 0.7731407608371228, 0.8921317970380187, 0.5805903957225382,
  ]);
});

test('chance is spread over [0, 1)', () => {
  const draws = Array.from({ length: 1000 }, (_, place) => chance(1, place));
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThan(1);
  for (const part of [0, 1, 2, 3]) {
    const share = draws.filter((draw) => Math.floor(draw * 4) === part).length / draws.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.05);
  }
});

test('one of several is picked, each now and then, and nothing of nothing', () => {
  const picked = Array.from({ length: 60 }, (_, place) => pick(['a', 'b', 'c'], 1, place));
  expect(new Set(picked)).toEqual(new Set(['a', 'b', 'c']));
  expect(pick([], 1, 2)).toBeUndefined();
});
