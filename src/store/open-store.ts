import { OperatorError } from '../errors.ts';
import { openEntries } from './keyv-entries.ts';
import { createSceneStore, type EntryConnection } from './keyv-store.ts';
import { connectPostgres } from './postgres-connection.ts';
import { connectRedis } from './redis-connection.ts';
import { type SceneStore, StoreError } from './scene-store.ts';
import { type SealReport, sealAll } from './sealed/seal-all.ts';
import { sealConnection } from './sealed/sealed-connection.ts';
import { keysOfStore } from './sealed/store-keys.ts';
import { createSqliteAdapter } from './sqlite-adapter.ts';
import { createSqliteCounters } from './sqlite-counters.ts';
import { backUpDatabase, openSqliteFile, purgeDatabase } from './sqlite-file.ts';

/** What `STORE_URL` may be, for people. */
const STORE_URLS = 'sqlite://<path>, memory:, redis://<host>:<port> or postgres://<user>@<host>/<database>';

/**
 * Opens the store that a `STORE_URL` names. A SQLite path follows `sqlite://`, relative to the
 * working directory or absolute; its folder is made. All values are sealed (docs/storage.md): a
 * SQLite store without a key is given a key file beside it, other stores without one are not sealed.
 *
 * @param dataKeys keys of 32 bytes each; the first one seals, all of them open.
 * @throws OperatorError, in one line without the password, where the URL is none of those, the store
 *   is down, another process has the same SQLite file open, or its key is gone.
 */
export async function openStore(url: string, dataKeys: readonly Uint8Array[] = []): Promise<SceneStore> {
  const connection = await connect(url);
  try {
    const keys = await keysOfStore(url, dataKeys, connection);
    const keepsSecrets = keys.length > 0 || isMemory(url);
    return createSceneStore({ ...sealConnection(connection, keys), keepsSecrets });
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
  const connection = await connect(url);
  try {
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
      'Only a SQLite store is backed up so: Redis and PostgreSQL have their own backups.',
    );
  }
  backUpDatabase(path, file);
}

function sqlitePath(url: string): string | undefined {
  return /^sqlite:\/\/(.+)$/s.exec(url)?.[1];
}

async function connect(url: string): Promise<EntryConnection> {
  if (isMemory(url)) return openMemory();
  const path = sqlitePath(url);
  if (path !== undefined) return openSqlite(path);
  if (/^rediss?:\/\//.test(url)) return overNetwork(url, connectRedis);
  if (/^postgres(ql)?:\/\//.test(url)) return overNetwork(url, connectPostgres);
  throw new OperatorError(`STORE_URL must be ${STORE_URLS}.`);
}

function isMemory(url: string): boolean {
  return /^memory:(\/\/)?$/.test(url);
}

function openMemory(): EntryConnection {
  return { open: () => openEntries(new Map()), close: async () => {} };
}

function openSqlite(path: string): EntryConnection {
  const { database, close } = openSqliteFile(path);
  return {
    open: (kind) => openEntries(createSqliteAdapter(database, kind)),
    counters: createSqliteCounters(database),
    purge: async (quickly) => purgeDatabase(database, quickly),
    close: async () => close(),
  };
}

async function overNetwork(
  url: string,
  connectTo: (url: string) => Promise<EntryConnection>,
): Promise<EntryConnection> {
  const place = withoutSecrets(url);
  try {
    return await connectTo(url);
  } catch (error) {
    // Not kept as the cause: the drivers' errors may hold the connection's settings.
    throw new OperatorError(
      `The store ${place} cannot be used (${reasonOf(error)}): start it, or correct STORE_URL.`,
    );
  }
}

function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) {
    throw new OperatorError(
      'STORE_URL cannot be read: in its password, write characters such as @ / : # as %40 %2F %3A %23.',
    );
  }
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** Node reports several addresses tried at once as one error without a message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  if (!(error instanceof Error)) return String(error);
  return 'syscall' in error && 'code' in error ? String(error.code) : error.message;
}
