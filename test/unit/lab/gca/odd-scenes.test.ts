import { describe, expect, test } from 'vitest';
import { RULES } from '../../../../src/lab/coser/protocol.ts';
import { playScene, sceneOf, wordsOf } from '../../../support/gca-scene.ts';

const PROTOCOLS = ['coser', 'her', 'fixed'] as const;

/** Whatever names there are: who was just on is not next, everybody says who it is. */
async function play(
  speaking: readonly string[],
  protocol: (typeof PROTOCOLS)[number],
  next: readonly string[] = [],
) {
  const scene = sceneOf({
    speaking_characters_w_env: speaking,
    major_characters: speaking,
    key_characters: speaking.map((name) => ({ name: name || 'x', thought: `Mind of ${name} alone.` })),
    character_profiles: Object.fromEntries(speaking.map((name) => [name, `Profile of ${name}.`])),
  });
  let directed = 0;
  return playScene(
    scene,
    ({ of }) => {
      if (of === 'Environment') return 'Rain falls on the roof.';
      if (of !== 'NSP') return '<role_thinking>A thought.</role_thinking>Here I am, truly.';
      directed += 1;
      return protocol === 'fixed'
        ? JSON.stringify({ reasoning: 'It is so', next_speaker: next[directed - 1] ?? 'random' })
        : `Next Speaker: ${next[directed - 1] ?? 'random'}`;
    },
    { rules: RULES[protocol], maxRounds: 8 },
  );
}

const ODD: readonly (readonly [string, readonly string[]])[] = [
  ['one character', ['Ada']],
  ['five characters', ['Ada', 'Bo', 'Cy', 'Di', 'Ed']],
  ['the same name twice', ['Ada', 'Bo', 'Ada']],
  ['a name of blanks', ['Ada', '   ', 'Bo']],
  ['names in other scripts', ['林黛玉', 'Ёлка', 'Zoë Ünder', 'مريم']],
  ['names with colons', ['Dr. Jekyll: Hyde', 'Ada']],
  ['names within names', ['Ann', 'Anna', 'Ann Lee']],
  ['a character called NSP', ['NSP', 'Ada']],
  ['the world in capitals', ['ENVIRONMENT', 'Ada']],
  ['a Narrator', ['Narrator', 'Ada']],
  ['names with signs of patterns', ['A.*(b', '[Bo]', '$1']],
  ['a name like a tag', ['<think>', 'Ada']],
  ['a name like a prototype’s', ['__proto__', 'constructor']],
];

describe.each(PROTOCOLS)('%s plays', (protocol) => {
  test.each(ODD)('%s', async (_what, speaking) => {
    const { simulation } = await play(speaking, protocol);
    const { turns, choices, end, silent } = simulation;
    expect(end).toBe('rounds');
    expect(turns.length + silent.length).toBe(8);
    const known = [...speaking, 'Environment'];
    for (const { name } of turns) expect(known).toContain(name);
    for (const [at, { name, round }] of turns.entries()) {
      const before = turns[at - 1];
      if (before?.round === round - 1) expect(name).not.toBe(before.name);
    }
    expect(choices.every(({ next }) => next !== undefined && next.trim() !== '')).toBe(true);
  });

  test('the world alone: it speaks, and nobody is left to answer', async () => {
    const { simulation } = await play(['Environment'], protocol);
    expect(simulation.turns.map(({ name }) => name)).toEqual(['Environment']);
    expect(simulation.end).toBe('nobody');
  });

  test('blank names alone are told of clearly', async () => {
    await expect(play([' ', '\t'], protocol)).rejects.toThrow('its names are blank');
  });

  test('who speaks in the given turns has a part', async () => {
    const scene = sceneOf({
      speaking_characters_w_env: ['Ada'],
      dialogues: [
        { character: 'Stranger', message: '[A secret of mine.] (knocks) Is anyone in?' },
        { character: 'Environment', message: 'The door creaks.' },
        { character: 'Stranger', message: 'Hello?' },
      ],
    });
    const { simulation, asked } = await playScene(
      scene,
      ({ of }) => (of === 'NSP' ? '{"reasoning":"","next_speaker":"Ada"}' : 'Come in, come in.'),
      { rules: RULES[protocol], continueFrom: 3, maxRounds: 4 },
    );
    expect(simulation.turns.map(({ name }) => name)).toEqual([
      ...['Stranger', 'Environment', 'Stranger'],
      simulation.choices[2]?.next,
    ]);
    expect(simulation.turns[0]?.segments.map(({ kind }) => kind)).toEqual(['thought', 'action', 'speech']);
    for (const one of asked) {
      expect(wordsOf(one).includes('A secret of mine')).toBe(one.of === 'Stranger');
    }
  });
});

test('Anna is Anna by the fixed protocol; HER’s reads the first name that fits', async () => {
  const names = ['Bo', 'Ann', 'Anna'];
  const fixed = await play(names, 'fixed', ['Anna']);
  expect(fixed.simulation.choices[0]).toMatchObject({ predicted: 'Anna', next: 'Anna', reason: 'It is so' });
  const her = await play(names, 'her', ['Anna']);
  expect(her.simulation.choices[0]).toMatchObject({ predicted: 'Ann', next: 'Ann' });
});
