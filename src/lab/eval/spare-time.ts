import { setImmediate } from 'node:timers/promises';

/**
 * Does work that nobody waits for one piece after the other, and before each lets through what has come in:
 * two hundred scenes that end together would else keep their own judge waiting.
 */
export function createSpareTime(): <T>(work: () => T) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(() => setImmediate()).then(work);
    last = done.catch(() => {});
    return done;
  };
}
