import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine } from '../../../src/engine/engine.ts';
import type { Engine } from '../../../src/engine/engine-api.ts';
import type { Territory } from '../../../src/engine/territory.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { type EmptyStore, emptyStore } from '../../support/empty-store.ts';
import { untilAborted } from '../../support/play-house.ts';
import { createRecordingStage, type RecordingStage } from '../../support/recording-stage.ts';
import { onSharedStores } from '../../support/shared-stores.ts';
import { smallLibrary } from '../../support/small-library.ts';

const MARA = { id: '400000000000000001', name: 'Mara' };
const GROUPS = ['north', 'south'] as const;
type Group = (typeof GROUPS)[number];

type Process = { readonly engine: Engine; readonly stage: RecordingStage; readonly store: SceneStore };

/** A process that serves the servers whose ids begin with its group's name. */
async function startProcess(url: string, group: Group): Promise<Process> {
  const whole = await openStore(url, [Buffer.alloc(32, 7)]);
  const fence = await whole.leases.take(group, group, 60_000);
  if (!fence) throw new Error('somebody holds it');
  const store = whole.under(fence);
  const stage = createRecordingStage('discord', true);
  const territory: Territory = {
    group,
    others: GROUPS.filter((other) => other !== group),
    serves: (server = 'north') => server.startsWith(group),
  };
  const engine = createEngine({
    library: smallLibrary(),
    models: { actor: answeringModel() },
    listedServers: '*',
    limits: { gatherMs: 0 },
    clock: { now: () => 1_700_000_000_000, sleep: (_ms, signal) => untilAborted(signal) },
    store,
    territory,
  });
  engine.attach(stage);
  return { engine, stage, store };
}

onSharedStores('two processes, each with servers of its own', (server) => {
  let empty: EmptyStore;
  let north: Process;
  let south: Process;

  beforeEach(async () => {
    empty = await emptyStore(server);
    north = await startProcess(empty.url, 'north');
    south = await startProcess(empty.url, 'south');
    await play(north, 'north');
    await play(south, 'south');
  });
  afterEach(async () => {
    for (const { engine, store } of [north, south]) {
      await engine.close();
      await store.close();
    }
    await empty.drop();
  });

  async function play({ engine }: Process, group: Group): Promise<void> {
    const id = `discord:${group}`;
    await engine.start({
      id,
      stage: 'discord',
      server: `${group}-1`,
      owner: { id: 'owner', name: 'Owner' },
      cast: ['wenna'],
      preset: 'called-only',
      seed: 1,
    });
    await engine.hear(id, {
      player: MARA,
      text: `Wenna, my secret word in the ${group} is quagga.`,
      source: `s-${group}`,
    });
    await engine.idle(id);
  }

  const logOf = async ({ store }: Process, group: Group) =>
    JSON.stringify(await Array.fromAsync(store.read(`discord:${group}#1`)));
  const idsOf = async ({ engine }: Process) => (await Array.fromAsync(engine.scenes())).map(({ id }) => id);

  test('each knows its own scenes alone, and cannot be made to play another’s', async () => {
    expect(await idsOf(north)).toEqual(['discord:north']);
    expect(await idsOf(south)).toEqual(['discord:south']);
    expect(await north.engine.info('discord:south')).toBeUndefined();
    const heard = await north.engine.hear('discord:south', { player: MARA, text: 'Wenna?' });
    expect(heard).toEqual({ heard: false, because: 'no-scene' });
    await expect(north.engine.end('discord:south')).rejects.toThrow('There is no scene here');
  });

  test('who asks one of them to be erased is erased in the other’s scenes, too', async () => {
    await north.engine.privacy.erase(MARA.id);
    expect(await logOf(north, 'north')).not.toContain('quagga');
    await expect.poll(() => logOf(south, 'south'), { timeout: 10_000 }).not.toContain('quagga');
    await south.engine.privacy.settled();
    expect(await logOf(south, 'south')).not.toContain(MARA.id);
    // Nothing is left to be done, by whichever of them.
    await expect.poll(() => Array.fromAsync(south.store.ids('person')), { timeout: 10_000 }).toEqual([]);
  });

  test('an erasure that nobody heard of is carried out at the next sweep', async () => {
    await south.engine.close();
    await north.engine.privacy.erase(MARA.id);
    expect(await logOf(south, 'south')).toContain('quagga');
    await south.store.close();
    const whole = await openStore(empty.url, [Buffer.alloc(32, 7)]);
    for (const { lease, token } of await whole.leases.held()) {
      if (lease === 'south') await whole.leases.release({ lease, token });
    }
    await whole.close();
    south = await startProcess(empty.url, 'south');
    await south.engine.privacy.sweep();
    expect(await logOf(south, 'south')).not.toContain('quagga');
  });

  test('who opts out with one of them is heard by none, and leaves the other’s scenes', async () => {
    expect(await south.engine.privacy.optedOut(MARA.id)).toBe(false);
    await north.engine.privacy.optOut(MARA.id);
    await expect.poll(() => south.engine.privacy.optedOut(MARA.id), { timeout: 10_000 }).toBe(true);
    const isThere = async () =>
      (await south.engine.info('discord:south'))?.players.some(
        ({ actor, present }) => present && actor.id === `player:${MARA.id}`,
      );
    await expect.poll(isThere, { timeout: 10_000 }).toBeFalsy();
    const heard = await south.engine.hear('discord:south', { player: MARA, text: 'Wenna, are you there?' });
    expect(heard).toEqual({ heard: false, because: 'opted-out' });
  });

  test('a server that its operator halts elsewhere is halted', async () => {
    await north.engine.servers.halt('south-1');
    const status = async () => (await south.engine.info('discord:south'))?.record.status;
    await expect.poll(status, { timeout: 10_000 }).toBe('paused');
  });

  test('a process whose lease another took writes nothing any more', async () => {
    const [lease] = (await north.store.leases.held()).filter((held) => held.lease === 'north');
    if (!lease) throw new Error('nobody holds it');
    await north.store.leases.release(lease);
    const before = await logOf(south, 'north');
    const shown = north.stage.lines().length;
    await expect(
      north.engine.hear('discord:north', {
        player: MARA,
        text: 'Wenna, is anybody there?',
        source: 's-late',
      }),
    ).rejects.toThrow('Another process serves this by now');
    expect(await logOf(south, 'north')).toBe(before);
    expect(north.stage.lines()).toHaveLength(shown);
  });
});
