import { DatabaseSync } from 'node:sqlite';
import { createClient } from '@keyv/redis';
import { Client } from 'pg';
import type { Beat } from '../../src/scene/beat.ts';

/** What one would write by hand through the same driver: a row a beat, its text by `JSON.stringify`. */
export type ByHand = AsyncDisposable & { append(scene: string, beat: Beat): Promise<void> };

/**
 * A prepared `INSERT` into a file with a write-ahead log.
 * @param synchronous NORMAL survives a kill of the process, FULL a power cut as well
 */
export function sqliteByHand(file: string, synchronous: 'NORMAL' | 'FULL' = 'NORMAL'): ByHand {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};
    CREATE TABLE beats (key TEXT PRIMARY KEY, value TEXT NOT NULL)`);
  const insert = database.prepare('INSERT INTO beats VALUES (?, ?)');
  return {
    async append(scene, beat) {
      insert.run(keyOf(scene, beat), JSON.stringify(beat));
    },
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}

/** `SET`, through the client that Keyv uses. */
export async function redisByHand(url: string): Promise<ByHand> {
  const client = createClient({ url });
  await client.connect();
  return {
    async append(scene, beat) {
      await client.set(keyOf(scene, beat), JSON.stringify(beat));
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** `INSERT` on one connection, through the client that Keyv uses. */
export async function postgresByHand(url: string): Promise<ByHand> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE beats (key TEXT PRIMARY KEY, value TEXT NOT NULL)');
  return {
    async append(scene, beat) {
      await client.query('INSERT INTO beats VALUES ($1, $2)', [keyOf(scene, beat), JSON.stringify(beat)]);
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}

function keyOf(scene: string, { n }: Beat): string {
  return `${scene}/${n}`;
}
