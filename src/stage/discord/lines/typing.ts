import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { Clock } from '../../../engine/engine-options.ts';
import type { Log } from '../../../log.ts';
import { type Background, nameOf } from '../gateway/background.ts';

export type Typing = {
  /** The bot types in this channel until it is stopped. */
  start(channel: string): void;
  /** Resolves once no sign of typing is under way, so that none can come after a post. */
  stop(channel: string): Promise<void>;
};

type Running = {
  /** Says it no more. */
  readonly stop: AbortController;
  /** Breaks off the sign that is under way, too. */
  readonly cut: AbortController;
  readonly done: Promise<void>;
};

// A sign that arrives after its line would stand for ten seconds; but no line waits long for it.
const PATIENCE_MS = 1000;

/** "… is typing" while a turn is being made. Discord takes it back after 10 s, so it is said again. */
export function createTyping(
  rest: REST,
  { clock, background, everyMs, log }: { clock: Clock; background: Background; everyMs: number; log: Log },
): Typing {
  /** Where it types, or has stopped and its last sign is still under way. */
  const active = new Map<string, Running>();

  async function keepTyping(channel: string, stop: AbortSignal, cut: AbortSignal): Promise<void> {
    while (!stop.aborted && (await sign(channel, cut))) {
      await clock.sleep(everyMs, stop).catch(() => undefined);
    }
  }

  /** Whether it is worth another try: Discord may be busy, or want none of it. */
  async function sign(channel: string, signal: AbortSignal): Promise<boolean> {
    try {
      await rest.post(Routes.channelTyping(channel), { signal });
      return true;
    } catch (error) {
      if (!signal.aborted) log.debug('typing-failed', { channel, error: nameOf(error) });
      return !(error instanceof DiscordAPIError);
    }
  }

  return {
    start(channel) {
      const before = active.get(channel);
      if ((before && !before.stop.signal.aborted) || background.signal.aborted) return;
      const stop = new AbortController();
      const cut = new AbortController();
      const either = (one: AbortController) => AbortSignal.any([one.signal, background.signal]);
      const kept = keepTyping(channel, either(stop), either(cut));
      const running = { stop, cut, done: Promise.all([before?.done, kept]).then(() => undefined) };
      active.set(channel, running);
      background.run('typing', async () => {
        await running.done;
        if (active.get(channel) === running) active.delete(channel);
      });
    },
    async stop(channel) {
      const running = active.get(channel);
      if (!running) return;
      running.stop.abort();
      const over = new AbortController();
      const waited = clock.sleep(PATIENCE_MS, over.signal).catch(() => undefined);
      await Promise.race([running.done, waited]);
      over.abort();
      running.cut.abort();
      await running.done;
    },
  };
}
