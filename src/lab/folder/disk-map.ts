import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../errors.ts';

/** Names and what they stand for, on disk: memory does not grow with them. */
export type DiskMap = Disposable & {
  has(key: string): boolean;
  get(key: string): string | undefined;
  /** @throws OperatorError where it cannot be written any more */
  set(key: string, value: string): void;
  /** As a set has it. @throws OperatorError as `set` */
  add(key: string): void;
};

/**
 * Opens an empty one; whatever stood at the path is gone.
 * @throws OperatorError where it cannot be written
 */
export function openDiskMap(path: string): DiskMap {
  let db: DatabaseSync;
  try {
    db = new DatabaseSync(path);
    // Nobody needs it once the process is over.
    db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA cache_size = -8000; DROP TABLE IF EXISTS entries;
      CREATE TABLE entries (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`);
  } catch (error) {
    throw new OperatorError(`${path} cannot be written: check --out.`, error);
  }
  const select = db.prepare('SELECT value FROM entries WHERE key = ?');
  const replace = db.prepare('INSERT OR REPLACE INTO entries VALUES (?, ?)');
  const get = (key: string): string | undefined => {
    const value = select.get(key)?.['value'];
    return typeof value === 'string' ? value : undefined;
  };
  const set = (key: string, value: string): void => {
    try {
      replace.run(key, value);
    } catch (error) {
      throw new OperatorError(`${path} cannot be written any more: see whether the disk is full.`, error);
    }
  };
  return {
    get,
    has: (key) => get(key) !== undefined,
    set,
    add: (key) => set(key, ''),
    [Symbol.dispose]: () => db.close(),
  };
}
