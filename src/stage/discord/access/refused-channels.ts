import type { StageError } from '../../../engine/stage.ts';

export type RefusedChannels = {
  /** @throws StageError where the channel refused us a moment ago */
  check(channel: string): void;
  /** Why it does, while it does. */
  why(channel: string): StageError | undefined;
  /** The channel refuses us; returns whether that is news since something last worked there. */
  refused(channel: string, error: StageError): boolean;
  worked(channel: string): void;
  /** Something may have changed, here or everywhere: it is tried again. */
  retry(channel?: string): void;
};

type Refusal = { readonly error: StageError; until: number };

/**
 * Channels that refused a post are left alone for a while: thousands of refused requests in ten
 * minutes shut a bot out of Discord altogether.
 */
export function createRefusedChannels(forMs: number, now: () => number): RefusedChannels {
  const refusals = new Map<string, Refusal>();

  function why(channel: string): StageError | undefined {
    const refusal = refusals.get(channel);
    return refusal && refusal.until > now() ? refusal.error : undefined;
  }

  return {
    why,
    check(channel) {
      const error = why(channel);
      if (error) throw error;
    },
    refused(channel, error) {
      const before = refusals.get(channel);
      refusals.set(channel, { error, until: now() + forMs });
      return before?.error.message !== error.message;
    },
    worked: (channel) => void refusals.delete(channel),
    retry(channel) {
      for (const [place, refusal] of refusals) {
        if (channel === undefined || place === channel) refusal.until = 0;
      }
    },
  };
}
