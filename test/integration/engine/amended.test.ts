import { describe, expect, test } from 'vitest';
import { OWNER, playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

const SCENE = 'discord:quay';
const SERVER = 's1';
const JORY = { id: 'p2', name: 'Jory' } as const;

/** A scene in which Jory said something that came from the surface, as message `m-1`. */
async function open() {
  const house = await playHouse({ stage: createRecordingStage('discord', true) });
  const { engine, store } = house;
  const begin = () =>
    engine.start({
      id: SCENE,
      stage: 'discord',
      server: SERVER,
      owner: OWNER,
      cast: ['wenna'],
      preset: 'called-only',
    });
  await begin();
  await engine.join(SCENE, JORY);
  await engine.hear(SCENE, { player: JORY, text: 'The FIRSTWORD under the pier.', source: 'm-1' });
  await engine.idle(SCENE);
  const log = async (key: string) => JSON.stringify(await Array.fromAsync(store.read(key)));
  return { ...house, begin, log };
}

describe('a line that is edited where it was said', () => {
  test('is not heard from who was blocked meanwhile, whoever posted it for them', async () => {
    const { engine, log } = await open();
    await engine.access.block(SERVER, JORY.id, { by: OWNER.id });
    await engine.amend(SCENE, 'm-1', 'The SECONDWORD under the pier.');
    expect(await log(`${SCENE}#1`)).not.toContain('SECONDWORD');
    await engine.close();
  });

  test('is gone where its player has opted out', async () => {
    const { engine, log } = await open();
    await engine.privacy.optOut(JORY.id);
    await engine.amend(SCENE, 'm-1', 'The SECONDWORD under the pier.');
    expect(await log(`${SCENE}#1`)).not.toMatch(/FIRSTWORD|SECONDWORD/u);
    await engine.close();
  });

  test('reads so in the branches that hold it, too', async () => {
    const { engine, log } = await open();
    const n = (await engine.past.beatOf(SCENE, 'm-1')) ?? 0;
    const branch = await engine.past.branch(SCENE, n, { id: 'discord:b', server: SERVER, owner: OWNER });
    expect(await log(branch.log)).toContain('FIRSTWORD');
    await engine.amend(SCENE, 'm-1', 'The SECONDWORD under the pier.');
    for (const key of [`${SCENE}#1`, branch.log]) {
      expect(await log(key)).toContain('SECONDWORD');
      expect(await log(key)).not.toContain('FIRSTWORD');
    }
    await engine.close();
  });

  test('reads so in a scene that was over before another began in its place', async () => {
    const { engine, begin, log } = await open();
    await engine.end(SCENE);
    await begin();
    await engine.amend(SCENE, 'm-1', 'The SECONDWORD under the pier.');
    expect(await log(`${SCENE}#1`)).not.toContain('FIRSTWORD');
    expect(await log(`${SCENE}#1`)).toContain('SECONDWORD');
    await engine.close();
  });
});

test('a branch goes by the rules that were set for its scene', async () => {
  const { engine } = await open();
  await engine.setPeek(SCENE, 'nobody');
  const n = (await engine.past.beatOf(SCENE, 'm-1')) ?? 0;
  await engine.past.branch(SCENE, n, { id: 'discord:b', server: SERVER, owner: OWNER });
  expect((await engine.info('discord:b'))?.peek).toBe('nobody');
  await engine.close();
});
