import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { OperatorError } from '../../errors.ts';
import { type BackupEntry, writeBackup } from '../backup/backup-file.ts';
import { entriesOfStore } from '../backup/entries-of-store.ts';
import { connectStore, sqlitePath } from '../connect-store.ts';
import { UNREADABLE } from '../keyv-entries.ts';
import type { EntryConnection, EntryKind } from '../keyv-store.ts';
import { type Place, sealedBy } from '../sealed/sealed-value.ts';
import { keysThere } from '../sealed/store-keys.ts';
import { openSqliteFile } from '../sqlite-file.ts';
import { readStoreVersion, STORE_VERSION } from '../versions/store-version.ts';
import { type Examined, examine, type LogOfRecord } from './examine.ts';
import type { Finding } from './finding.ts';
import { damagedPages, salvage } from './salvage.ts';

const BATCH = 256;

export type Repaired = {
  readonly findings: readonly Finding[];
  /** All as it was before. */
  readonly copy: string;
  /** What was taken out; undefined where nothing was. */
  readonly aside?: string | undefined;
  /** Of damaged pages: rows that could be read, and whether others could not. */
  readonly salvaged?: { readonly rows: number; readonly lost: boolean } | undefined;
};

/**
 * Looks through all of a store that is not in use.
 * @throws OperatorError where it is in use or cannot be opened at all
 */
export async function examineStore(
  url: string,
  dataKeys: readonly Uint8Array[],
  logOfRecord: LogOfRecord,
): Promise<Examined> {
  const pages = pagesOf(url);
  if (pages.length > 0) return { entries: 0, findings: [pageFinding(pages)] };
  const connection = await connectStore(url);
  try {
    await refuseInUse(connection);
    await readStoreVersion(connection);
    return await examine(connection, keysThere(url, dataKeys), logOfRecord);
  } finally {
    await connection.close();
  }
}

/**
 * Mends what can be mended without inventing anything, after all of it was copied: damaged pages of a file
 * are left behind (what can be read moves into a new one), damaged entries and logs beyond a damaged or
 * missing beat are set aside in a file, and so is what points to nothing.
 *
 * @param base how the files that are written begin, where the store is no file itself
 * @returns undefined where nothing is to be mended
 * @throws OperatorError as `examineStore`, and where the copy cannot be written
 */
export async function repairStore(
  url: string,
  dataKeys: readonly Uint8Array[],
  logOfRecord: LogOfRecord,
  base: string,
  now: Date = new Date(),
): Promise<Repaired | undefined> {
  const path = sqlitePath(url);
  const ending = now.toISOString().replaceAll(/[-:]|\..*/gu, '');
  const copy = path === undefined ? `${base}.before-repair-${ending}.gz` : `${path}.before-repair-${ending}`;
  const pages = pagesOf(url);
  const salvaged = path !== undefined && pages.length > 0 ? salvageFile(path, copy) : undefined;
  const connection = await connectStore(url);
  try {
    await refuseInUse(connection);
    await readStoreVersion(connection);
    const { findings } = await examine(connection, keysThere(url, dataKeys), logOfRecord);
    const places = findings.flatMap((finding) => finding.places);
    const all = salvaged ? [{ ...pageFinding(pages), moved: true }, ...findings] : findings;
    if (places.length === 0)
      return salvaged || all.length > 0 ? { findings: all, copy, salvaged } : undefined;
    if (!salvaged) {
      if (path === undefined) await writeBackup(copy, STORE_VERSION, entriesOfStore(connection), sealedBy);
      else copyDatabase(path, copy);
    }
    const aside = `${path ?? base}.set-aside-${ending}.gz`;
    await writeBackup(aside, STORE_VERSION, storedAt(connection, places), sealedBy);
    for (const [kind, keys] of byKind(places)) {
      while (keys.length > 0) await connection.open(kind).deleteMany(keys.splice(-BATCH));
    }
    return { findings: all, copy, aside, salvaged };
  } finally {
    await connection.close();
  }
}

async function refuseInUse(connection: EntryConnection): Promise<void> {
  const held = (await connection.leases?.held()) ?? [];
  if (held.length > 0) throw new OperatorError('The store is in use by another Dramatis: stop that first.');
}

function pagesOf(url: string): readonly string[] {
  const path = sqlitePath(url);
  if (path === undefined || !existsSync(path)) return [];
  const { database, close } = openSqliteFile(path);
  try {
    return damagedPages(database);
  } finally {
    close();
  }
}

function pageFinding(pages: readonly string[]): Finding {
  return { text: `the file has damaged pages (${pages.length}: ${pages[0]})`, places: [] };
}

function salvageFile(path: string, copy: string): NonNullable<Repaired['salvaged']> {
  const { database, close } = openSqliteFile(path);
  const fresh = `${path}.salvaged`;
  try {
    copyDatabase(path, copy);
    rmSync(fresh, { force: true });
    const saved = salvage(database, fresh);
    database.close();
    for (const beside of ['-wal', '-shm']) rmSync(`${path}${beside}`, { force: true });
    renameSync(fresh, path);
    return saved;
  } finally {
    close();
  }
}

/** The file as it lies there, pages and all; nobody writes to it. */
function copyDatabase(path: string, copy: string): void {
  try {
    for (const beside of ['', '-wal']) {
      if (existsSync(`${path}${beside}`)) copyFileSync(`${path}${beside}`, `${copy}${beside}`);
    }
  } catch (error) {
    throw new OperatorError(
      `The copy ${copy} cannot be written, so nothing was changed: make room for it.`,
      error,
    );
  }
}

async function* storedAt(connection: EntryConnection, places: readonly Place[]): AsyncGenerator<BackupEntry> {
  for (const { kind, key } of places) {
    const entries = connection.open(kind);
    const value = await entries.get(key);
    const [text] = value === UNREADABLE ? ((await entries.texts?.([key])) ?? []) : [];
    yield { kind, key, value: value === UNREADABLE ? { damaged: text ?? true } : (value ?? null) };
  }
}

function byKind(places: readonly Place[]): Map<EntryKind, string[]> {
  const kinds = new Map<EntryKind, string[]>();
  for (const { kind, key } of places) {
    const keys = kinds.get(kind) ?? [];
    keys.push(key);
    kinds.set(kind, keys);
  }
  return kinds;
}
