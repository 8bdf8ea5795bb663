import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readScene, readSceneFile } from '../../../src/cast/read-scene.ts';

const SCENE = {
  id: 'quay',
  title: 'The quay',
  setting: 'A quay at dusk.',
  cast: ['ines', 'tom'],
  player: { name: 'A traveller' },
  secrets: { tom: 'He has sold the boat.' },
  opening: [{ narrator: 'Rain.' }, { speaker: 'ines', turn: 'Late.' }],
  chips: [{ label: 'Ask', do: 'say', text: 'Is there a boat?', leads: 'boat' }],
  ways: {
    boat: {
      when: ['boat'],
      steps: [{ speaker: 'tom', turn: 'There was.' }],
      chips: [{ label: 'Tell Ines', do: 'whisper', to: 'ines', text: 'He sold it.', leads: 'end' }],
    },
    end: { ending: true, steps: [{ speaker: 'ines', turn: 'I know.' }] },
  },
};

const known = (id: string) => id === 'ines' || id === 'tom';

/** Reads the scene after a change at a path such as `ways.boat.chips.0.leads`. */
function changed(path: string, value: unknown) {
  const scene: unknown = structuredClone(SCENE);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce((inner, key) => (inner as Record<string, unknown>)[key], scene);
  (holder as Record<string, unknown>)[last] = value;
  return () => readScene(stringify(scene), 'quay.yaml', known);
}

test('a whole scene, with what it leaves out filled in', () => {
  const scene = readScene(stringify(SCENE), 'quay.yaml', known);
  expect(scene).toMatchObject({ id: 'quay', tagline: '', player: { name: 'A traveller', sheet: '' } });
  expect(scene.ways['boat']).toMatchObject({ aside: false, ending: false, title: '' });
  expect(scene.ways['end']?.chips).toEqual([]);
});

test('JSON is read as well', () => {
  expect(readScene(JSON.stringify(SCENE), 'quay.json', known).id).toBe('quay');
});

test.each([
  ['cast.1', 'nobody', 'quay.yaml: field `cast`: there is no character "nobody"'],
  ['opening.1.speaker', 'anna', 'quay.yaml: field `opening[1].speaker`: "anna" is not in the cast'],
  [
    'ways.boat.steps.0.speaker',
    'anna',
    'quay.yaml: field `ways.boat.steps[0].speaker`: "anna" is not in the cast',
  ],
  ['chips.0.leads', 'nowhere', 'quay.yaml: field `chips[0].leads`: there is no way "nowhere"'],
  ['chips.0.leads', 'constructor', 'quay.yaml: field `chips[0].leads`: there is no way "constructor"'],
  ['ways.boat.chips.0.to', 'anna', 'quay.yaml: field `ways.boat.chips[0].to`: "anna" is not in the cast'],
  ['ways.boat.chips.0.to', undefined, 'quay.yaml: field `ways.boat.chips[0].to`: whom is it whispered to?'],
  ['secrets.anna', 'x', 'quay.yaml: field `secrets.anna`: "anna" is not in the cast'],
  ['ways.boat.chips.0.label', '', 'quay.yaml: field `ways.boat.chips[0].label`: '],
  ['ways.boat.step', 1, 'quay.yaml: field `ways.boat`: '],
  ['title', 7, 'quay.yaml: field `title`: '],
])('%s = %j is refused', (path, value, message) => {
  expect(changed(path, value)).toThrow(message);
});

test('broken YAML is told in one line', () => {
  expect(() => readScene('id: [', 'quay.yaml', known)).toThrow(/^quay\.yaml: holds broken YAML: [^\n]+$/);
});

test('a file of its own, and one that is not there', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'dramatis-scene-'));
  try {
    await writeFile(join(dir, 'quay.yaml'), stringify(SCENE));
    expect((await readSceneFile(join(dir, 'quay.yaml'), known)).id).toBe('quay');
    await expect(readSceneFile(join(dir, 'no.yaml'), known)).rejects.toThrow('no.yaml: cannot be read');
  } finally {
    await rm(dir, { recursive: true });
  }
});
