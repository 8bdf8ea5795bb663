import Bottleneck from 'bottleneck';

/** Holds the requests to one endpoint within what its owner allows. */
export type RequestLimit = {
  /**
   * Waits for a turn, first come first served, and gives the function that ends it. Throws the
   * signal's reason as soon as it is aborted, also while it waits.
   */
  acquire(signal: AbortSignal): Promise<() => void>;
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
  const limiter = new Bottleneck({ maxConcurrent: concurrency, reservoir: requestsPerMinute ?? null });

  async function giveBackStart(): Promise<void> {
    if (requestsPerMinute !== undefined) await limiter.incrementReservoir(1);
  }

  return {
    async acquire(signal) {
      signal.throwIfAborted();
      const turn = Promise.withResolvers<() => void>();
      const leave = () => turn.reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      // One that has left the queue keeps its place there, and spends nothing when its turn comes.
      const job = limiter.schedule(async () => {
        if (signal.aborted) return giveBackStart();
        if (requestsPerMinute !== undefined) setTimeout(giveBackStart, MINUTE_MS).unref();
        await new Promise<void>((release) => turn.resolve(release));
      });
      job.catch(turn.reject);
      try {
        return await turn.promise;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
  };
}

const MINUTE_MS = 60_000;
