import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** What SQLite itself finds wrong with the pages of a file; nothing where all is well. */
export function damagedPages(database: DatabaseSync): readonly string[] {
  try {
    const rows = database.prepare('PRAGMA integrity_check(20)').all();
    return rows.map((row) => String(row['integrity_check'])).filter((text) => text !== 'ok');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** A row number that fails says nothing about the next: so many in a row, and a table has ended. */
const PATIENCE = 10_000;

/**
 * Copies what can still be read of a damaged database into a new file, row by row.
 * @returns rows copied, and whether any could not be read
 */
export function salvage(
  database: DatabaseSync,
  file: string,
): { readonly rows: number; readonly lost: boolean } {
  closeSync(openSync(file, 'wx', 0o600));
  const target = new DatabaseSync(file);
  let [rows, lost] = [0, false];
  try {
    target.exec('PRAGMA journal_mode = WAL; BEGIN');
    const tables = database
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all();
    for (const { name, sql } of tables) {
      if (typeof name !== 'string' || typeof sql !== 'string') continue;
      target.exec(sql);
      const copied = copyTable(database, target, `"${name.replaceAll('"', '""')}"`);
      rows += copied.rows;
      lost ||= copied.lost;
    }
    target.exec('COMMIT');
  } finally {
    target.close();
  }
  return { rows, lost };
}

function copyTable(from: DatabaseSync, to: DatabaseSync, table: string): { rows: number; lost: boolean } {
  const columns = to.prepare(`SELECT name FROM pragma_table_info(${table.replaceAll('"', "'")})`).all();
  const names = columns.map(({ name }) => `"${String(name)}"`);
  const insert = to.prepare(
    `INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  const next = from.prepare(
    `SELECT rowid AS at, ${names.join(', ')} FROM ${table} NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT 1`,
  );
  const one = from.prepare(
    `SELECT rowid AS at, ${names.join(', ')} FROM ${table} NOT INDEXED WHERE rowid = ?`,
  );
  let [at, rows, lost, failed] = [0, 0, false, 0];
  while (failed < PATIENCE) {
    let row: Record<string, unknown> | undefined;
    try {
      row = failed === 0 ? next.get(at) : one.get(at);
      if (row === undefined && failed === 0) break;
      if (row === undefined) failed += 1;
      else failed = 0;
    } catch {
      lost = true;
      failed += 1;
    }
    if (row) {
      insert.run(...columns.map(({ name }) => row[String(name)] as string | number | null));
      rows += 1;
      at = Number(row['at']);
    } else at += 1;
  }
  return { rows, lost };
}
