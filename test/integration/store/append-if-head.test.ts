import { expect, test } from 'vitest';
import { TakenError } from '../../../src/store/guarded-writes.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { all, line, newScene, range, setting } from '../../contract/scene-store.ts';
import { openingStores } from '../../support/opening-stores.ts';
import { onSharedStores } from '../../support/shared-stores.ts';

onSharedStores('two processes on one log by mistake', (url) => {
  const open = openingStores(url);

  test('a beat that is there is not written over', async () => {
    const [one, other] = [await open(), await open()];
    const scene = newScene();
    await one.append(scene, setting(1));
    expect(await other.length(scene)).toBe(1);
    await one.append(scene, line(2, 'first come'));

    await expect(other.append(scene, line(2, 'too late'))).rejects.toThrow(TakenError);
    expect(await all(one.read(scene))).toEqual([setting(1), line(2, 'first come')]);
  });

  test('no beat is written behind a gap', async () => {
    const [one, other] = [await open(), await open()];
    const scene = newScene();
    for (const n of range(1, 3)) await one.append(scene, setting(n));
    expect(await other.length(scene)).toBe(3);
    await one.erase(scene);

    await expect(other.append(scene, setting(4))).rejects.toThrow(TakenError);
    other.letGo(scene);
    expect(await other.length(scene)).toBe(0);
    await other.append(scene, setting(1));
  });

  test('whoever lets the log go and looks again can go on', async () => {
    const [one, other] = [await open(), await open()];
    const scene = newScene();
    expect(await other.length(scene)).toBe(0);
    for (const n of range(1, 20)) await one.append(scene, setting(n));
    await expect(other.append(scene, line(1, 'too late'))).rejects.toThrow(TakenError);
    other.letGo(scene);
    expect(await other.length(scene)).toBe(20);
    await other.append(scene, line(21, 'in turn'));
    expect(await all(other.read(scene, 20))).toEqual([setting(20), line(21, 'in turn')]);
  });

  test('three writers race for thousands of beats, and one wins each', async () => {
    const writers = await Promise.all(
      ['one', 'two', 'three'].map(async (name) => ({ name, store: await open() })),
    );
    for (const _ of range(1, 10)) await Promise.all(range(1, 40).map(() => race(writers)));

    async function race(racing: readonly { name: string; store: SceneStore }[]): Promise<void> {
      const scene = newScene();
      const won: string[] = [];
      for (const n of range(1, 3)) {
        const outcomes = await Promise.allSettled(
          racing.map(({ name, store }) => store.append(scene, line(n, name))),
        );
        const winners = racing.filter((_, i) => outcomes[i]?.status === 'fulfilled');
        expect(winners).toHaveLength(1);
        won.push(winners[0]?.name ?? '');
        for (const { store } of racing) store.letGo(scene);
      }
      const [reader] = racing;
      const stored = reader ? await all(reader.store.read(scene)) : [];
      expect(stored).toEqual(won.map((name, i) => line(i + 1, name)));
    }
  });
});
