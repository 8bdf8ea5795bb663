import { setTimeout as sleep } from 'node:timers/promises';
import { createMailbox, type Mailbox } from '../../../engine/mailbox.ts';
import type { Pace } from '../discord-settings.ts';

export type OutboundQueue = {
  /** Runs after all that was queued for this channel, not faster than Discord likes. */
  run<T>(channel: string, task: () => Promise<T>, signal: AbortSignal): Promise<T>;
};

const MINUTE_MS = 60_000;

type Channel = { readonly queue: Mailbox; begun: number[]; waiting: number };

/**
 * One message at a time in a channel, in order, spaced out, and so many in any minute at most. Where nothing has to
 * wait, nothing does: a job of `bottleneck` takes three turns of a timer, which is most of what a line waits for.
 */
export function createOutboundQueue({
  spacingMs,
  perMinute,
}: Pick<Pace, 'spacingMs' | 'perMinute'>): OutboundQueue {
  const channels = new Map<string, Channel>();

  /** Until the next may begin. Milliseconds. */
  function left({ begun }: Channel, now: number): number {
    const spaced = (begun.at(-1) ?? Number.NEGATIVE_INFINITY) + spacingMs;
    const counted = begun.length < perMinute ? 0 : (begun.at(-perMinute) ?? 0) + MINUTE_MS;
    return Math.max(spaced, counted) - now;
  }

  function forgetQuiet(now: number): void {
    for (const [id, { begun, waiting }] of channels) {
      if (waiting === 0 && (begun.at(-1) ?? 0) + MINUTE_MS < now) channels.delete(id);
    }
  }

  async function begin<T>(channel: Channel, task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    for (let ms = left(channel, performance.now()); ms > 0; ms = left(channel, performance.now())) {
      await sleep(Math.ceil(ms), undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    const now = performance.now();
    channel.begun = [...channel.begun.filter((at) => at > now - MINUTE_MS), now];
    return task();
  }

  return {
    async run<T>(id: string, task: () => Promise<T>, signal: AbortSignal): Promise<T> {
      const channel = channels.get(id) ?? { queue: createMailbox(), begun: [], waiting: 0 };
      if (!channels.has(id)) forgetQuiet(performance.now());
      channels.set(id, channel);
      channel.waiting += 1;
      const { promise: aborted, reject } = Promise.withResolvers<never>();
      const abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) abort();
      // What has begun is a request under way: it ends by itself, and its end is what counts.
      const begun = () => {
        signal.removeEventListener('abort', abort);
        return task();
      };
      const done = channel.queue
        .post(() => begin(channel, begun, signal))
        .finally(() => {
          channel.waiting -= 1;
        });
      try {
        return await Promise.race([done, aborted]);
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
  };
}
