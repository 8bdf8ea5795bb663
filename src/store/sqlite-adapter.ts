import { EventEmitter } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';

/** Rows per page of the iterator: no statement stays open while the caller works on a page. */
const PAGE = 100;

/** SQLite sorts any blob after every text. */
const AFTER_ALL_KEYS = new Uint8Array();

/**
 * A Keyv 5 storage adapter over Node's own `node:sqlite`; passes `@keyv/test-suite`.
 *
 * Keyv wraps values as `{value, expires}` text and deletes what it finds expired, so reads hand out
 * expired rows too; only `has` and `hasMany`, which Keyv trusts blindly, look at the time.
 *
 * Every method is one synchronous call beneath, so its writes are done, in order, when it resolves.
 * `disconnect` closes the database, for all adapters that share it.
 *
 * @param table a name of ours, not of a user: it becomes part of the SQL text.
 * @param beforeWrite may refuse it by throwing.
 */
export function createSqliteAdapter(
  database: DatabaseSync,
  table = 'keyv',
  beforeWrite: () => void = () => {},
) {
  database.exec(
    `CREATE TABLE IF NOT EXISTS "${table}" (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires INTEGER) STRICT`,
  );
  const selectOne = database.prepare(`SELECT value FROM "${table}" WHERE key = ?`);
  // One statement for all keys: a call into SQLite costs more than the look it takes there.
  const selectMany = database.prepare(
    `SELECT stored.value FROM json_each(?) AS wanted
     LEFT JOIN "${table}" AS stored ON stored.key = wanted.value ORDER BY wanted.rowid`,
  );
  const selectAlive = database.prepare(
    `SELECT 1 FROM "${table}" WHERE key = ? AND (expires IS NULL OR expires > ?)`,
  );
  const selectPage = database.prepare(
    `SELECT key, value FROM "${table}" WHERE key >= ? AND key < ? ORDER BY key LIMIT ${PAGE}`,
  );
  const upsert = database.prepare(
    `INSERT INTO "${table}" (key, value, expires) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
  );
  const deleteOne = database.prepare(`DELETE FROM "${table}" WHERE key = ?`);
  const deleteRange = database.prepare(`DELETE FROM "${table}" WHERE key >= ? AND key < ?`);

  const read = (key: string): string | undefined => {
    const value = selectOne.get(key)?.['value'];
    return typeof value === 'string' ? value : undefined;
  };
  const isAlive = (key: string) => selectAlive.get(key, Date.now()) !== undefined;
  const write = ({ key, value, ttl }: Entry) =>
    upsert.run(key, value, ttl === undefined ? null : Math.ceil(Date.now() + ttl));
  const remove = (key: string) => deleteOne.run(key).changes > 0;

  /** All or nothing, and one commit for many rows. */
  function inTransaction<T>(work: () => T): T {
    beforeWrite();
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  return Object.assign(new EventEmitter(), {
    /** Keyv iterates only over dialects it knows; `sqlite` is one of them. */
    opts: { dialect: 'sqlite' },
    /** Set by Keyv, which also puts it before each key. */
    namespace: undefined as string | undefined,

    async get(key: string): Promise<string | undefined> {
      return read(key);
    },

    async getMany(keys: readonly string[]): Promise<(string | undefined)[]> {
      // A lone surrogate is written to a key as its replacement, and would not be from within JSON.
      const rows = selectMany.all(JSON.stringify(keys.map((key) => key.toWellFormed())));
      return rows.map(({ value }) => (typeof value === 'string' ? value : undefined));
    },

    async set(key: string, value: string, ttl?: number): Promise<void> {
      beforeWrite();
      write({ key, value, ttl });
    },

    async setMany(entries: readonly Entry[]): Promise<void> {
      inTransaction(() => entries.forEach(write));
    },

    async delete(key: string): Promise<boolean> {
      beforeWrite();
      return remove(key);
    },

    /** True where at least one of the keys was there. */
    async deleteMany(keys: readonly string[]): Promise<boolean> {
      return inTransaction(() => keys.map(remove).includes(true));
    },

    async clear(): Promise<void> {
      beforeWrite();
      deleteRange.run(...rangeOf(this.namespace));
    },

    async has(key: string): Promise<boolean> {
      return isAlive(key);
    },

    async hasMany(keys: readonly string[]): Promise<boolean[]> {
      return keys.map(isAlive);
    },

    async *iterator(namespace?: string): AsyncGenerator<[key: string, value: string], void> {
      let [from, to] = rangeOf(namespace);
      for (;;) {
        const page = selectPage.all(from, to);
        for (const row of page) yield [String(row['key']), String(row['value'])];
        const last = page.at(-1)?.['key'];
        if (last === undefined || page.length < PAGE) return;
        from = `${last}\0`; // the next key there can be
      }
    },

    async disconnect(): Promise<void> {
      if (database.isOpen) database.close();
    },
  });
}

type Entry = { readonly key: string; readonly value: string; readonly ttl?: number | undefined };

/** Half-open range of a namespace's keys, which begin with `<namespace>:` (`;` follows `:`). */
function rangeOf(namespace: string | undefined): [from: string, to: string | Uint8Array] {
  return namespace === undefined ? ['', AFTER_ALL_KEYS] : [`${namespace}:`, `${namespace};`];
}
