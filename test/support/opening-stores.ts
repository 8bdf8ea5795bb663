import { afterEach } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import type { SceneStore } from '../../src/store/scene-store.ts';

/** Opens stores that are closed after each test, one for each process that shares them. */
export function openingStores(url: string): (by?: string) => Promise<SceneStore> {
  const opened: SceneStore[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });
  return async (by = url) => {
    const store = await openStore(by);
    opened.push(store);
    return store;
  };
}
