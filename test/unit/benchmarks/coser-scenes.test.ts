import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parseCoser } from '../../../src/format/coser.ts';
import { readScenes } from '../../../src/lab/coser/read-scenes.ts';
import type { CoserScene } from '../../../src/lab/coser/scene.ts';

const FILE = new URL('../../../benchmarks/coser/scenes.json', import.meta.url);
const README = new URL('../../../benchmarks/coser/README.md', import.meta.url);
const text = await readFile(FILE, 'utf8');
const { scenes, faults, remarks } = readScenes(text);

function peopleOf(scene: CoserScene): readonly string[] {
  return scene.speaking_characters_w_env.filter((name) => name !== 'Environment');
}

function wordsOf(words: string): readonly string[] {
  return words.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Every run of so many words. */
function runsOf(words: string, length: number): readonly string[] {
  const all = wordsOf(words);
  return all.slice(length - 1).map((_, at) => all.slice(at, at + length).join(' '));
}

function turnsOf(scene: CoserScene) {
  return scene.dialogues.map(({ character, message }) => ({
    character,
    ...parseCoser(message, {
      speaker: { name: character, aliases: [] },
      others: peopleOf(scene).filter((name) => name !== character),
    }),
  }));
}

describe('the scenes that ship', () => {
  test('are a dozen, in the record of the published set, and nothing is wrong with them', () => {
    expect(faults).toEqual([]);
    expect(scenes).toHaveLength(12);
    expect(remarks.map(({ what }) => what)).toEqual(['no profile of The Woman in the Coat']);
  });

  test('vary as a set should', () => {
    const minor = scenes.filter((scene) =>
      peopleOf(scene).some((name) => !scene.major_characters.includes(name)),
    );
    const otherFirst = scenes.filter(
      ({ dialogues, speaking_characters_w_env: [first] }) =>
        first !== dialogues.find(({ character }) => character !== 'Environment')?.character,
    );
    const alone = scenes.filter(({ speaking_characters_w_env: names }) => !names.includes('Environment'));
    expect(minor.length).toBeGreaterThanOrEqual(1);
    expect(otherFirst.length).toBeGreaterThanOrEqual(1);
    expect(alone.length).toBeGreaterThanOrEqual(1);
  });

  test('are named in the README, each with an id of its own', async () => {
    const readme = await readFile(README, 'utf8');
    for (const { id } of scenes) expect(readme).toContain(`| ${id} `);
  });
});

describe.each(scenes.map((scene) => [scene.id, scene] as const))('%s', (_id, scene) => {
  test('is whole: 2 to 4 people, 9 to 14 messages, profiles, a mind of its own for everyone', () => {
    const people = peopleOf(scene);
    expect(people.length).toBeGreaterThanOrEqual(2);
    expect(people.length).toBeLessThanOrEqual(4);
    expect(scene.dialogues.length).toBeGreaterThanOrEqual(9);
    expect(scene.dialogues.length).toBeLessThanOrEqual(14);
    expect(scene.topic).not.toBe('');
    expect(wordsOf(scene.scenario).length).toBeGreaterThan(50);
    expect(wordsOf(scene.plot.summary).length).toBeGreaterThan(50);
    const named = new Set(scene.dialogues.map(({ character }) => character));
    expect([...named].filter((name) => !scene.speaking_characters_w_env.includes(name))).toEqual([]);
    for (const name of people) {
      expect(named).toContain(name);
      expect(scene.key_characters.find((one) => one.name === name)?.motivation ?? '').not.toBe('');
      expect(people.filter((other) => other !== name && other.includes(name))).toEqual([]);
    }
    for (const name of scene.major_characters) {
      const words = wordsOf(scene.character_profiles[name] ?? '').length;
      expect(words).toBeGreaterThanOrEqual(150);
      expect(words).toBeLessThanOrEqual(265);
    }
  });

  test('is written in CoSER’s form: every message can be played, and the Environment thinks nothing', () => {
    for (const { character, faults: bad, usable, segments } of turnsOf(scene)) {
      expect({ character, usable, bad }).toEqual({ character, usable: true, bad: [] });
      if (character === 'Environment') expect(segments.some(({ kind }) => kind === 'thought')).toBe(false);
    }
    for (const name of scene.major_characters) {
      const own = turnsOf(scene).filter(({ character }) => character === name);
      expect(own.some(({ segments }) => segments.some(({ kind }) => kind === 'thought'))).toBe(true);
    }
  });

  test('repeats no thought aloud, nor what somebody keeps in mind', () => {
    const turns = turnsOf(scene);
    const aloud = turns
      .flatMap(({ segments }) => segments)
      .filter(({ kind }) => kind !== 'thought')
      .map((segment) => wordsOf(segment.text).join(' '))
      .join(' | ');
    const hidden = [
      ...turns.flatMap(({ segments }) => segments).filter(({ kind }) => kind === 'thought'),
      ...scene.key_characters.map(({ motivation = '' }) => ({ text: motivation })),
    ];
    const leaked = hidden.flatMap((one) => runsOf(one.text, 5)).filter((run) => aloud.includes(run));
    expect(leaked).toEqual([]);
  });
});

test('the secret of the olive-wood bed stands in one mind, and in nothing that others are shown', () => {
  const scene = scenes.find(({ book }) => book === 'The Olive-Wood Bed');
  if (!scene) throw new Error('it is gone');
  const mind = scene.key_characters.find(({ name }) => name === 'The Beggar')?.motivation ?? '';
  expect(mind).toContain('I am Odysseus');
  const aloud = turnsOf(scene)
    .flatMap(({ segments }) => segments)
    .filter(({ kind }) => kind !== 'thought');
  expect(aloud.map((segment) => segment.text).join(' ')).not.toContain('Odysseus');
  expect(`${scene.scenario} ${scene.character_profiles['The Beggar']}`).not.toContain('Odysseus');
});
