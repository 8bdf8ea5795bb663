import { z } from 'zod';
import { changeText, type Guard, type GuardedWrites, isTold, refuse } from '../guarded-writes.ts';
import type { EntryKind } from '../keyv-store.ts';
import type { Fence } from '../leases.ts';

export const CHANGES = 'dramatis_changes';

/** Asks once the table is there. */
type Query = (sql: string, values: unknown[]) => Promise<unknown>;

type Statement = { readonly sql: string; readonly values: unknown[] };

const rowsSchema = z.array(z.unknown());

/**
 * Writes of one kind of entry, each with its checks in one statement; why one was refused is asked afterwards.
 * Keys and values are those of Keyv, which reads them.
 *
 * @param process names this process in what others are told
 */
export function createPostgresWrites(kind: EntryKind, query: Query, process: string): GuardedWrites {
  const table = `dramatis_${kind}`;
  const toldOf = (id: string) => (isTold(kind) ? changeText(process, { kind, id }) : undefined);
  const rowsOf = async ({ sql, values }: Statement) => rowsSchema.parse(await query(sql, values)).length;

  /** One row where it was written, none where it was refused. */
  function set(key: string, text: string, { fence, after }: Guard, before?: readonly string[]): Statement {
    const values: unknown[] = [];
    const use = (value: unknown) => `$${values.push(value)}`;
    const told = toldOf(key);
    const sql = `INSERT INTO ${table} (key, value)
SELECT ${use(key)}::varchar, ${use(text)}::text
${fence ? `FROM (${current(fence, use)}) ours` : ''}
${after === undefined ? '' : `WHERE EXISTS (SELECT 1 FROM ${table} WHERE key = ${use(after)})`}
ON CONFLICT (key) DO ${before?.length === 0 ? 'NOTHING' : 'UPDATE SET value = excluded.value'}
${before?.length ? `WHERE ${table}.value = ANY(${use(before)})` : ''}
RETURNING ${told === undefined ? '1' : `pg_notify('${CHANGES}', ${use(told)})`}`;
    return { sql, values };
  }

  /** One row, or one for each that is told, where they were removed; none where that was refused. */
  function remove(keys: readonly string[], { fence }: Guard): Statement {
    const values: unknown[] = [];
    const use = (value: unknown) => `$${values.push(value)}`;
    const ours = fence ? current(fence, use) : 'SELECT 1';
    const gone = `DELETE FROM ${table} WHERE key = ANY(${use(keys)}) AND EXISTS (SELECT 1 FROM ours)`;
    const told = isTold(kind) ? `, unnest(${use(keys.map(toldOf))}::text[]) AS told(text)` : '';
    const sql = `WITH ours AS MATERIALIZED (${ours}), gone AS (${gone})
SELECT ${told && `pg_notify('${CHANGES}', told.text)`} FROM ours${told}`;
    return { sql, values };
  }

  async function isCurrent(fence: Fence): Promise<boolean> {
    const values: unknown[] = [];
    return (await rowsOf({ sql: current(fence, (value) => `$${values.push(value)}`), values })) > 0;
  }

  return {
    async set(key, value, guard) {
      const { fence, absentBut } = guard;
      const text = JSON.stringify({ value });
      const before = absentBut && [...absentBut];
      absentBut?.push(text);
      if ((await rowsOf(set(key, text, guard, before))) > 0) return;
      refuse(fence && !(await isCurrent(fence)) ? 'stale' : 'taken');
    },
    async delete(keys, guard) {
      if (keys.length > 0 && (await rowsOf(remove(keys, guard))) === 0) refuse('stale');
    },
  };
}

/**
 * One row while the lease is still ours. It is locked until the write is done: a taking waits for it, so no
 * write under an old token is ever seen after it.
 */
function current({ lease, token }: Fence, use: (value: unknown) => string): string {
  return `SELECT 1 FROM dramatis_lease WHERE lease = ${use(lease)} AND token = ${use(token)}::bigint FOR SHARE`;
}
