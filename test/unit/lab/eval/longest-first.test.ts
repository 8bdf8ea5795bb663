import { expect, test } from 'vitest';
import { readScenes } from '../../../../src/lab/coser/read-scenes.ts';
import { longestFirst } from '../../../../src/lab/eval/longest-first.ts';
import { sceneSeed } from '../../../../src/lab/eval/scene-seed.ts';
import { evalScenes } from '../../../integration/lab/eval-scenes.ts';

test('who has most to say in the reference conversation begins', () => {
  const { scenes } = readScenes(JSON.stringify(evalScenes(5)));
  const lengths = longestFirst(scenes).map(({ dialogues }) => dialogues.length);
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
  expect(new Set(longestFirst(scenes))).toEqual(new Set(scenes));
});

test('a scene has its own chance, whichever others are played', () => {
  const seeds = [sceneSeed(0, 'a'), sceneSeed(0, 'b'), sceneSeed(1, 'a')];
  expect(new Set(seeds).size).toBe(3);
  expect(sceneSeed(0, 'a')).toBe(seeds[0]);
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
});
