import type { Entries, EntryConnection, EntryKind } from '../keyv-store.ts';
import { PAGE } from '../read-pages.ts';
import type { DataKey } from './data-key.ts';
import { createPageOpener, type PageOpener } from './page-opener.ts';
import { openValue, sealValue } from './sealed-value.ts';

/**
 * A connection whose values are all sealed on their way in with the first key, and opened with
 * whichever key sealed them. Keys of entries stay as they are: the store finds and sorts by them.
 * Without a key values are written as they are, and sealed ones are refused with a clear line.
 */
export function sealConnection(connection: EntryConnection, keys: readonly DataKey[]): EntryConnection {
  const opener = createPageOpener(keys);
  return {
    ...connection,
    open: (kind) => sealEntries(connection.open(kind), kind, keys, opener),
    async close() {
      await opener.close();
      await connection.close();
    },
  };
}

function sealEntries(
  entries: Entries,
  kind: EntryKind,
  keys: readonly DataKey[],
  opener: PageOpener,
): Entries {
  const [sealing] = keys;
  const { guarded } = entries;
  const open = (key: string, stored: unknown) => openValue(keys, { kind, key }, stored);
  const seal = (key: string, value: unknown) =>
    sealing === undefined ? value : sealValue(sealing, { kind, key }, value);
  return {
    get: async (key) => open(key, await entries.get(key)),
    async getMany(list) {
      const openPage = list.length === PAGE && entries.texts ? opener.forPage() : undefined;
      const opened = await openPage?.({ kind, keys: list, texts: (await entries.texts?.(list)) ?? [] });
      if (opened) return opened;
      const stored = await entries.getMany(list);
      return list.map((key, i) => open(key, stored[i]));
    },
    set: (key, value) => entries.set(key, seal(key, value)),
    has: (key) => entries.has(key),
    guarded: guarded && {
      set: (key, value, guard) => guarded.set(key, seal(key, value), guard),
      delete: (list, guard) => guarded.delete(list, guard),
    },
    delete: (key) => entries.delete(key),
    deleteMany: (list) => entries.deleteMany(list),
    async *iterator(namespace) {
      yield* entries.iterator?.(namespace) ?? [];
    },
  };
}
