import { existsSync, renameSync, rmSync } from 'node:fs';
import { OperatorError } from '../errors.ts';
import { openEntries } from './keyv-entries.ts';
import type { Entries, EntryConnection, EntryKind } from './keyv-store.ts';
import { connectPostgres } from './postgres/postgres-connection.ts';
import { connectRedis } from './redis/redis-connection.ts';
import { createSqliteAdapter } from './sqlite-adapter.ts';
import { createSqliteCounters } from './sqlite-counters.ts';
import { backUpDatabase, openSqliteFile, purgeDatabase } from './sqlite-file.ts';

/** What `STORE_URL` may be, for people. */
const STORE_URLS = 'sqlite://<path>, memory:, redis://<host>:<port> or postgres://<user>@<host>/<database>';

/** The path of a SQLite store; undefined where it is another. */
export function sqlitePath(url: string): string | undefined {
  return /^sqlite:\/\/(.+)$/s.exec(url)?.[1];
}

/**
 * Connects to what a `STORE_URL` names, as things lie there: values stay sealed.
 * @param beside a SQLite store also where another process uses it (`openSqliteFile`)
 * @throws OperatorError in one line without the password
 */
export async function connectStore(url: string, beside = false): Promise<EntryConnection> {
  const connection = await connect(url, beside);
  const opened = new Map<EntryKind, Entries>();
  return {
    ...connection,
    open(kind) {
      const entries = opened.get(kind) ?? connection.open(kind);
      opened.set(kind, entries);
      return entries;
    },
  };
}

async function connect(url: string, beside: boolean): Promise<EntryConnection> {
  if (isMemory(url)) return openMemory();
  const path = sqlitePath(url);
  if (path !== undefined) return openSqlite(path, beside);
  if (/^rediss?:\/\//.test(url)) return overNetwork(url, connectRedis);
  if (/^postgres(ql)?:\/\//.test(url)) return overNetwork(url, connectPostgres);
  throw new OperatorError(`STORE_URL must be ${STORE_URLS}.`);
}

export function isMemory(url: string): boolean {
  return /^memory:(\/\/)?$/.test(url);
}

function openMemory(): EntryConnection {
  return { open: () => openEntries(new Map()), close: async () => {} };
}

function openSqlite(path: string, beside: boolean): EntryConnection {
  const { database, checkPlace, close } = openSqliteFile(path, beside);
  return {
    open: (kind) => openEntries(createSqliteAdapter(database, kind, checkPlace)),
    counters: createSqliteCounters(database),
    keepCopy(ending) {
      const copy = `${path}.${ending}`;
      if (existsSync(copy)) return;
      // Whole or not at all: one that was killed in the middle must not pass for the way back.
      rmSync(`${copy}.part`, { force: true });
      backUpDatabase(path, `${copy}.part`);
      renameSync(`${copy}.part`, copy);
    },
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

/** A `STORE_URL` without user and password. */
export function withoutSecrets(url: string): string {
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
