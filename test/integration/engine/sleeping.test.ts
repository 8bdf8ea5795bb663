import { expect, test } from 'vitest';
import type { Clock } from '../../../src/engine/engine-options.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { OWNER, playHouse, untilAborted } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

const SCENES = ['web:a', 'web:b', 'web:c', 'web:d', 'web:e'];

/** Two minutes pass with every look at it: whoever was asked for before is out of use. */
function clockOfLongMinutes(): Clock {
  let now = 1_700_000_000_000;
  return {
    now: () => {
      now += 60_000;
      return now;
    },
    sleep: (_ms, signal) => untilAborted(signal),
  };
}

/** Counts how often each log is read from its beginning. */
function countingReads(store: SceneStore): {
  readonly store: SceneStore;
  readonly reads: Map<string, number>;
} {
  const reads = new Map<string, number>();
  return {
    reads,
    store: {
      ...store,
      read(log, from = 1) {
        if (from === 1) reads.set(log, (reads.get(log) ?? 0) + 1);
        return store.read(log, from);
      },
    },
  };
}

async function playAll(mostAtRest: number) {
  const { store, reads } = countingReads(await openStore('memory:'));
  const house = await playHouse({
    store,
    mostAtRest,
    clock: clockOfLongMinutes(),
    limits: { restAfterMs: 365 * 24 * 3600 * 1000 },
    models: { actor: answeringModel() },
  });
  const { engine } = house;
  for (const id of SCENES) {
    await engine.start({
      id,
      stage: 'web',
      owner: OWNER,
      cast: ['wenna', 'tom'],
      preset: 'called-only',
      seed: 1,
    });
    await engine.idle(id);
  }
  for (const round of [1, 2, 3]) {
    for (const id of SCENES) {
      await engine.hear(id, { player: OWNER, text: `Wenna, is it evening ${round} in ${id} yet?` });
      await engine.idle(id);
    }
  }
  const logs: unknown[] = [];
  for (const id of SCENES) {
    const record = (await engine.info(id))?.record;
    const beats = await Array.fromAsync(store.read(record?.log ?? ''));
    // A turn's id counts those that were begun since the scene was read.
    logs.push(beats.map((beat) => ({ ...beat, at: 0, ...('turn' in beat ? { turn: '' } : {}) })));
  }
  await engine.close();
  return { logs, reads };
}

test('scenes at rest leave memory, are read again when they are asked for, and play on as if they had not', async () => {
  const slept = await playAll(1);
  const awake = await playAll(100);
  expect(slept.logs).toEqual(awake.logs);
  for (const id of SCENES) {
    expect(slept.reads.get(`${id}#1`)).toBeGreaterThan(3);
    expect(awake.reads.get(`${id}#1`) ?? 0).toBeLessThan(2);
  }
});

test('a scene that rested is not read at a start; one that stopped short is', async () => {
  const store = await openStore('memory:');
  const first = await playHouse({ store, models: { actor: answeringModel() } });
  for (const id of ['web:a', 'web:b']) {
    await first.engine.start({
      id,
      stage: 'web',
      owner: OWNER,
      cast: ['wenna'],
      preset: 'called-only',
      seed: 1,
    });
    await first.engine.idle(id);
    await first.engine.hear(id, { player: OWNER, text: 'Wenna, are you there?' });
    await first.engine.idle(id);
  }
  await first.engine.close();
  // What a process recorded and did not answer any more.
  const log = 'web:b#1';
  const beats = await Array.fromAsync(store.read(log));
  const line = beats.findLast((beat) => beat.kind === 'line' && beat.speaker.id === `player:${OWNER.id}`);
  if (line?.kind !== 'line') throw new Error('nothing was heard');
  await store.append(log, { ...line, n: beats.length + 1, turn: 'p99', at: line.at + 1 });

  const counted = countingReads(store);
  const second = await playHouse({
    store: counted.store,
    stage: createRecordingStage(),
    models: { actor: answeringModel() },
  });
  expect(await second.engine.resume('web:a')).toBe(false);
  expect(await second.engine.resume('web:b')).toBe(true);
  await second.engine.idle('web:b');
  expect(counted.reads.get('web:a#1')).toBeUndefined();
  expect((await Array.fromAsync(store.read(log))).at(-1)).toMatchObject({ speaker: { name: 'Old Wenna' } });
  await second.engine.close();
});

test('a scene that is asked for through its room is one scene, also after it slept', async () => {
  const store = await openStore('memory:');
  const { engine } = await playHouse({
    store,
    mostAtRest: 1,
    clock: clockOfLongMinutes(),
    limits: { restAfterMs: 365 * 24 * 3600 * 1000 },
    models: { actor: answeringModel() },
  });
  for (const id of ['web:a', 'web:b']) {
    await engine.start({ id, stage: 'web', owner: OWNER, cast: ['wenna'], preset: 'called-only', seed: 1 });
    await engine.idle(id);
  }
  await engine.ledger.openRoom('web:a', { id: 'web:attic', name: 'attic' });
  const said: string[] = [];
  const say = async (id: string) => {
    const text = `Line ${said.length} in ${id}.`;
    expect(await engine.hear(id, { player: OWNER, text })).toMatchObject({ heard: true });
    said.push(text);
    await engine.idle(id);
  };
  for (let round = 0; round < 3; round += 1) {
    await say('web:attic');
    // Meanwhile the first scene leaves memory.
    for (let times = 0; times < 3; times += 1) await engine.info('web:b');
    await say('web:a');
    await say('web:attic');
  }
  const log = JSON.stringify(await Array.fromAsync(store.read('web:a#1')));
  for (const text of said) expect(log.split(text)).toHaveLength(2);
  await engine.close();
});
