import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../errors.ts';
import { StoreError } from './scene-store.ts';
import { whatToDoOf } from './sqlite-failure.ts';

/** Milliseconds to wait for another program that is writing, a backup for instance. */
const BUSY_TIMEOUT = 2000;

/** SQLite's own code for "someone else holds the lock". */
const SQLITE_BUSY = 5;

/** Another process is the one writer of this file. */
export class StoreInUseError extends OperatorError {
  constructor(file: string) {
    super(
      `The store ${file} is in use by another Dramatis: stop that one, or give this one its own STORE_URL.`,
    );
    this.name = 'StoreInUseError';
  }
}

/** A database of which this process is the one writer; others may read it meanwhile. */
export type SqliteFile = {
  readonly database: DatabaseSync;
  /**
   * SQLite goes on writing to a file that has no name any more, and all of it would be gone at the end.
   * @throws StoreError where the file, or its log, was moved, removed or replaced since it was opened
   */
  checkPlace(): void;
  close(): void;
};

/**
 * Opens a SQLite file, with its folder where that is missing.
 *
 * WAL with `synchronous=NORMAL`: what was written is with the operating system when the call
 * returns, so a killed process loses nothing, and the file is never damaged. Only a power cut can
 * take the last moments; waiting for the disk at each beat (`FULL`) would stop every scene for it.
 *
 * @param path relative to the working directory, or absolute.
 * @param beside also where another process uses it: for writing what that one looks up anew each time
 * @throws OperatorError where the file cannot be used; StoreInUseError where another process uses it
 */
export function openSqliteFile(path: string, beside = false): SqliteFile {
  const file = resolve(path);
  const opened: DatabaseSync[] = [];
  const close = () => {
    for (const each of opened.splice(0)) if (each.isOpen) each.close();
  };
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (!beside) opened.push(lock(file));
    // People's words are in it: readable by its owner only.
    closeSync(openSync(file, 'a', 0o600));
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
    opened.unshift(database);
    // What is overwritten or removed is zeros at once; `purgeDatabase` sees to the rest.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON;',
    );
    return { database, checkPlace: placeOf(file), close };
  } catch (error) {
    close();
    if (error instanceof OperatorError) throw error;
    const todo = whatToDoOf(error) ?? 'correct STORE_URL or the file';
    throw new OperatorError(`Cannot use the store ${file} (${reasonOf(error)}): ${todo}.`, error);
  }
}

/**
 * Writes the file anew without what was overwritten or removed: SQLite leaves such text in free pages
 * and in its write-ahead log until something else takes the place. A large file takes seconds, in which
 * nothing else is done; `quickly` empties the log alone (`secure_delete` sees to most of the rest).
 *
 * @throws StoreError where another program that reads the file holds the old text in place.
 */
export function purgeDatabase(database: DatabaseSync, quickly = false): void {
  if (!quickly) database.exec('VACUUM');
  const done = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  if (done?.['busy'] === 0) return;
  throw new StoreError(
    'The store was written, but another program that reads its file keeps the old text there: end that one, then do this again.',
  );
}

/**
 * Copies a database that may be in use into a new file: all that was written by now, and nothing that
 * was overwritten or removed. Readable by its owner only.
 *
 * @throws OperatorError where there is no such database, the new file exists, or it cannot be written.
 */
export function backUpDatabase(from: string, to: string): void {
  const [source, target] = [resolve(from), resolve(to)];
  if (!existsSync(source)) throw new OperatorError(`There is no store ${source} to back up: see STORE_URL.`);
  let made = false;
  try {
    mkdirSync(dirname(target), { recursive: true });
    closeSync(openSync(target, 'wx', 0o600));
    made = true;
    const database = new DatabaseSync(source, { readOnly: true, timeout: BUSY_TIMEOUT });
    try {
      // Into an empty file that is there already, so that nobody else may ever read it.
      database.prepare('VACUUM INTO ?').run(target);
    } finally {
      database.close();
    }
  } catch (error) {
    if (made) rmSync(target, { force: true });
    throw new OperatorError(
      `Cannot write the backup ${target} (${reasonOf(error)}): choose another file.`,
      error,
    );
  }
}

/**
 * Two processes on one log would both believe to be its only writer. A second, empty database is
 * held in an open transaction: the system lets go of it however this process ends, and the
 * store itself stays open to readers and backups.
 */
function lock(file: string): DatabaseSync {
  const holder = new DatabaseSync(`${file}.lock`);
  try {
    holder.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return holder;
  } catch (error) {
    holder.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) {
      throw new StoreInUseError(file);
    }
    throw error;
  }
}

/** Looking costs a tenth of a write, so not each write looks. */
const LOOK_EVERY_MS = 100;

/** The log is made with the first write, and stays as long as somebody has the file open. */
function placeOf(file: string): () => void {
  const numberOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.ino;
  const opened = numberOf(file);
  let log: number | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - lookedAt < LOOK_EVERY_MS) return;
    const found = numberOf(`${file}-wal`);
    log ??= found;
    if (numberOf(file) === opened && found === log) {
      lookedAt = performance.now();
      return;
    }
    throw new StoreError(
      `The file ${file} was moved, removed or replaced while it was in use, so nothing is written any more: stop Dramatis, put it back, start it again.`,
    );
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
