import { randomUUID } from 'node:crypto';
import { KeyvPostgres } from '@keyv/postgres';
import { Pool } from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { openEntries } from '../keyv-entries.ts';
import type { EntryConnection, EntryKind } from '../keyv-store.ts';
import { createLimiterCounters, LIMITER_OPTIONS } from '../limiter-counters.ts';
import { createPostgresChanges } from './postgres-changes.ts';
import { createLeaseTable, createPostgresLeases } from './postgres-leases.ts';
import { createPostgresWrites } from './postgres-writes.ts';

const CONNECT_TIMEOUT = 5000;
const QUERY_TIMEOUT = 10_000;

/** Characters of a key: ids of scenes are chosen by stages and may be longer than Keyv's default. */
const KEY_SIZE = 512;
const ROWS_PER_PAGE = 500;

/**
 * Connects to PostgreSQL through Keyv's adapter; a kind is a table, `dramatis_<kind>`.
 *
 * The adapter's own pool has no error listener, so a restart of the server would end this process
 * (and print the connection, password included). It is given ours.
 *
 * @throws the driver's error where the server cannot be reached.
 */
export async function connectPostgres(url: string): Promise<EntryConnection> {
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: QUERY_TIMEOUT,
  });
  // An idle connection that broke is replaced at the next query.
  pool.on('error', () => {});
  let limiter: RateLimiterPostgres;
  try {
    await pool.query('SELECT 1');
    await createLeaseTable(pool);
    limiter = await openLimiter(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }

  class PooledKeyvPostgres extends KeyvPostgres {
    override async connect() {
      return async (sql: string, values?: unknown[]) => (await pool.query(sql, values)).rows;
    }
  }

  const process = randomUUID();
  const changes = createPostgresChanges(url, process);
  return {
    open(kind: EntryKind) {
      const adapter = new PooledKeyvPostgres({
        table: `dramatis_${kind}`,
        keySize: KEY_SIZE,
        iterationLimit: ROWS_PER_PAGE,
      });
      return Object.assign(openEntries(adapter), {
        guarded: createPostgresWrites(kind, (sql, values) => adapter.query(sql, values), process),
      });
    },
    leases: createPostgresLeases(pool),
    watch: changes.watch,
    counters: createLimiterCounters(limiter),
    async close() {
      await changes.close();
      await pool.end();
    },
  };
}

/** It makes its table by itself, and counts only from then on. */
function openLimiter(pool: Pool): Promise<RateLimiterPostgres> {
  return new Promise((resolve, reject) => {
    const limiter: RateLimiterPostgres = new RateLimiterPostgres(
      {
        ...LIMITER_OPTIONS,
        storeClient: pool,
        storeType: 'pool',
        tableName: 'dramatis_counters',
        keyPrefix: '',
      },
      (error?: Error) => (error ? reject(error) : setImmediate(() => resolve(limiter))),
    );
  });
}
