import type { Log } from '../../log.ts';
import type { Clock } from '../engine-options.ts';
import { kindOf } from '../engine-room.ts';
import type { Privacy } from './privacy-api.ts';

const EVERY_MS = 24 * 3600 * 1000;

/** Deletes what is due, now and every day, until aborted. Never rejects. */
export async function keepSweeping(
  privacy: Pick<Privacy, 'sweep'>,
  { clock, log, signal }: { readonly clock: Clock; readonly log: Log; readonly signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await privacy.sweep();
    } catch (error) {
      // The engine may be closed before whoever keeps it sweeping.
      if (error instanceof Error && error.name === 'AbortError') return;
      if (!signal.aborted) log.error('sweep-failed', { error: kindOf(error) });
    }
    try {
      await clock.sleep(EVERY_MS, signal);
    } catch {
      return;
    }
  }
}
