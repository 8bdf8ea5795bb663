import { randomBytes } from 'node:crypto';
import { createClient } from '@keyv/redis';
import { Client } from 'pg';

/** A part of a server that nothing else uses, until it is dropped. */
export type EmptyStore = { readonly url: string; drop(): Promise<void> };

/** Three for each worker, so that files that run at once do not meet; 9 is another test’s. */
const DATABASES = 8;
const EACH = 3;
let given = 0;

/** Redis: a database of its own by number (1 to 8, emptied first); PostgreSQL: one that is created. */
export async function emptyStore(server: string): Promise<EmptyStore> {
  return server.startsWith('redis') ? emptyRedis(server) : emptyPostgres(server);
}

async function emptyRedis(server: string): Promise<EmptyStore> {
  const url = new URL(server);
  const worker = Number(process.env['VITEST_POOL_ID'] ?? 0);
  url.pathname = `/${1 + ((worker * EACH + (given++ % EACH)) % DATABASES)}`;
  const flush = async () => {
    const client = createClient({ url: url.href });
    client.on('error', () => {});
    await client.connect();
    await client.flushDb();
    client.destroy();
  };
  await flush();
  return { url: url.href, drop: flush };
}

async function emptyPostgres(server: string): Promise<EmptyStore> {
  const name = `dramatis_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
