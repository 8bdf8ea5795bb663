import { expect, test } from 'vitest';
import { type PlayedScene, playScene } from '../../../bench/calls/played-scene.ts';
import { benchCast } from '../../../bench/prefix/cast.ts';

const TURNS = 24;
const cast = benchCast();
const names = cast.map(({ name }) => name);

function played(ranking: number, naming: number): Promise<PlayedScene> {
  const script = { seed: 1, naming, names };
  return playScene({ cast, turns: TURNS, ranking, contextSize: 8192, preset: 'conversation', script });
}

function countOf({ asked }: PlayedScene, role: string): number {
  return asked.filter(({ of }) => of === role).length;
}

test('where nobody is called, the baseline asks before every turn, and each turn is one request more', async () => {
  const scene = await played(1, 0);
  expect(countOf(scene, 'director')).toBe(TURNS);
  expect(countOf(scene, 'actor') + countOf(scene, 'Environment')).toBe(TURNS);
  expect(countOf(scene, 'Environment')).toBe(scene.narrations);
});

test('with a ranking there are fewer predictions, and as many turns', async () => {
  const scene = await played(3, 0);
  expect(countOf(scene, 'director')).toBeLessThanOrEqual(TURNS / 2);
  expect(countOf(scene, 'actor') + countOf(scene, 'Environment')).toBe(TURNS);
});

test('whoever is named is named in the lines that were played', async () => {
  const [nobody, everybody] = await Promise.all([played(3, 0), played(3, 1)]);
  const naming = ({ lines }: PlayedScene) =>
    lines.filter((line) => names.some((name) => line.includes(name))).length;
  expect(naming(nobody)).toBe(0);
  expect(naming(everybody)).toBe(everybody.lines.length);
});
