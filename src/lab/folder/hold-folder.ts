import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../errors.ts';

/** SQLite's own code for "someone else holds the lock". */
const SQLITE_BUSY = 5;

/**
 * Makes the folder and holds it: two runs in one would ask everything twice. An empty database is kept
 * in an open transaction, which the system ends however this process does.
 *
 * @throws OperatorError where another run holds it, or it cannot be made
 */
export function holdFolder(folder: string): Disposable {
  let holder: DatabaseSync;
  try {
    mkdirSync(folder, { recursive: true });
    holder = new DatabaseSync(join(folder, '.lock'));
  } catch (error) {
    throw new OperatorError(`${folder} cannot be written: check --out.`, error);
  }
  try {
    holder.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    holder.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) {
      throw new OperatorError(`${folder} is in use by another run: wait for it, or choose another --out.`);
    }
    throw new OperatorError(`${folder} cannot be written: check --out.`, error);
  }
  return { [Symbol.dispose]: () => holder.close() };
}
