import { expect, test } from 'vitest';
import type { Beat } from '../../../src/scene/beat.ts';
import { StaleWriteError, TakenError } from '../../../src/store/guarded-writes.ts';
import { type SceneStore, StoreError } from '../../../src/store/scene-store.ts';
import { newLease, taken, takeWhenFree } from '../../contract/leases.ts';
import { all, line, newScene, setting } from '../../contract/scene-store.ts';
import { openingStores } from '../../support/opening-stores.ts';
import { onSharedStores } from '../../support/shared-stores.ts';
import { SOON } from '../../support/soon.ts';
import { createWire } from '../../support/wire.ts';

/** Asks again until the connection is there, as the engine does. */
async function appended(store: SceneStore, scene: string, beat: Beat): Promise<void> {
  await expect.poll(() => store.append(scene, beat).then(() => 'stored'), SOON).toBe('stored');
}

onSharedStores('an append of which nobody knows whether it was done', (url) => {
  const open = openingStores(url);

  test('counts as not done: the next beat of that number takes its place', async () => {
    const wire = await createWire(url);
    const store = await open(wire.url);
    const scene = newScene();
    await store.append(scene, setting(1));

    wire.loseAnswers();
    await expect(store.append(scene, line(2, 'no answer'))).rejects.toThrow(StoreError);
    // It was done, as another process can see.
    const other = await open();
    expect(await all(other.read(scene))).toEqual([setting(1), line(2, 'no answer')]);

    await appended(store, scene, line(2, 'in its place'));
    await store.append(scene, line(3, 'and on'));
    other.letGo(scene);
    expect(await all(other.read(scene, 2))).toEqual([line(2, 'in its place'), line(3, 'and on')]);
    await wire.cut();
  });

  test('under a lease too, and not where another took it meanwhile', async () => {
    const wire = await createWire(url);
    const [store, other] = [await open(wire.url), await open()];
    const [scene, lease] = [newScene(), newLease()];
    const fence = await taken(store, lease, 'old', 1);
    const owner = store.under(fence);
    await owner.append(scene, setting(1));

    wire.loseAnswers();
    await expect(owner.append(scene, line(2, 'no answer'))).rejects.toThrow(StoreError);
    const now = other.under(await takeWhenFree(other, lease, 'new'));
    await now.append(scene, line(3, 'and on'));

    await expect
      .poll(() => owner.append(scene, line(2, 'too late')).catch(String), SOON)
      .toContain(StaleWriteError.name);
    expect(await all(now.read(scene))).toEqual([setting(1), line(2, 'no answer'), line(3, 'and on')]);
    await wire.cut();
  });

  test('does not take the place of what another process wrote meanwhile', async () => {
    const wire = await createWire(url);
    const [store, other] = [await open(wire.url), await open()];
    const scene = newScene();
    await store.append(scene, setting(1));
    await wire.cut();
    await expect(store.append(scene, line(2, 'never sent'))).rejects.toThrow(StoreError);
    await other.append(scene, line(2, 'first come'));
    await wire.mend();

    await expect
      .poll(() => store.append(scene, line(2, 'too late')).catch(String), SOON)
      .toContain(TakenError.name);
    expect(await all(other.read(scene))).toEqual([setting(1), line(2, 'first come')]);
    await wire.cut();
  });

  test('does nothing where it arrives after the one that took its place', async () => {
    const wire = await createWire(url);
    const store = await open(wire.url);
    const scene = newScene();
    await store.append(scene, setting(1));

    const deliverFirst = wire.keepBack();
    await expect(store.append(scene, line(2, 'held up'))).rejects.toThrow(StoreError);
    // The second try of that number is held up as well: it would have overwritten the first one.
    await expect.poll(() => store.get('scene', scene), SOON).toBeUndefined();
    const deliverSecond = wire.keepBack();
    await expect(store.append(scene, line(2, 'held up too'))).rejects.toThrow(StoreError);
    await appended(store, scene, line(2, 'in its place'));
    await store.append(scene, line(3, 'and on'));

    await deliverFirst();
    await deliverSecond();
    expect(await all(store.read(scene))).toEqual([setting(1), line(2, 'in its place'), line(3, 'and on')]);
    await wire.cut();
  });
});
