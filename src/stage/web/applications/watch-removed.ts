import { setInterval } from 'node:timers/promises';
import type { ApplicationShelf } from './application-shelf.ts';

/** Ends what applications have open once their tokens are removed, by whichever process. */
export type RemovedWatch = {
  /** `end` is called where the application is gone. Returns how to stop caring. */
  whileThere(id: string, end: () => void): () => void;
  close(): Promise<void>;
};

/** Milliseconds that a removed token may stay in. */
const LOOK_EVERY_MS = 3000;

/** @param everyMs between two looks; each asks for the applications that have something open, and for no others */
export function watchRemoved(shelf: ApplicationShelf, everyMs = LOOK_EVERY_MS): RemovedWatch {
  const open = new Map<string, Set<() => void>>();
  const closing = new AbortController();

  async function look(): Promise<void> {
    for (const [id, ends] of [...open]) {
      // A store that cannot be asked removes nobody.
      const isThere = await shelf.isThere(id).catch(() => true);
      if (!isThere) for (const end of [...ends]) end();
    }
  }

  async function keepLooking(): Promise<void> {
    const { signal } = closing;
    try {
      for await (const _ of setInterval(everyMs, undefined, { signal, ref: false })) await look();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
  const looking = keepLooking();

  return {
    whileThere(id, end) {
      const ends = open.get(id) ?? new Set();
      open.set(id, ends.add(end));
      return () => {
        ends.delete(end);
        if (ends.size === 0 && open.get(id) === ends) open.delete(id);
      };
    },
    async close() {
      closing.abort();
      await looking;
    },
  };
}
