import type { DatabaseSync } from 'node:sqlite';
import type { Counted, Counters, Window } from './counters.ts';

/** Windows that are over are thrown away once in so many milliseconds. */
const SWEEP_MS = 3_600_000;

/**
 * Counters in a SQLite database, of a file or in memory. Each count is one statement, so processes that
 * have the same file open share them. `rate-limiter-flexible` has such a counter too, but for a driver
 * that would have to be compiled, and by its own clock.
 */
export function createSqliteCounters(database: DatabaseSync): Counters {
  database.exec(
    'CREATE TABLE IF NOT EXISTS counters (key TEXT PRIMARY KEY, used INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT',
  );
  const select = database.prepare('SELECT used, ends FROM counters WHERE key = ? AND ends > ?');
  const clamp = database.prepare('UPDATE counters SET ends = ?2 WHERE key = ?1 AND ends > ?2');
  const upsert = database.prepare(
    `INSERT INTO counters (key, used, ends) VALUES (:key, :points, :ends)
     ON CONFLICT (key) DO UPDATE SET
       used = iif(counters.ends <= :now, :points, counters.used + :points),
       ends = iif(counters.ends <= :now, :ends, min(counters.ends, :latest))
     WHERE iif(counters.ends <= :now, 0, counters.used) + :points <= :most
     RETURNING used, ends`,
  );
  const sweep = database.prepare('DELETE FROM counters WHERE ends <= ?');
  let sweptAt: number | undefined;

  function count(key: string, points: number, most: number, window: Window): Counted | undefined {
    sweepOnceInAWhile(window.now);
    const { now, ends } = window;
    const row = upsert.get({ key, points, most, now, ends, latest: now + window.length });
    return row && { used: Number(row['used']), ends: Number(row['ends']) };
  }

  function sweepOnceInAWhile(now: number): void {
    if (sweptAt !== undefined && Math.abs(now - sweptAt) < SWEEP_MS) return;
    sweptAt = now;
    sweep.run(now);
  }

  function read(key: string, { now, length }: Window): Counted {
    clamp.run(key, now + length);
    const row = select.get(key, now);
    return row ? { used: Number(row['used']), ends: Number(row['ends']) } : { used: 0 };
  }

  return {
    async take(key, points, most, window) {
      const counted = points > most ? undefined : count(key, points, most, window);
      return counted ? { ...counted, taken: true } : { ...read(key, window), taken: false };
    },
    async add(key, points, window) {
      return count(key, points, Number.MAX_SAFE_INTEGER, window) ?? read(key, window);
    },
    async get(key, window) {
      return read(key, window);
    },
  };
}
