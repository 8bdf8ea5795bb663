import { describe, expect, test } from 'vitest';
import type { LevelOfPlace } from '../../../../src/engine/settings/settings-api.ts';
import type { Log } from '../../../../src/log.ts';
import { silentLog } from '../../../../src/log.ts';
import { OWNER, playHouse } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';

const PLACE = {
  scene: 'discord:t1',
  stage: 'discord',
  server: 's1',
  parent: 'c1',
  category: 'k1',
} as const;

/** The nearest one last. */
const LEVELS: readonly LevelOfPlace[] = [
  { level: 'server', id: 's1' },
  { level: 'category', id: 'k1' },
  { level: 'channel', id: 'c1' },
  { level: 'scene', id: 'discord:t1#1' },
];

async function scene(options: Parameters<typeof playHouse>[0] = {}) {
  const house = await playHouse({ stage: createRecordingStage('discord'), ...options });
  const { scene: id, ...place } = PLACE;
  await house.engine.start({ ...place, id, owner: OWNER, cast: ['wenna', 'tom'], preset: 'conversation' });
  await house.engine.idle(id);
  return house;
}

describe('settings', () => {
  test('of a nearer level win over those of the next, in what is shown and in what holds', async () => {
    const { engine } = await scene();
    expect((await engine.settings.levels(PLACE)).toReversed()).toEqual(LEVELS);
    for (const [i, level] of LEVELS.entries()) {
      await engine.settings.set(level, 'turnsPerLine', 10 + i);
      expect((await engine.settings.show(PLACE))[0]).toEqual({
        name: 'turnsPerLine',
        value: 10 + i,
        source: level,
      });
      expect((await engine.info(PLACE.scene))?.turnsPerLine).toBe(10 + i);
    }
    for (const level of LEVELS.toReversed()) {
      expect((await engine.settings.show(PLACE))[0]?.source).toEqual(level);
      expect(await engine.settings.reset(level, 'turnsPerLine')).toEqual(['turnsPerLine']);
    }
    expect((await engine.info(PLACE.scene))?.turnsPerLine).toBe(3);
  });

  test('that an engine is given are its defaults, and what people set comes first', async () => {
    const { engine } = await scene({ limits: { turnsPerLine: 7 } });
    expect((await engine.settings.show(PLACE))[0]).toMatchObject({ value: 7, source: 'default' });
    await engine.settings.set({ level: 'server', id: 's1' }, 'turnsPerLine', 4);
    expect((await engine.info(PLACE.scene))?.turnsPerLine).toBe(4);
  });

  test('are there after a restart; a document that is gone or damaged falls through, and is logged', async () => {
    const { engine, store } = await scene();
    for (const [i, level] of LEVELS.entries()) await engine.settings.set(level, 'turnsPerLine', 10 + i);
    await engine.close();
    const warned: unknown[] = [];
    const log: Log = { ...silentLog, warn: (event, facts) => warned.push([event, facts]) };
    const turnsPerLine = async () => {
      const again = await playHouse({ store, stage: createRecordingStage('discord'), log });
      const found = (await again.engine.info(PLACE.scene))?.turnsPerLine;
      await again.engine.close();
      return found;
    };
    expect(await turnsPerLine()).toBe(13);
    await store.remove('server', 'settings/scene/discord:t1#1');
    expect(await turnsPerLine()).toBe(12);
    expect(warned).toEqual([]);
    await store.put('server', 'settings/channel/c1', { turnsPerLine: 1000 });
    expect(await turnsPerLine()).toBe(11);
    await store.put('server', 'settings/category/k1', { turnsPerLife: 1 });
    expect(await turnsPerLine()).toBe(10);
    await store.put('server', 'settings/server/s1', 'what');
    expect(await turnsPerLine()).toBe(3);
    expect(warned.at(-1)).toEqual(['settings-unreadable', { of: 'server', id: 's1' }]);
  });

  test('of two who write at once are both kept', async () => {
    const { engine, store } = await scene();
    const level: LevelOfPlace = { level: 'channel', id: 'c1' };
    await Promise.all([
      engine.settings.set(level, 'turnsPerLine', 5),
      engine.settings.set(level, 'gatherMs', 100),
      engine.settings.set(level, 'interruptions', 0),
      engine.settings.reset(level, 'gatherMs'),
    ]);
    expect(await store.get('server', 'settings/channel/c1')).toEqual({ turnsPerLine: 5, interruptions: 0 });
    await engine.settings.reset(level);
    expect(await store.get('server', 'settings/channel/c1')).toBeUndefined();
  });

  test('out of bounds are refused, and nothing is written', async () => {
    const { engine, store } = await scene();
    const setting = engine.settings.set({ level: 'channel', id: 'c1' }, 'interruptions', 21);
    await expect(setting).rejects.toThrow('interruptions is a whole number from 0 to 20.');
    expect(await store.get('server', 'settings/channel/c1')).toBeUndefined();
  });

  test('that could not be written have not changed', async () => {
    const { engine, store } = await scene();
    const { put } = store;
    store.put = () => Promise.reject(new Error('the disk is full'));
    const setting = engine.settings.set({ level: 'channel', id: 'c1' }, 'turnsPerLine', 9);
    await expect(setting).rejects.toThrow('the disk is full');
    store.put = put;
    expect((await engine.info(PLACE.scene))?.turnsPerLine).toBe(3);
  });

  test('of a scene are not those of the next one in its place', async () => {
    const { engine } = await scene();
    await engine.settings.set({ level: 'scene', id: 'discord:t1#1' }, 'turnsPerLine', 9);
    await engine.end(PLACE.scene);
    expect((await engine.settings.levels(PLACE)).map(({ level }) => level)).not.toContain('scene');
    const { scene: id, ...place } = PLACE;
    await engine.start({ ...place, id, owner: OWNER });
    expect((await engine.info(id))?.turnsPerLine).toBe(3);
  });
});
