import type { Clock } from '../../src/engine/engine-options.ts';

/** A clock that a test moves: sleepers wake in order, and nothing passes by itself. */
export type HandClock = Clock & {
  /** Moves on by so many milliseconds, and lets what woke do what it does. */
  pass(ms: number): Promise<void>;
  /** Somebody sets the machine's time, on or back, while nothing passes. */
  set(ms: number): void;
  /** Resolves when somebody sleeps. */
  asleep(): Promise<void>;
};

export function createHandClock(start = 1_700_000_000_000): HandClock {
  let now = start;
  let ahead = 0;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  return {
    now: () => now + ahead,
    steady: () => now,
    set(ms) {
      ahead += ms;
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.add(sleeper);
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener(
          'abort',
          () => {
            sleepers.delete(sleeper);
            reject(signal.reason);
          },
          { once: true },
        );
      });
    },
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...sleepers].sort((one, other) => one.at - other.at);
        if (!next || next.at > end) break;
        now = next.at;
        sleepers.delete(next);
        next.wake();
        await settle();
      }
      now = end;
      await settle();
    },
    async asleep() {
      while (sleepers.size === 0) await settle();
    },
  };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
