import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../errors.ts';
import { connectStore, isMemory, sqlitePath } from '../connect-store.ts';
import { openEntries } from '../keyv-entries.ts';
import type { EntryConnection } from '../keyv-store.ts';
import { ENTRY_KINDS } from '../sealed/entry-kinds.ts';
import { sealedBy } from '../sealed/sealed-value.ts';
import { noteKeys } from '../sealed/store-keys.ts';
import { createSqliteAdapter } from '../sqlite-adapter.ts';
import { backUpDatabase } from '../sqlite-file.ts';
import {
  noteRestoring,
  readStoreVersion,
  STORE_VERSION,
  writeStoreVersion,
} from '../versions/store-version.ts';
import { type BackupFacts, checkBackup, readBackup, writeBackup } from './backup-file.ts';
import { entriesOfStore } from './entries-of-store.ts';

/** Entries written at once. */
const BATCH = 256;

/**
 * Writes all that a store holds into one file, also while it is in use. Values stay sealed as they are.
 * Budgets' counts are not in it.
 *
 * @throws OperatorError where the store cannot be used or the file cannot be written
 */
export async function saveStore(url: string, file: string, signal?: AbortSignal): Promise<BackupFacts> {
  await using source = await readableStore(url, file);
  const { connection } = source;
  const version = await readStoreVersion(connection);
  return await writeBackup(file, version, entriesOfStore(connection), sealedBy, signal);
}

/**
 * Puts a backup into a store of any kind, which must be empty, or is emptied (`replace`). The whole file is
 * checked before anything is written; a store in which it was broken off is opened by nobody.
 *
 * @throws OperatorError where the file is not sound, or the store is in use, not empty or cannot be used
 */
export async function restoreStore(
  url: string,
  file: string,
  { replace = false, signal }: { replace?: boolean; signal?: AbortSignal } = {},
): Promise<BackupFacts> {
  if (isMemory(url)) throw new OperatorError('memory: keeps nothing: name another store.');
  const facts = await checkBackup(file);
  if (facts.version > STORE_VERSION) {
    throw new OperatorError(`A newer Dramatis wrote ${file}: restore it with that one.`);
  }
  const connection = await connectStore(url);
  try {
    const held = (await connection.leases?.held()) ?? [];
    if (held.length > 0)
      throw new OperatorError('The store is in use by a Dramatis that is running: stop that first.');
    if (!replace && (await holdsAnything(connection))) {
      throw new OperatorError(
        'The store is not empty: name an empty one, or say --replace to remove all it holds.',
      );
    }
    await noteRestoring(connection, true);
    await empty(connection, signal);
    await putAll(connection, file, signal);
    await noteKeys(connection, facts.keys);
    await writeStoreVersion(connection, facts.version);
    await noteRestoring(connection, false);
    return facts;
  } finally {
    await connection.close();
  }
}

/** A SQLite store may be in use by the bot: what is read is a copy of this moment. */
async function readableStore(
  url: string,
  file: string,
): Promise<{ connection: EntryConnection } & AsyncDisposable> {
  if (isMemory(url)) throw new OperatorError('memory: keeps nothing to back up: set STORE_URL.');
  const path = sqlitePath(url);
  if (path === undefined) {
    const connection = await connectStore(url);
    return { connection, [Symbol.asyncDispose]: () => connection.close() };
  }
  const copy = `${file}.moment`;
  rmSync(copy, { force: true });
  backUpDatabase(path, copy);
  const database = new DatabaseSync(copy);
  return {
    connection: { open: (kind) => openEntries(createSqliteAdapter(database, kind)), close: async () => {} },
    async [Symbol.asyncDispose]() {
      database.close();
      rmSync(copy, { force: true });
    },
  };
}

async function holdsAnything(connection: EntryConnection): Promise<boolean> {
  for (const kind of ENTRY_KINDS) {
    for await (const _ of connection.open(kind).iterator?.(undefined) ?? []) return true;
  }
  return false;
}

async function empty(connection: EntryConnection, signal?: AbortSignal): Promise<void> {
  for (const kind of ENTRY_KINDS) {
    const entries = connection.open(kind);
    const keys: string[] = [];
    for await (const [key] of entries.iterator?.(undefined) ?? []) keys.push(key);
    while (keys.length > 0) {
      signal?.throwIfAborted();
      await entries.deleteMany(keys.splice(-BATCH));
    }
  }
}

async function putAll(connection: EntryConnection, file: string, signal?: AbortSignal): Promise<void> {
  const writes: Promise<unknown>[] = [];
  for await (const { kind, key, value } of readBackup(file)) {
    const entries = connection.open(kind);
    // A removal comes after what it removes, which must be there by then.
    if (value === undefined) await Promise.all(writes.splice(0));
    writes.push(value === undefined ? entries.delete(key) : entries.set(key, value));
    if (writes.length < BATCH) continue;
    signal?.throwIfAborted();
    await Promise.all(writes.splice(0));
  }
  await Promise.all(writes);
}
