import { setTimeout as sleep } from 'node:timers/promises';

/** Time, passed in so that tests own it. */
export type Clock = {
  /** Milliseconds since the epoch, as the machine has it: for what is written down. It can be set back, or on. */
  now(): number;
  /** Milliseconds that only go forward, whatever the machine’s time is set to. Absent: nobody sets this clock. */
  steady?(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

export const wallClock: Clock = {
  now: () => Date.now(),
  steady: () => Math.round(performance.now()),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

/**
 * Milliseconds for what is measured and waited for: by `now` it would stand still for as long as the machine’s time was
 * set back.
 */
export function steadyOf(clock: Clock): number {
  return clock.steady?.() ?? clock.now();
}
