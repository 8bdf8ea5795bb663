import { expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { StoreError } from '../../../src/store/scene-store.ts';
import { all, newScene, setting } from '../../contract/scene-store.ts';
import { onSharedStores } from '../../support/shared-stores.ts';
import { SOON } from '../../support/soon.ts';
import { createWire } from '../../support/wire.ts';

onSharedStores('a store over the network', (url) => {
  test('gone and back: appends fail clearly meanwhile, and nothing is lost', async () => {
    const wire = await createWire(url);
    const scene = newScene();
    const store = await openStore(wire.url);
    await store.append(scene, setting(1));

    await wire.cut();
    await expect(store.append(scene, setting(2))).rejects.toThrow(StoreError);
    await expect(all(store.read(scene))).rejects.toThrow(StoreError);
    await expect(store.leases.take('any', 'a', 1)).rejects.toThrow(StoreError);
    await expect(store.leases.held()).rejects.toThrow(StoreError);

    await wire.mend();
    await expect.poll(() => store.append(scene, setting(2)).then(() => 'stored'), SOON).toBe('stored');
    await store.append(scene, setting(3));
    expect(await all(store.read(scene))).toEqual([setting(1), setting(2), setting(3)]);
    await store.erase(scene);
    await store.close();
    await wire.cut();
  });

  test('is closed although what it asked is never answered', async () => {
    const wire = await createWire(url);
    const store = await openStore(wire.url);
    await store.get('scene', 'any');
    wire.loseAnswers();
    const asked = store.get('scene', 'any').catch(() => 'no answer');
    await store.close();
    expect(await asked).toBe('no answer');
    await wire.cut();
  });

  test.each(['cut', 'freeze'] as const)(
    'is closed while it watches and what it is connected to is gone (%s)',
    async (how) => {
      const wire = await createWire(url);
      const store = await openStore(wire.url);
      const listens = Promise.withResolvers<void>();
      store.watch(() => listens.resolve());
      await listens.promise;
      await wire[how]();
      await store.close();
      if (how === 'freeze') await wire.cut();
    },
  );
});
