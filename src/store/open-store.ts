import { OperatorError } from '../errors.ts';
import { connectStore, isMemory, sqlitePath } from './connect-store.ts';
import { createSceneStore, type EntryConnection } from './keyv-store.ts';
import { type SceneStore, StoreError } from './scene-store.ts';
import { type SealReport, sealAll } from './sealed/seal-all.ts';
import { sealConnection } from './sealed/sealed-connection.ts';
import { checkKeys, keysOfStore } from './sealed/store-keys.ts';
import { backUpDatabase, StoreInUseError } from './sqlite-file.ts';
import { bringUpToDate } from './versions/bring-up-to-date.ts';
import { readStoreVersion } from './versions/store-version.ts';

/**
 * Opens the store that a `STORE_URL` names. A SQLite path follows `sqlite://`, relative to the
 * working directory or absolute; its folder is made. All values are sealed (docs/storage.md): a
 * SQLite store without a key is given a key file beside it, other stores without one are not sealed.
 *
 * @param dataKeys keys of 32 bytes each; the first one seals, all of them open.
 * @throws OperatorError, in one line without the password, where the URL is none of those, the store
 *   is down, another process has the same SQLite file open, its key is not here, or a newer Dramatis wrote it.
 */
export async function openStore(url: string, dataKeys: readonly Uint8Array[] = []): Promise<SceneStore> {
  return open(url, dataKeys, await connectStore(url));
}

/**
 * The same, also where another process has the SQLite file open. No log may be written over it: that process
 * counts its beats in memory. Documents that it looks up anew each time may be (`DocumentKind` `application`).
 *
 * @throws OperatorError as `openStore`
 */
export async function openStoreBeside(
  url: string,
  dataKeys: readonly Uint8Array[] = [],
): Promise<SceneStore> {
  const connection = await connectStore(url).catch((error: unknown) => {
    // Whoever has it open has brought it up to date.
    if (error instanceof StoreInUseError) return connectStore(url, true);
    throw error;
  });
  return open(url, dataKeys, connection);
}

async function open(
  url: string,
  dataKeys: readonly Uint8Array[],
  connection: EntryConnection,
): Promise<SceneStore> {
  try {
    await readStoreVersion(connection);
    const keys = await keysOfStore(url, dataKeys, connection);
    if (!isMemory(url)) await checkKeys(url, keys, connection);
    const keepsSecrets = keys.length > 0 || isMemory(url);
    const sealed = sealConnection(connection, keys);
    if (!isMemory(url)) await bringUpToDate(connection, sealed);
    return createSceneStore({ ...sealed, keepsSecrets });
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/**
 * Seals all that a store holds with its first key: what was written before there was one, and what an
 * older key sealed. Nobody else may write meanwhile; a SQLite store makes sure of that.
 *
 * @throws OperatorError as `openStore`, and where there is no key; StoreError where the store fails.
 */
export async function sealStore(
  url: string,
  dataKeys: readonly Uint8Array[] = [],
  signal?: AbortSignal,
): Promise<SealReport> {
  const connection = await connectStore(url);
  try {
    await readStoreVersion(connection);
    const [first, ...others] = await keysOfStore(url, dataKeys, connection);
    if (first === undefined) throw new OperatorError('There is no key to seal with: set DATA_KEY.');
    return await sealAll(connection, [first, ...others], signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof OperatorError || error instanceof StoreError) throw error;
    throw new StoreError('Could not seal the store: check that it is up and its disk is not full.', error);
  } finally {
    await connection.close();
  }
}

/**
 * Copies a SQLite store into a new file, while it may be in use. Values stay sealed as they are.
 * @throws OperatorError where the store is another, or the file cannot be written
 */
export function backUpStore(url: string, file: string): void {
  const path = sqlitePath(url);
  if (path === undefined) {
    throw new OperatorError(
      'Only a SQLite store is copied as a database (.db): for a backup of any store name another file, say backup.gz.',
    );
  }
  backUpDatabase(path, file);
}
