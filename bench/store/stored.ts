import { openEntries } from '../../src/store/keyv-entries.ts';
import { createSceneStore } from '../../src/store/keyv-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { SceneStore } from '../../src/store/scene-store.ts';
import { createSqliteAdapter } from '../../src/store/sqlite-adapter.ts';
import { createSqliteCounters } from '../../src/store/sqlite-counters.ts';
import { openSqliteFile } from '../../src/store/sqlite-file.ts';

/** Sealed with a DATA_KEY, as the SQLite store always is, or plain. */
export type Sealing = 'plain' | 'sealed';

const DATA_KEY = Buffer.alloc(32, 7);

/** Opens the store behind a URL as the bot does; plain also where the bot would never leave it so. */
export async function openAs(url: string, sealing: Sealing): Promise<SceneStore> {
  if (sealing === 'sealed') return openStore(url, [DATA_KEY]);
  if (!url.startsWith('sqlite://')) return openStore(url);
  const { database, close } = openSqliteFile(url.slice('sqlite://'.length));
  return createSceneStore({
    open: (kind) => openEntries(createSqliteAdapter(database, kind)),
    counters: createSqliteCounters(database),
    close: async () => close(),
  });
}

/** Does something with a store, opened as `openAs` does, and closes it. */
export async function inStore<T>(
  url: string,
  sealing: Sealing,
  work: (store: SceneStore) => Promise<T>,
): Promise<T> {
  const store = await openAs(url, sealing);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
