import { OperatorError } from '../errors.ts';
import { openEntries } from './keyv-entries.ts';
import { createSceneStore, type EntryConnection } from './keyv-store.ts';
import { connectPostgres } from './postgres-connection.ts';
import { connectRedis } from './redis-connection.ts';
import type { SceneStore } from './scene-store.ts';
import { createSqliteAdapter } from './sqlite-adapter.ts';
import { openSqliteFile } from './sqlite-file.ts';

/** What `STORE_URL` may be, for people. */
const STORE_URLS = 'sqlite://<path>, memory:, redis://<host>:<port> or postgres://<user>@<host>/<database>';

/**
 * Opens the store that a `STORE_URL` names. A SQLite path follows `sqlite://`, relative to the
 * working directory or absolute; its folder is made.
 *
 * @throws OperatorError, in one line without the password, where the URL is none of those, the store
 *   is down, or another process has the same SQLite file open.
 */
export async function openStore(url: string): Promise<SceneStore> {
  return createSceneStore(await connect(url));
}

async function connect(url: string): Promise<EntryConnection> {
  if (/^memory:(\/\/)?$/.test(url)) return openMemory();
  const path = /^sqlite:\/\/(.+)$/s.exec(url)?.[1];
  if (path !== undefined) return openSqlite(path);
  if (/^rediss?:\/\//.test(url)) return overNetwork(url, connectRedis);
  if (/^postgres(ql)?:\/\//.test(url)) return overNetwork(url, connectPostgres);
  throw new OperatorError(`STORE_URL must be ${STORE_URLS}.`);
}

function openMemory(): EntryConnection {
  return { open: () => openEntries(new Map()), close: async () => {} };
}

function openSqlite(path: string): EntryConnection {
  const { database, close } = openSqliteFile(path);
  return {
    open: (kind) => openEntries(createSqliteAdapter(database, kind)),
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
