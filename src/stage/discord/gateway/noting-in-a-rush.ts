import type { Clock } from '../../../engine/engine-options.ts';
import { createMailbox } from '../../../engine/mailbox.ts';
import type { Documents, Seen } from '../documents.ts';
import type { Background } from './background.ts';

/** What was seen is kept in memory of as many channels as may well have a scene going on at once. */
const MOST = 1000;

/** As much as is heard in some hundreds of scenes within a second; more is a rush. */
export const MOST_AT_ONCE = 20;

type Options = {
  readonly background: Background;
  readonly clock: Clock;
  /** Within which so many notes are written at once, and the rest at its end; milliseconds. */
  readonly everyMs: number;
};

/**
 * What was seen in a channel is written at once; in a rush once in a while, for all channels together, and at the end.
 * What a process that is killed in a rush had not written yet is read in the channel again, and the engine hears no
 * message twice; what is deleted meanwhile is known from the log.
 */
export function notingInARush(documents: Documents, { background, clock, everyMs }: Options): Documents {
  const { signal } = background;
  /** The channel that was seen last at the end. */
  const seen = new Map<string, Seen>();
  const unwritten = new Set<string>();
  const writing = createMailbox();
  let counts = false;
  let lately = 0;

  function keep(channel: string, now: Seen): void {
    seen.delete(channel);
    seen.set(channel, now);
    if (seen.size <= MOST) return;
    for (const one of seen.keys()) {
      if (unwritten.has(one)) continue;
      seen.delete(one);
      return;
    }
  }

  /** One after the other, so that the newest of a channel is written last. */
  const write = () =>
    writing.post(async () => {
      for (const channel of [...unwritten]) {
        const now = seen.get(channel);
        unwritten.delete(channel);
        try {
          if (now) await documents.putSeen(channel, now);
        } catch (error) {
          unwritten.add(channel);
          throw error;
        }
      }
    });

  async function count(): Promise<void> {
    try {
      do {
        lately = 0;
        await clock.sleep(everyMs, signal).catch(() => undefined);
        await write();
      } while (lately > 0 && !signal.aborted);
    } finally {
      counts = false;
    }
  }

  return {
    ...documents,
    seen: async (channel) => seen.get(channel) ?? documents.seen(channel),
    async putSeen(channel, now) {
      keep(channel, now);
      unwritten.add(channel);
      if (!counts) {
        counts = true;
        background.run('note what was seen', count);
      }
      lately += 1;
      // Where nothing was heard yet a scene may just begin: what was written before it must never be read as its own.
      const begins = now.heard.length === 0;
      if (begins || lately <= MOST_AT_ONCE || signal.aborted) await write();
    },
  };
}
