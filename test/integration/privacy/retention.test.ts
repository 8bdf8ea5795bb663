import { expect, test } from 'vitest';
import type { ReplyFile } from '../../../src/engine/reply-file.ts';
import { StageError } from '../../../src/engine/stage.ts';
import { isMarkedDiscord } from '../../../src/scene/origin.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { playHouse, untilAborted } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

const DAY = 24 * 3600 * 1000;
const SCENE = 'discord:222222222222222222';
const SERVER = '111111111111111111';

/** A scene in which somebody said something, and a clock that is set by hand. */
async function open() {
  let now = 1_700_000_000_000;
  const handed: { text: string; files: readonly ReplyFile[] }[] = [];
  const surface = { refuse: undefined as StageError['reason'] | undefined };
  const stage = {
    ...createRecordingStage('discord'),
    async handOut(_scene: unknown, text: string, files: readonly ReplyFile[]) {
      if (surface.refuse) throw new StageError(surface.refuse, 'refused by the test');
      handed.push({ text, files });
    },
  };
  const store = await openStore('memory:');
  const house = await playHouse({
    stage,
    store,
    clock: { now: () => now, sleep: (_ms, signal) => untilAborted(signal) },
  });
  const { engine } = house;
  const owner = { id: 'p1', name: 'Mara' };
  await engine.start({
    id: SCENE,
    stage: 'discord',
    server: SERVER,
    owner,
    cast: ['wenna'],
    preset: 'game-master',
  });
  await engine.join(SCENE, owner);
  await engine.hear(SCENE, { player: owner, text: 'Wenna, SAID-BY-MARA.' });
  await engine.idle(SCENE);
  return {
    engine,
    handed,
    surface,
    move: (ms: number) => {
      now += ms;
    },
    sweep: () => engine.privacy.sweep(),
    isThere: async () => (await engine.info(SCENE)) !== undefined,
  };
}

test('a scene is handed out seven days before its time is over, and then deleted', async () => {
  const house = await open();
  house.move(83 * DAY - 1);
  expect(await house.sweep()).toEqual({ warned: 0, erased: 0 });
  house.move(1);
  expect(await house.sweep()).toEqual({ warned: 1, erased: 0 });
  const [warning] = house.handed;
  expect(warning?.text).toContain('In 7 days');
  const file = warning?.files[0];
  expect(file?.name).toMatch(/\.md$/);
  expect(file?.content).toContain('SAID-BY-MARA');
  expect(isMarkedDiscord(String(file?.content ?? ''))).toBe(true);
  house.move(7 * DAY - 1);
  expect(await house.sweep()).toEqual({ warned: 0, erased: 0 });
  house.move(1);
  expect(await house.sweep()).toEqual({ warned: 0, erased: 1 });
  expect(await house.isThere()).toBe(false);
});

test('what happens after the warning keeps it, and it is warned of again', async () => {
  const house = await open();
  house.move(85 * DAY);
  expect(await house.sweep()).toMatchObject({ warned: 1 });
  await house.engine.hear(SCENE, { player: { id: 'p1', name: 'Mara' }, text: 'Wenna, I am back.' });
  house.move(20 * DAY);
  expect(await house.sweep()).toEqual({ warned: 0, erased: 0 });
  house.move(70 * DAY);
  expect(await house.sweep()).toMatchObject({ warned: 1, erased: 0 });
});

test('a clock that ran ahead and is set back deletes nothing early', async () => {
  const house = await open();
  house.move(85 * DAY);
  expect(await house.sweep()).toMatchObject({ warned: 1 });
  house.move(-85 * DAY);
  expect(await house.sweep()).toEqual({ warned: 0, erased: 0 });
  house.move(84 * DAY);
  // The warning was given in times to come: it is given again, and counts from now.
  expect(await house.sweep()).toMatchObject({ warned: 1, erased: 0 });
  house.move(6 * DAY);
  expect(await house.sweep()).toEqual({ warned: 0, erased: 0 });
  house.move(DAY);
  expect(await house.sweep()).toMatchObject({ erased: 1 });
});

test('a scene of times to come counts from then, and a server that was left in them from now', async () => {
  const house = await open();
  await house.engine.privacy.serverLeft(SERVER);
  house.move(-400 * DAY);
  expect(await house.sweep()).toEqual({ warned: 0, erased: 0 });
  house.move(13 * DAY);
  expect(await house.sweep()).toEqual({ warned: 0, erased: 0 });
  house.move(DAY);
  expect(await house.sweep()).toMatchObject({ erased: 1 });
});

test('nothing is deleted that could not be warned of, unless nobody is there any more', async () => {
  const house = await open();
  house.surface.refuse = 'unreachable';
  house.move(200 * DAY);
  expect(await house.sweep()).toEqual({ warned: 0, erased: 0 });
  house.surface.refuse = 'gone';
  expect(await house.sweep()).toMatchObject({ warned: 1 });
  house.move(7 * DAY);
  expect(await house.sweep()).toMatchObject({ erased: 1 });
});

test('a short time is warned of half of it before', async () => {
  const house = await open();
  await house.engine.settings.set({ level: 'server', id: SERVER, server: SERVER }, 'retentionDays', 2);
  expect(await house.sweep()).toEqual({ warned: 0, erased: 0 });
  house.move(DAY);
  expect(await house.sweep()).toMatchObject({ warned: 1 });
  expect(house.handed[0]?.text).toContain('In 1 day');
  house.move(DAY);
  expect(await house.sweep()).toMatchObject({ erased: 1 });
});

test('what somebody plays on their own machine is theirs to keep', async () => {
  let now = 1_700_000_000_000;
  const clock = { now: () => now, sleep: (_ms: number, signal: AbortSignal) => untilAborted(signal) };
  const { engine } = await playHouse({ clock });
  await engine.start({ id: 'web:one', stage: 'web', owner: { id: 'me', name: 'Me' }, cast: ['tom'] });
  now += 400 * DAY;
  expect(await engine.privacy.sweep()).toEqual({ warned: 0, erased: 0 });
  expect(await engine.info('web:one')).toBeDefined();
});
