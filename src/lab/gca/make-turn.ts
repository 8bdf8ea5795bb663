import type { ChatRequest } from '../../model/chat-model.ts';
import type { Ask, Keep } from '../calls/ask.ts';
import type { LabModel } from '../calls/call.ts';
import { bestOf, type Choosing } from './best-of.ts';
import { keptTurn } from './kept-turn.ts';
import type { Acted } from './troupe.ts';

export type TurnMaking = {
  readonly model: LabModel;
  readonly ask: Ask;
  readonly priority: number;
  readonly keep: Keep;
  /** Of the first attempt, then of the one after it. */
  request(secondTry: boolean): ChatRequest;
  /** Takes of the same words that were thrown before, in other rounds. */
  readonly thrown?: number;
  /** Several drafts, and by what one is chosen. */
  readonly several?: { readonly count: number; readonly choosing: Omit<Choosing, 'ask' | 'priority'> };
};

const ATTEMPTS = 2;

/**
 * A turn from a model: its drafts are takes 1 to N of one request. Where none is usable they are made once
 * more, and then the turn comes to nothing.
 *
 * @throws ModelError where the model cannot answer; the signal’s reason when aborted
 */
export async function makeTurn(making: TurnMaking, signal: AbortSignal): Promise<Acted> {
  const { model, ask, priority, keep, several, thrown = 0 } = making;
  const count = several?.count ?? 1;
  for (let attempt = 1; ; attempt += 1) {
    const first = thrown + (attempt - 1) * count + 1;
    const request = making.request(attempt > 1);
    const asked = Array.from({ length: count }, (_, at) =>
      ask(model, request, { take: first + at, keep, priority }, signal),
    );
    const drafts = (await allOf(asked)).map((call): Acted => ({ ...keptTurn(call), attempts: attempt }));
    const usable = drafts.filter(({ segments }) => segments.length > 0);
    const chosen =
      several && usable.length > 1
        ? await bestOf(usable, { ...several.choosing, ask, priority }, signal)
        : usable[0];
    if (chosen) return chosen;
    const last = drafts.at(-1);
    if (attempt === ATTEMPTS) {
      return last ?? { segments: [], named: false, faults: [], planned: 0, attempts: attempt };
    }
  }
}

/** Takes that a round may throw. */
export function throwsOf(count: number): number {
  return ATTEMPTS * count;
}

/** All of them; where one fails, once none is under way any more. */
async function allOf<T>(asked: readonly Promise<T>[]): Promise<readonly T[]> {
  const settled = await Promise.allSettled(asked);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
