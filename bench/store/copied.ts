import { DatabaseSync } from 'node:sqlite';
import { createClient } from '@keyv/redis';
import { Client } from 'pg';

/** The first beats of a log. */
export type Part = { readonly log: string; readonly length: number };

type Entry = { readonly key: string; readonly value: string };

/** Copies beats from a SQLite store into Redis, entry by entry as they are: all stores keep them alike. */
export async function copyToRedis(file: string, part: Part, url: string): Promise<void> {
  const client = createClient({ url });
  await client.connect();
  for (const page of pagesOf(file, part)) {
    await Promise.all(page.map(({ key, value }) => client.set(`dramatis/beat::${key}`, value)));
  }
  await client.close();
}

/** The same into PostgreSQL, whose store was opened before and has made its table. */
export async function copyToPostgres(file: string, part: Part, url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const page of pagesOf(file, part)) {
    await client.query('INSERT INTO dramatis_beat SELECT * FROM unnest($1::text[], $2::text[])', [
      page.map(({ key }) => key),
      page.map(({ value }) => value),
    ]);
  }
  await client.query('VACUUM ANALYZE dramatis_beat');
  await client.end();
}

/** Beats in a SQLite store, by the keys of one log. */
export function countBeats(file: string, log: string): number {
  using database = new DatabaseSync(file, { readOnly: true });
  const row = database.prepare(`SELECT count(*) AS beats FROM beat WHERE ${OF_LOG}`).get(...rangeOf(log));
  return Number(row?.['beats']);
}

const PAGE = 1000;
const OF_LOG = 'key > ? AND key < ?';

/** Keys are `<log>/<n>`, and `0` follows `/`. */
function rangeOf(log: string): [from: string, to: string] {
  return [`${log}/`, `${log}0`];
}

function* pagesOf(file: string, { log, length }: Part): Generator<Entry[]> {
  using database = new DatabaseSync(file, { readOnly: true });
  const select = database.prepare(`SELECT key, value FROM beat WHERE ${OF_LOG} ORDER BY key LIMIT ${PAGE}`);
  let [after, to] = rangeOf(log);
  for (let left = length; left > 0; left -= PAGE) {
    const page = select.all(after, to).map(({ key, value }) => ({ key: String(key), value: String(value) }));
    yield page.slice(0, left);
    after = page.at(-1)?.key ?? to;
  }
}
