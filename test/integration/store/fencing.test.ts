import { describe, expect, test } from 'vitest';
import { StaleWriteError } from '../../../src/store/guarded-writes.ts';
import type { Fence } from '../../../src/store/leases.ts';
import type { DocumentKind, SceneStore } from '../../../src/store/scene-store.ts';
import { newLease, taken, takeWhenFree } from '../../contract/leases.ts';
import { all, line, newScene, range, setting } from '../../contract/scene-store.ts';
import { openingStores } from '../../support/opening-stores.ts';
import { onSharedStores } from '../../support/shared-stores.ts';
import { SOON } from '../../support/soon.ts';

const KINDS: readonly DocumentKind[] = ['scene', 'delivery', 'server', 'counter'];

/** Every kind of write, by what it does to the scene that `begin` made. */
const WRITES: Record<string, (store: SceneStore, scene: string) => Promise<void>> = {
  append: (store, scene) => store.append(scene, line(3, 'too late')),
  rewrite: (store, scene) => store.rewrite(scene, line(2, 'too late')),
  erase: (store, scene) => store.erase(scene),
  ...Object.fromEntries(
    KINDS.flatMap((kind) => [
      [`put ${kind}`, (store: SceneStore, id: string) => store.put(kind, id, { too: 'late' })],
      [`put a new ${kind}`, (store: SceneStore, id: string) => store.put(kind, `${id}/2`, { too: 'late' })],
      [`remove ${kind}`, (store: SceneStore, id: string) => store.remove(kind, id)],
    ]),
  ),
};

async function begin(store: SceneStore, scene: string): Promise<void> {
  await store.append(scene, setting(1));
  await store.append(scene, line(2, 'in time'));
  for (const kind of KINDS) await store.put(kind, scene, { in: 'time' });
}

/** All that is stored of a scene. */
async function storedOf(store: SceneStore, scene: string): Promise<unknown> {
  const documents = KINDS.flatMap((kind) => [store.get(kind, scene), store.get(kind, `${scene}/2`)]);
  return { beats: await all(store.read(scene)), documents: await Promise.all(documents) };
}

/** How a lease goes from whoever holds it to another. */
const HANDOVERS: Record<string, (store: SceneStore, fence: Fence) => Promise<Fence | undefined>> = {
  'another took it': (store, { lease }) => takeWhenFree(store, lease, 'new'),
  'it was given back': async (store, fence) => {
    await store.leases.release(fence);
    return undefined;
  },
  'it was given back and taken again': async (store, fence) => {
    await store.leases.release(fence);
    return taken(store, fence.lease, 'new');
  },
};

onSharedStores('a lease', (url) => {
  const open = openingStores(url);

  describe.each(Object.entries(HANDOVERS))('lost, since %s', (_, handOver) => {
    test.each(Object.entries(WRITES))('refuses %s, which changes nothing', async (_name, write) => {
      const [old, other] = [await open(), await open()];
      const [scene, lease] = [newScene(), newLease()];
      // Over almost at once: the store refuses for the token's sake alone, so that what is written meanwhile is in time.
      const fence = await taken(old, lease, 'old', 1);
      const owner = old.under(fence);
      await begin(owner, scene);
      const before = await storedOf(other, scene);

      await handOver(other, fence);
      await expect(write(owner, scene)).rejects.toThrow(StaleWriteError);
      expect(await storedOf(other, scene)).toEqual(before);
    });
  });

  test('lets whoever took it write all that the one before may not', async () => {
    const [old, other] = [await open(), await open()];
    const lease = newLease();
    const before = old.under(await taken(old, lease, 'old', 1));
    const scenes = Object.fromEntries(Object.keys(WRITES).map((name) => [name, newScene()]));
    for (const scene of Object.values(scenes)) await begin(before, scene);
    const now = other.under(await takeWhenFree(other, lease, 'new'));

    for (const [name, write] of Object.entries(WRITES)) {
      const scene = scenes[name] ?? '';
      const [refused, done] = await Promise.allSettled([write(before, scene), write(now, scene)]);
      expect([name, refused.status, done.status]).toEqual([name, 'rejected', 'fulfilled']);
    }
    expect(await all(now.read(scenes['append'] ?? ''))).toHaveLength(3);
    expect(await all(now.read(scenes['erase'] ?? ''))).toEqual([]);
  });

  test('taken again after another had it: what was remembered of logs is looked for anew', async () => {
    const [store, other] = [await open(), await open()];
    const [scene, lease] = [newScene(), newLease()];
    const first = await taken(store, lease, 'a', 1);
    await store.under(first).append(scene, setting(1));
    const theirs = await takeWhenFree(other, lease, 'b');
    for (const n of range(2, 5)) await other.under(theirs).append(scene, setting(n));
    await other.leases.release(theirs);

    const again = store.under(await taken(store, lease, 'a'));
    expect(await all(again.read(scene))).toHaveLength(5);
    await again.append(scene, setting(6));
  });

  test('is still good once its time is over, as long as nobody took it', async () => {
    const store = await open();
    const [scene, lease] = [newScene(), newLease()];
    const owner = store.under(await taken(store, lease, 'a', 1));
    await expect
      .poll(async () => (await store.leases.held()).map((held) => held.lease), SOON)
      .not.toContain(lease);
    await owner.append(scene, setting(1));
    expect(await all(store.read(scene))).toEqual([setting(1)]);
  });

  test('that nobody ever took lets nobody write', async () => {
    const store = await open();
    const scene = newScene();
    const owner = store.under({ lease: newLease(), token: 1 });
    await expect(owner.append(scene, setting(1))).rejects.toThrow(StaleWriteError);
    await expect(owner.put('scene', scene, {})).rejects.toThrow(StaleWriteError);
    expect(await store.get('scene', scene)).toBeUndefined();
  });

  test('lets nobody write under the token of another lease', async () => {
    const store = await open();
    const [mine, other] = [await taken(store, newLease()), await taken(store, newLease())];
    const owner = store.under({ lease: mine.lease, token: mine.token + other.token + 1 });
    await expect(owner.put('scene', newScene(), {})).rejects.toThrow(StaleWriteError);
  });

  test('lost while many writes are on their way: those before the taking are done, all others are not', async () => {
    const [old, other] = [await open(), await open()];
    const [scene, lease] = [newScene(), newLease()];
    const owner = old.under(await taken(old, lease, 'old', 1));
    const keys = range(1, 300).map((n) => `${scene}/${n}`);
    const writing = Promise.allSettled(keys.map((key) => owner.put('delivery', key, { by: 'old' })));
    await takeWhenFree(other, lease, 'new');
    const stored = await Promise.all(keys.map((key) => other.get('delivery', key)));
    // What was told to be done was there when the other had the lease; nothing comes after.
    const done = (await writing).map(({ status }) => status === 'fulfilled');
    expect(done).toEqual(stored.map((value) => value !== undefined));
  });
});
