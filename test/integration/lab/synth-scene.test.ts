import { expect, test } from 'vitest';
import { play } from '../../../src/cli/play/play.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { sceneRecordSchema } from '../../../src/engine/scene-record.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';
import { type SynthHouse, synthHouse } from './synth-house.ts';

/** Plays a scene by the house’s own understudies, and keeps it. */
async function playOne(house: SynthHouse): Promise<void> {
  const { io } = captureIo('', { env: { STORE_URL: house.env['STORE_URL'] ?? '' } });
  const args = ['play', '--resume', 'one', '--turns', '14', '--seed', '3', '--json'];
  expect(await runCli(args, [listed('play', play)], io)).toBe(0);
}

/** Says of the kept scene, or leaves unsaid, where it came from. */
async function say(house: SynthHouse, origin: 'discord' | undefined): Promise<void> {
  const store = await openStore(house.env['STORE_URL'] ?? '', []);
  const { origin: _origin, ...kept } = sceneRecordSchema.parse(await store.get('scene', 'terminal:one'));
  await store.put('scene', 'terminal:one', origin ? { ...kept, origin } : kept);
  await store.close();
}

test('a scene that was played in the terminal goes through all steps; a second run asks nothing', async () => {
  const house = await synthHouse();
  await playOne(house);
  const args = ['synth', '--scene', 'terminal:one', '--out', house.path('out')];
  expect((await house.run(args)).code).toBe(0);
  const [record, ...others] = house.lines('out/7-validate.jsonl');
  expect(others).toEqual([]);
  const turns = record?.['turns'] as { character?: string }[];
  expect(turns.length).toBeGreaterThan(3);
  const asked = house.double.prompts.length;
  expect(asked).toBeGreaterThan(0);
  expect((await house.run(args)).code).toBe(0);
  expect((await house.run(['synth', '--out', house.path('out')])).code).toBe(0);
  expect(house.double.prompts).toHaveLength(asked);
});

test.each(['discord', undefined] as const)(
  'one of Discord, or of which nothing is said (%s), is refused before anything is written',
  async (origin) => {
    const house = await synthHouse();
    await playOne(house);
    await say(house, origin);
    const { code, err } = await house.run(['synth', '--scene', 'terminal:one', '--out', house.path('out')]);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('terminal:one: refused, it came through Discord'),
    ]);
    expect(() => house.lines('out/manifest.json')).toThrow('ENOENT');
    expect(house.double.prompts).toEqual([]);
  },
);

test('one that is not there is said', async () => {
  const house = await synthHouse();
  const { code, err } = await house.run(['synth', '--scene', 'terminal:two', '--out', house.path('out')]);
  expect([code, err]).toEqual([2, expect.stringContaining('there is no scene terminal:two in the store')]);
});
