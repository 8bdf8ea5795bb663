import { setTimeout as sleep } from 'node:timers/promises';
import type { Leases } from '../store/leases.ts';

/** Discord lets so many shards at once begin a session (`max_concurrency`) in this time. */
const WINDOW_MS = 5000;
const LOOK_MS = 250;

/**
 * When a shard may identify, over all processes of a fleet: Discord counts those of a token together,
 * and sends away whoever comes too early. Each turn is a lease that nobody gives back.
 *
 * @param concurrency Discord's `max_concurrency`: shards whose ids leave the same rest take turns
 */
export function createIdentifyTurns(
  leases: Leases,
  holder: string,
  windowMs = WINDOW_MS,
): (shard: number, concurrency: number, signal: AbortSignal) => Promise<void> {
  return async (shard, concurrency, signal) => {
    const turn = `identify/${shard % concurrency}`;
    for (;;) {
      signal.throwIfAborted();
      if (await leases.take(turn, holder, windowMs)) return;
      await sleep(LOOK_MS, undefined, { signal });
    }
  };
}
