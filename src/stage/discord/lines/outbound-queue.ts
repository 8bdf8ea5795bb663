import Bottleneck from 'bottleneck';
import type { Pace } from '../discord-settings.ts';

export type OutboundQueue = {
  /** Runs after all that was queued for this channel, not faster than Discord likes. */
  run<T>(channel: string, task: () => Promise<T>, signal: AbortSignal): Promise<T>;
};

const IDLE_MS = 5 * 60_000;

/** One message at a time in a channel, in order, spaced out, and so many a minute at most. */
export function createOutboundQueue({
  spacingMs,
  perMinute,
}: Pick<Pace, 'spacingMs' | 'perMinute'>): OutboundQueue {
  const channels = new Bottleneck.Group({
    maxConcurrent: 1,
    minTime: spacingMs,
    reservoir: perMinute,
    reservoirRefreshAmount: perMinute,
    reservoirRefreshInterval: 60_000,
    timeout: IDLE_MS,
  });
  return {
    run<T>(channel: string, task: () => Promise<T>, signal: AbortSignal): Promise<T> {
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const abort = (): void => reject(signal.reason);
      let begun = false;
      if (signal.aborted) abort();
      // What has begun is a request under way: it ends by itself, and its end is what counts.
      signal.addEventListener('abort', () => begun || abort(), { once: true });
      channels
        .key(channel)
        .schedule(async () => {
          if (signal.aborted) return;
          begun = true;
          await task().then(resolve, reject);
        })
        .catch(reject);
      return promise;
    },
  };
}
