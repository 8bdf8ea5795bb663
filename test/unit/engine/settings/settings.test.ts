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

const SERVER: LevelOfPlace = { level: 'server', id: 's1', server: 's1' };

/** The nearest one last. */
const LEVELS: readonly LevelOfPlace[] = [
  { level: 'server', id: 's1', server: 's1' },
  { level: 'category', id: 'k1', server: 's1' },
  { level: 'channel', id: 'c1', server: 's1' },
  { level: 'scene', id: 'discord:t1#1', server: 's1' },
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
      expect((await engine.settings.show(PLACE))[0]).toMatchObject({
        name: 'turnsPerLine',
        value: 10 + i,
        source: level,
      });
      expect((await engine.info(PLACE.scene))?.turnsPerLine).toBe(10 + i);
    }
    expect(
      (await engine.settings.show(PLACE))[0]?.set.map(({ level, value }) => [level.level, value]),
    ).toEqual([
      ['scene', 13],
      ['channel', 12],
      ['category', 11],
      ['server', 10],
    ]);
    for (const level of LEVELS.toReversed()) {
      expect((await engine.settings.show(PLACE))[0]?.source).toEqual(level);
      expect(await engine.settings.reset(level, 'turnsPerLine')).toEqual(['turnsPerLine']);
    }
    expect((await engine.info(PLACE.scene))?.turnsPerLine).toBe(3);
  });

  test('that an engine is given are its defaults, and what people set comes first', async () => {
    const { engine } = await scene({ limits: { turnsPerLine: 7 } });
    expect((await engine.settings.show(PLACE))[0]).toMatchObject({ value: 7, source: 'default' });
    await engine.settings.set({ level: 'server', id: 's1', server: 's1' }, 'turnsPerLine', 4);
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
    const levels = { server: { turnsPerLine: 10 }, 'category/k1': { turnsPerLine: 11 } };
    await store.put('server', 'config/s1', {
      revision: 4,
      levels: { ...levels, 'channel/c1': { turnsPerLine: 1000 } },
    });
    expect(await turnsPerLine()).toBe(11);
    expect(warned.at(-1)).toEqual(['settings-unreadable', { of: 's1 channel/c1' }]);
    await store.put('server', 'config/s1', {
      revision: 4,
      levels: { ...levels, 'category/k1': { turnsPerLife: 1 } },
    });
    expect(await turnsPerLine()).toBe(10);
    await store.put('server', 'config/s1', 'what');
    expect(await turnsPerLine()).toBe(3);
    expect(warned.at(-1)).toEqual(['settings-unreadable', { of: 's1' }]);
  });

  test.each([
    ['one of them', { revision: 1, levels: { server: { playerRoles: 'everyone', turnsPerLine: 4 } } }],
    ['all of them', 'what'],
  ])('where it cannot be read who may play (%s), nobody new may', async (_which, stored) => {
    const { engine, store } = await scene();
    await engine.close();
    await store.put('server', 'config/s1', stored);
    const again = await playHouse({ store, stage: createRecordingStage('discord') });
    const { playerRoles } = await again.engine.settings.rulesOfServer('s1');
    expect(playerRoles.length).toBe(1);
    const { refusal } = await again.engine.access.standing(PLACE, {
      id: 'p9',
      roles: ['111111111111111111'],
    });
    expect(refusal).toBeDefined();
    await again.engine.close();
  });

  test('of two who write at once are both kept', async () => {
    const { engine, store } = await scene();
    const level: LevelOfPlace = { level: 'channel', id: 'c1', server: 's1' };
    await Promise.all([
      engine.settings.set(level, 'turnsPerLine', 5),
      engine.settings.set(level, 'gatherMs', 100),
      engine.settings.set(level, 'interruptions', 0),
      engine.settings.reset(level, 'gatherMs'),
    ]);
    expect(await store.get('server', 'config/s1')).toEqual({
      revision: 4,
      levels: { 'channel/c1': { turnsPerLine: 5, interruptions: 0 } },
    });
    await engine.settings.reset(level);
    expect(await engine.settings.whole('s1')).toEqual({ revision: 5, levels: {} });
  });

  test('of a whole server are put in place at once, or refused where somebody changed them meanwhile', async () => {
    const { engine } = await scene();
    await engine.settings.set(SERVER, 'turnsPerLine', 4);
    const { revision } = await engine.settings.whole('s1');
    await engine.settings.set(SERVER, 'gatherMs', 100);
    const levels = { 'channel/c1': { turnsPerLine: 8 } };
    await expect(engine.settings.replace('s1', levels, revision)).rejects.toThrow('Somebody else changed');
    expect((await engine.settings.whole('s1')).levels).toEqual({
      server: { turnsPerLine: 4, gatherMs: 100 },
    });
    await engine.settings.replace('s1', levels, revision + 1);
    expect(await engine.settings.whole('s1')).toEqual({ revision: revision + 2, levels });
    expect((await engine.info(PLACE.scene))?.turnsPerLine).toBe(8);
  });

  test('of two who put a whole configuration in place at once, one is refused', async () => {
    const { engine } = await scene();
    const results = await Promise.allSettled(
      [5, 6].map((turnsPerLine) => engine.settings.replace('s1', { server: { turnsPerLine } }, 0)),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await engine.settings.whole('s1')).toEqual({
      revision: 1,
      levels: { server: { turnsPerLine: 5 } },
    });
  });

  test('are all set or none', async () => {
    const { engine } = await scene();
    const setting = engine.settings.setAll(SERVER, { turnsPerLine: 5, gatherMs: -1 });
    await expect(setting).rejects.toThrow('gatherMs is');
    expect((await engine.settings.whole('s1')).levels).toEqual({});
  });

  test('are refused at a level where they cannot be set', async () => {
    const { engine } = await scene();
    const setting = engine.settings.set({ level: 'channel', id: 'c1', server: 's1' }, 'logWhispers', false);
    await expect(setting).rejects.toThrow('logWhispers can only be set for: server.');
  });

  test('of one character hold wherever it plays, and for nobody else', async () => {
    const { engine } = await scene();
    await engine.settings.set({ level: 'character', id: 'tom', server: 's1' }, 'peek', 'nobody');
    expect((await engine.settings.rules(PLACE, 'tom')).peek).toBe('nobody');
    expect((await engine.settings.rules(PLACE, 'wenna')).peek).toBe('owner');
  });

  test('out of bounds are refused, and nothing is written', async () => {
    const { engine, store } = await scene();
    const setting = engine.settings.set({ level: 'channel', id: 'c1', server: 's1' }, 'interruptions', 21);
    await expect(setting).rejects.toThrow('interruptions is a whole number from 0 to 20');
    expect(await store.get('server', 'config/s1')).toBeUndefined();
  });

  test('that could not be written have not changed', async () => {
    const { engine, store } = await scene();
    const { put } = store;
    store.put = () => Promise.reject(new Error('the disk is full'));
    const setting = engine.settings.set({ level: 'channel', id: 'c1', server: 's1' }, 'turnsPerLine', 9);
    await expect(setting).rejects.toThrow('the disk is full');
    store.put = put;
    expect((await engine.info(PLACE.scene))?.turnsPerLine).toBe(3);
  });

  test('of a scene are not those of the next one in its place', async () => {
    const { engine } = await scene();
    await engine.settings.set({ level: 'scene', id: 'discord:t1#1', server: 's1' }, 'turnsPerLine', 9);
    await engine.end(PLACE.scene);
    expect((await engine.settings.levels(PLACE)).map(({ level }) => level)).not.toContain('scene');
    const { scene: id, ...place } = PLACE;
    await engine.start({ ...place, id, owner: OWNER });
    expect((await engine.info(id))?.turnsPerLine).toBe(3);
  });
});
