import { expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import type { Change, SceneStore } from '../../../src/store/scene-store.ts';
import { newScene, setting } from '../../contract/scene-store.ts';
import { openingStores } from '../../support/opening-stores.ts';
import { onSharedStores } from '../../support/shared-stores.ts';
import { SOON } from '../../support/soon.ts';
import { createWire } from '../../support/wire.ts';

/** What a store hears of others, from when it listens. */
async function heardBy(store: SceneStore): Promise<{ heard: (Change | 'everything')[]; stop: () => void }> {
  const heard: (Change | 'everything')[] = [];
  const stop = store.watch((change) => void heard.push(change));
  // From then on it listens: whatever was written before may have been missed.
  await expect.poll(() => heard, SOON).toEqual(['everything']);
  heard.length = 0;
  return { heard, stop };
}

test('a store that no other process can use tells nothing', async () => {
  const store = await openStore('memory:');
  const heard: unknown[] = [];
  const stop = store.watch((change) => void heard.push(change));
  await store.put('server', 's', {});
  await store.remove('server', 's');
  stop();
  await store.close();
  expect(heard).toEqual([]);
});

onSharedStores('a process that watches', (url) => {
  const open = openingStores(url);

  test('is told what another one wrote and removed, in that order, and no text of it', async () => {
    const [watching, writing] = [await open(), await open()];
    const { heard } = await heardBy(watching);
    const id = newScene();
    await writing.put('server', id, { note: 'SECRET' });
    await writing.put('person', id, { note: 'SECRET' });
    await writing.remove('server', id);
    await expect.poll(() => heard.length, SOON).toBe(3);
    expect(heard).toEqual([
      { kind: 'server', id },
      { kind: 'person', id },
      { kind: 'server', id },
    ]);
  });

  test('is not told of its own writes, of beats, or of what no process keeps in memory', async () => {
    const [watching, writing] = [await open(), await open()];
    const { heard } = await heardBy(watching);
    const scene = newScene();
    await watching.put('server', scene, {});
    await writing.append(scene, setting(1));
    for (const kind of ['delivery', 'message', 'counter', 'audit'] as const)
      await writing.put(kind, scene, {});
    await writing.erase(scene);
    await writing.put('person', scene, {});
    await expect.poll(() => heard.length, SOON).toBeGreaterThan(0);
    expect(heard).toEqual([{ kind: 'person', id: scene }]);
  });

  test('is told no more once it stops', async () => {
    const [watching, writing] = [await open(), await open()];
    const { heard, stop } = await heardBy(watching);
    const still: unknown[] = [];
    watching.watch((change) => void still.push(change));
    stop();
    await writing.put('server', newScene(), {});
    await expect.poll(() => still, SOON).toHaveLength(1);
    expect(heard).toEqual([]);
  });

  test('whose connection was gone is told that it may have missed something, and of what comes after', async () => {
    const wire = await createWire(url);
    const [watching, writing] = [await open(wire.url), await open()];
    const { heard } = await heardBy(watching);

    await wire.cut();
    await writing.put('server', newScene(), {});
    await wire.mend();
    await expect.poll(() => heard, SOON).toEqual(['everything']);
    const id = newScene();
    await writing.put('server', id, {});
    await expect.poll(() => heard, SOON).toEqual(['everything', { kind: 'server', id }]);
    await wire.cut();
  });
});
