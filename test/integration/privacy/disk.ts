import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { backUpStore } from '../../../src/store/open-store.ts';
import { createDataKey } from '../../../src/store/sealed/data-key.ts';
import { ENTRY_KINDS } from '../../../src/store/sealed/entry-kinds.ts';
import { openValue, type Place } from '../../../src/store/sealed/sealed-value.ts';

const SEALED = /dramatis-sealed:1:[0-9a-f]{8}:[A-Za-z0-9+/=]+/g;

/** Where values may lie in a database: every key of every kind. */
export function placesIn(file: string): Place[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return ENTRY_KINDS.flatMap((kind) => {
      const there = database
        .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")
        .get(kind);
      if (!there) return [];
      return database
        .prepare(`SELECT key FROM "${kind}"`)
        .all()
        .map(({ key }) => ({ kind, key: String(key) }));
    });
  } finally {
    database.close();
  }
}

/**
 * All that can be read in the bytes of a database and of what lies beside it (write-ahead log, lock):
 * the text as it is, and whatever of it was sealed with this key for one of these places.
 */
export function bytesOf(file: string, key: Uint8Array, places: readonly Place[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(dirname(file)).filter((one) => one.startsWith(basename(file)))) {
    const raw = readFileSync(join(dirname(file), name), 'latin1');
    const opened = [...new Set(raw.match(SEALED) ?? [])].map((sealed) => open(sealed, key, places));
    found[name] = `${raw}\n${opened.join('\n')}`;
  }
  return found;
}

function open(sealed: string, key: Uint8Array, places: readonly Place[]): string {
  const keys = [createDataKey(key)];
  for (const place of places) {
    try {
      return JSON.stringify(openValue(keys, place, sealed));
    } catch {
      // It belongs to another place, or another value was written over a part of it.
    }
  }
  return '';
}

/** The bytes of a backup that is made now. */
export function backedUp(file: string, key: Uint8Array, places: readonly Place[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-backup-'));
  try {
    const copy = join(folder, 'copy.db');
    backUpStore(`sqlite://${file}`, copy);
    return Object.values(bytesOf(copy, key, places)).join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
