import type { ParsedTurn } from '../format/parsed-turn.ts';
import type { ChatRequest, ModelUsage } from '../model/chat-model.ts';
import { type Draft, type DraftOptions, draft } from './draft.ts';

/** The last draft, and how many there were. */
export type Performance = Draft & { readonly attempts: number };

export type PerformOptions = Omit<DraftOptions, 'onFirst'> & {
  /** The same prompt twice, but for a fixed reminder of the form. */
  readonly request: (secondTry: boolean) => ChatRequest;
  /** A draft ended, used or not; for traces. */
  readonly onDraft: (turn: ParsedTurn, attempt: number, usage: ModelUsage | undefined) => void;
};

export const ATTEMPTS = 2;

/**
 * One turn from a model. Fails closed: after an unusable draft one fresh attempt is made that quotes
 * nothing of it.
 *
 * @throws ModelError where the model cannot answer; the signal's reason when aborted
 */
export async function perform(options: PerformOptions, signal: AbortSignal): Promise<Performance> {
  for (let attempt = 1; ; attempt += 1) {
    const drafted = await draft(options, options.request(attempt > 1), signal);
    options.onDraft(drafted.turn, attempt, drafted.usage);
    if (drafted.turn.usable || attempt === ATTEMPTS) return { ...drafted, attempts: attempt };
  }
}
