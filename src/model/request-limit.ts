import Bottleneck from 'bottleneck';
import { createPlaces } from './places.ts';

/** Holds the requests to one endpoint within what its owner allows. */
export type RequestLimit = {
  /**
   * Waits for a turn and gives the function that ends it: the lower `priority` first (0 to 9), of equals
   * who came first. Throws the signal's reason as soon as it is aborted, also while it waits.
   */
  acquire(signal: AbortSignal, priority?: number): Promise<() => void>;
};

/**
 * Creates the limit of one endpoint: requests in flight at once, and started in any one minute (a
 * moving minute: a start gives its place back a minute later, so there is no burst at a boundary).
 */
export function createRequestLimit(options: {
  readonly concurrency: number;
  readonly requestsPerMinute?: number | undefined;
}): RequestLimit {
  const { concurrency, requestsPerMinute } = options;
  const places = createPlaces(concurrency);
  const starts = requestsPerMinute === undefined ? undefined : createStarts(requestsPerMinute);

  return {
    async acquire(signal, priority = USUAL_PRIORITY) {
      const leave = await places.take(signal, priority);
      if (!starts) return leave;
      try {
        await starts(signal);
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    },
  };
}

/** Waits until another request may be started in this minute; throws the signal's reason when aborted. */
function createStarts(perMinute: number): (signal: AbortSignal) => Promise<void> {
  // Its jobs cost a third of a millisecond each: only who asks for such a limit pays that.
  const limiter = new Bottleneck({ reservoir: perMinute });
  const giveBack = () => limiter.incrementReservoir(1);

  return async (signal) => {
    signal.throwIfAborted();
    const start = Promise.withResolvers<void>();
    const leave = () => start.reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    // One that has left keeps its place in the row, and spends nothing when its turn comes.
    const job = limiter.schedule(async () => {
      if (signal.aborted) {
        await giveBack();
        return;
      }
      setTimeout(giveBack, MINUTE_MS).unref();
      start.resolve();
    });
    job.catch(start.reject);
    try {
      await start.promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };
}

const USUAL_PRIORITY = 5;
const MINUTE_MS = 60_000;
