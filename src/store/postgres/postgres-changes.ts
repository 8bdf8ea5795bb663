import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type ChangeListener, type Changes, readChange } from '../guarded-writes.ts';
import { CHANGES } from './postgres-writes.ts';

const LONGEST_WAIT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 2000;

/** It only listens, so that a server which is gone without a word is found out by the system's own probes alone. */
const PATIENCE = {
  connectionTimeoutMillis: 5000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
};

/** What other processes tell of their writes (LISTEN), over a connection of its own, which is made anew when it breaks. */
export function createPostgresChanges(url: string, process: string): Changes {
  const listeners = new Set<ChangeListener>();
  const closing = new AbortController();
  let listening: Promise<void> | undefined;

  const tell: ChangeListener = (change) => {
    for (const listener of listeners) listener(change);
  };

  async function listen(): Promise<void> {
    let wait = 100;
    while (!closing.signal.aborted) {
      const client = new Client({ connectionString: url, ...PATIENCE });
      const ended = Promise.withResolvers<void>();
      client.on('error', () => ended.resolve());
      client.on('end', () => ended.resolve());
      client.on('notification', ({ payload = '' }) => {
        const change = readChange(payload, process);
        if (change) tell(change);
      });
      const stop = () => ended.resolve();
      closing.signal.addEventListener('abort', stop, { once: true });
      try {
        await client.connect();
        await client.query(`LISTEN ${CHANGES}`);
        wait = 100;
        // What was told before it listened nobody repeats.
        tell('everything');
        await ended.promise;
      } catch {
        // Tried again below.
      } finally {
        closing.signal.removeEventListener('abort', stop);
        const waited = new AbortController();
        await Promise.race([client.end(), sleep(CLOSE_TIMEOUT_MS, undefined, waited)]).catch(() => undefined);
        waited.abort();
      }
      await sleep(wait, undefined, { signal: closing.signal }).catch(() => undefined);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  return {
    watch(listener) {
      listeners.add(listener);
      listening ??= listen();
      return () => listeners.delete(listener);
    },
    async close() {
      listeners.clear();
      closing.abort();
      await listening;
    },
  };
}
