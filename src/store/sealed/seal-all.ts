import { UNREADABLE } from '../keyv-entries.ts';
import type { Entries, EntryConnection, EntryKind } from '../keyv-store.ts';
import { StoreError } from '../scene-store.ts';
import type { DataKey } from './data-key.ts';
import { ENTRY_KINDS } from './entry-kinds.ts';
import { isSealedWith, openValue, sealValue } from './sealed-value.ts';

const BATCH = 256;

export type SealReport = {
  /** Entries that were written again. */
  readonly sealed: number;
  /** Entries that were sealed with the first key already. */
  readonly kept: number;
  /** A line for each entry that cannot be opened; it was left as it is. */
  readonly problems: readonly string[];
};

/**
 * Writes every value that the first key has not sealed again with it: what was never sealed, and
 * what another key sealed. May be broken off and run again. Nobody else may write meanwhile.
 *
 * @param connection as it is, not one that seals
 */
export async function sealAll(
  connection: EntryConnection,
  keys: readonly [DataKey, ...DataKey[]],
  signal?: AbortSignal,
): Promise<SealReport> {
  const total = { sealed: 0, kept: 0, problems: [] as string[] };
  for (const kind of ENTRY_KINDS) {
    const entries = connection.open(kind);
    // All of them first: rows that are written again may change places in a list that is being read.
    const ids = new Set<string>();
    for await (const [id] of entries.iterator?.(undefined) ?? []) ids.add(id);
    const left = [...ids];
    for (let batch = left.splice(0, BATCH); batch.length > 0; batch = left.splice(0, BATCH)) {
      signal?.throwIfAborted();
      const found = await sealBatch(entries, kind, batch, keys);
      total.sealed += found.sealed;
      total.kept += found.kept;
      total.problems.push(...found.problems);
    }
  }
  await connection.purge?.();
  return total;
}

async function sealBatch(
  entries: Entries,
  kind: EntryKind,
  batch: string[],
  keys: readonly [DataKey, ...DataKey[]],
): Promise<SealReport> {
  const [first] = keys;
  const stored = await entries.getMany(batch);
  const problems: string[] = [];
  let [sealed, kept] = [0, 0];
  for (const [i, key] of batch.entries()) {
    const place = { kind, key };
    try {
      const value = openValue(keys, place, stored[i]);
      if (value === UNREADABLE || value === undefined) {
        problems.push(`The stored ${kind} ${key} cannot be read: restore the store from a copy.`);
      } else if (isSealedWith(first, stored[i])) {
        kept += 1;
      } else {
        await entries.set(key, sealValue(first, place, value));
        sealed += 1;
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      problems.push(error.message);
    }
  }
  return { sealed, kept, problems };
}
