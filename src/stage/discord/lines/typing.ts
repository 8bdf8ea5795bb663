import { type REST, Routes } from 'discord.js';
import type { Clock } from '../../../engine/engine-options.ts';
import type { Log } from '../../../log.ts';
import type { Background } from '../gateway/background.ts';

export type Typing = {
  /** The bot types in this channel until it is stopped. */
  start(channel: string): void;
  /** Resolves once no sign of typing is under way, so that none can come after a post. */
  stop(channel: string): Promise<void>;
};

/** "… is typing" while a turn is being made. Discord takes it back after 10 s, so it is said again. */
export function createTyping(
  rest: REST,
  { clock, background, everyMs, log }: { clock: Clock; background: Background; everyMs: number; log: Log },
): Typing {
  const active = new Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>();

  async function keepTyping(channel: string, signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        await rest.post(Routes.channelTyping(channel), { signal });
        await clock.sleep(everyMs, signal);
      }
    } catch (error) {
      if (!signal.aborted)
        log.debug('typing-failed', { channel, error: error instanceof Error ? error.name : '' });
    }
  }

  return {
    start(channel) {
      if (active.has(channel) || background.signal.aborted) return;
      const stop = new AbortController();
      const done = keepTyping(channel, AbortSignal.any([stop.signal, background.signal]));
      active.set(channel, { stop, done });
      background.run('typing', () => done);
    },
    async stop(channel) {
      const running = active.get(channel);
      if (!running) return;
      active.delete(channel);
      running.stop.abort();
      await running.done;
    },
  };
}
