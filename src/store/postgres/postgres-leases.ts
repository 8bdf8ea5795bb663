import type { Pool } from 'pg';
import { z } from 'zod';
import type { Leases } from '../leases.ts';

const CREATE = `CREATE TABLE IF NOT EXISTS dramatis_lease (
  lease TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  token BIGINT NOT NULL,
  until TIMESTAMPTZ NOT NULL
)`;

const UNTIL = "clock_timestamp() + $3 * INTERVAL '1 millisecond'";

/** A token is at least the clock in microseconds: where a backup was restored, none is given twice. */
const CLOCK = '(1000000 * EXTRACT(EPOCH FROM clock_timestamp()))::bigint';

const TAKE = `INSERT INTO dramatis_lease AS held (lease, holder, token, until) VALUES ($1, $2, ${CLOCK}, ${UNTIL})
ON CONFLICT (lease) DO UPDATE SET holder = excluded.holder, token = GREATEST(held.token + 1, ${CLOCK}), until = ${UNTIL}
WHERE held.until <= clock_timestamp()
RETURNING token`;

const RENEW = `UPDATE dramatis_lease SET until = ${UNTIL} WHERE lease = $1 AND token = $2 RETURNING token`;

/** With a token of its own, so that what is written under the old one is refused from now on. */
const RELEASE = `UPDATE dramatis_lease SET holder = '', token = token + 1, until = '-infinity'
WHERE lease = $1 AND token = $2`;

const HELD = `SELECT lease, holder, token, 1000 * EXTRACT(EPOCH FROM until - clock_timestamp()) AS left
FROM dramatis_lease WHERE until > clock_timestamp()`;

const tokenSchema = z.object({ token: z.coerce.number() });
const heldSchema = z.object({
  lease: z.string(),
  holder: z.string(),
  token: z.coerce.number(),
  left: z.coerce.number(),
});

/** Makes the table of leases, where it is missing. */
export async function createLeaseTable(pool: Pool): Promise<void> {
  try {
    await pool.query(CREATE);
  } catch (error) {
    // Two processes began at once, and the other one made it.
    if (!(error instanceof Error && 'code' in error && error.code === '23505')) throw error;
  }
}

/** Leases in PostgreSQL: a row each, which a write under it locks until it is done. */
export function createPostgresLeases(pool: Pool): Leases {
  return {
    async take(lease, holder, ms) {
      const { rows } = await pool.query(TAKE, [lease, holder, Math.ceil(ms)]);
      const taken = rows[0] && tokenSchema.parse(rows[0]);
      return taken && { lease, token: taken.token };
    },
    renew: (fences, ms) =>
      Promise.all(
        fences.map(async ({ lease, token }) => {
          const { rowCount } = await pool.query(RENEW, [lease, token, Math.ceil(ms)]);
          return rowCount === 1;
        }),
      ),
    async release({ lease, token }) {
      await pool.query(RELEASE, [lease, token]);
    },
    async held() {
      const { rows } = await pool.query(HELD);
      return rows.map((row) => {
        const { left, ...held } = heldSchema.parse(row);
        return { ...held, msLeft: left };
      });
    },
  };
}
