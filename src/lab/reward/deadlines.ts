/** How often is looked. Milliseconds. */
const EVERY_MS = 100;

export type Deadlines = {
  /** Calls `late` once the time is over; what is given back calls it off. */
  add(late: () => void): () => void;
  close(): void;
};

/**
 * One time limit for many: a single sweep looks after all of them, as a timer for each would cost more than
 * it is worth. A limit is kept to a tenth of a second.
 */
export function createDeadlines(limitMs: number): Deadlines {
  // In the order in which they were added, so in the order in which they are due.
  const waiting = new Set<{ readonly dueAt: number; readonly late: () => void }>();
  const timer = setInterval(
    () => {
      const now = performance.now();
      for (const one of waiting) {
        if (one.dueAt > now) break;
        waiting.delete(one);
        one.late();
      }
    },
    Math.min(EVERY_MS, limitMs),
  ).unref();
  return {
    add(late) {
      const one = { dueAt: performance.now() + limitMs, late };
      waiting.add(one);
      return () => waiting.delete(one);
    },
    close: () => clearInterval(timer),
  };
}
