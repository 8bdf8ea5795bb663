import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../errors.ts';

/** Where in a journal a call is written, in bytes. */
export type Place = { readonly from: number; readonly length: number };

/** Where all calls of a journal stand. */
export type Places = {
  readonly size: number;
  /** Of the journal: up to here its lines are known. Bytes. */
  readonly end: number;
  has(key: string): boolean;
  get(key: string): Place | undefined;
  /**
   * Adds those that are new, and says up to where the journal is known now.
   * @throws OperatorError where it cannot: it is of no use from then on
   */
  add(places: Iterable<readonly [key: string, place: Place]>, end: number): void;
  /** Forgets all. */
  clear(): void;
  close(): void;
};

/** In memory: some hundred bytes a call. */
export function memoryPlaces(): Places {
  const places = new Map<string, Place>();
  let end = 0;
  return {
    get size() {
      return places.size;
    },
    get end() {
      return end;
    },
    has: (key) => places.has(key),
    get: (key) => places.get(key),
    add(added, now) {
      for (const [key, place] of added) if (!places.has(key)) places.set(key, place);
      end = now;
    },
    clear() {
      places.clear();
      end = 0;
    },
    close() {},
  };
}

/**
 * In a file beside the journal, for runs of millions of calls: memory does not grow with them. It can be made
 * anew from the journal at any time, so nothing waits for the disk.
 *
 * @throws OperatorError where it cannot be written
 */
export function diskPlaces(path: string): Places {
  let db: DatabaseSync;
  try {
    db = new DatabaseSync(path);
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;
      CREATE TABLE IF NOT EXISTS places (key TEXT PRIMARY KEY, at INTEGER NOT NULL, length INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS known (one INTEGER PRIMARY KEY CHECK (one = 1), end INTEGER NOT NULL, size INTEGER NOT NULL);
      INSERT OR IGNORE INTO known VALUES (1, 0, 0)`);
  } catch (error) {
    throw new OperatorError(
      `${path} cannot be used: see whether the disk is full; else delete it, it is made anew.`,
      error,
    );
  }
  const select = db.prepare('SELECT at, length FROM places WHERE key = ?');
  const insert = db.prepare('INSERT OR IGNORE INTO places VALUES (?, ?, ?)');
  const note = db.prepare('UPDATE known SET end = ?, size = ?');
  const known = db.prepare('SELECT end, size FROM known').get();
  let [end, size] = [Number(known?.['end'] ?? 0), Number(known?.['size'] ?? 0)];

  function get(key: string): Place | undefined {
    const row = select.get(key);
    return row && { from: Number(row['at']), length: Number(row['length']) };
  }

  return {
    get size() {
      return size;
    },
    get end() {
      return end;
    },
    has: (key) => get(key) !== undefined,
    get,
    add(added, now) {
      try {
        db.exec('BEGIN');
        for (const [key, { from, length }] of added) size += Number(insert.run(key, from, length).changes);
        end = now;
        note.run(end, size);
        db.exec('COMMIT');
      } catch (error) {
        // What it does not know it learns from the journal, another time.
        throw new OperatorError(
          `${path} cannot be written any more: see whether the disk is full; what was answered is kept.`,
          error,
        );
      }
    },
    clear() {
      db.exec('DELETE FROM places');
      [end, size] = [0, 0];
      note.run(0, 0);
    },
    close: () => db.close(),
  };
}
