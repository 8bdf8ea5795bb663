import { ModelError } from '../../model/chat-model.ts';
import type { Clock } from '../engine-options.ts';
import type { Making } from '../live-scene.ts';
import type { DraftedTurns, MadeTurn } from './made-turn.ts';

/** The time after which something of a turn must be there to show. */
export type Deadline = {
  /** Ends with half of it: whoever chooses the speaker must have done so. */
  readonly half: AbortSignal;
  /** The turn for whoever makes it: broken off when the time is up and nothing of it was shown. */
  readonly making: Making;
  /** Whether it was, by this deadline and not by anybody. */
  readonly missed: boolean;
  /** Its end. Never throws. */
  end(): Promise<void>;
};

/** @param ms since now */
export function startDeadline(clock: Clock, making: Making, ms: number): Deadline {
  const over = new AbortController();
  const half = new AbortController();
  const late = new AbortController();
  const { signal } = making.controller;
  const onBreak = () => late.abort(signal.reason);
  signal.addEventListener('abort', onBreak, { once: true });
  const waiting = (async () => {
    try {
      await clock.sleep(ms / 2, over.signal);
      half.abort();
      await clock.sleep(ms / 2, over.signal);
    } catch {
      return;
    }
    if (!making.visible) late.abort();
  })();
  return {
    half: half.signal,
    making: { ...making, controller: late },
    get missed() {
      return late.signal.aborted && !signal.aborted;
    },
    async end() {
      over.abort();
      signal.removeEventListener('abort', onBreak);
      await waiting;
    },
  };
}

/**
 * What `make` comes to; where it is late, or the model cannot answer, the understudy's turn instead, marked as such.
 * A turn of which something was shown goes on however long it takes.
 *
 * @throws the signal's reason where somebody broke it off
 */
export async function inTime(
  deadline: Deadline,
  original: Making,
  make: (making: Making) => Promise<DraftedTurns>,
  understudy: () => MadeTurn | undefined,
): Promise<DraftedTurns> {
  try {
    const drafted = await make(deadline.making);
    if (drafted.turns.length > 0) return drafted;
  } catch (error) {
    const { signal } = original.controller;
    if (signal.aborted || !(deadline.missed || error instanceof ModelError)) throw error;
  }
  const stood = understudy();
  return { turns: stood ? [{ ...stood, made: { ...stood.made, fallback: true } }] : [], waitedMs: 0 };
}
