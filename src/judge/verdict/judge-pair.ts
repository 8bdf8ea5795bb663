import { type ChatRequest, ModelError, type ModelUsage } from '../../model/chat-model.ts';
import { decidedWithout } from './decided-without.ts';
import type { Judging } from './judging.ts';
import { askOrder } from './order-request.ts';
import { pairOf } from './pair-of.ts';
import { LONGEST_ANSWER, readOrder } from './read-order.ts';
import type { Missing, OrderVerdict, PairVerdict, Side } from './verdict.ts';

export type { Judging } from './judging.ts';

// Whoever thinks longer does not come to an end by itself. Characters.
const LONGEST_THOUGHT = 120_000;
/** A first answer and one more where it could not be read. */
const ATTEMPTS = 2;

/**
 * Compares two candidates, in both orders at once. Never throws for a judge that fails: its verdict is
 * missing then.
 * @throws the signal's reason when aborted
 */
export async function judgePair(judging: Judging, signal: AbortSignal): Promise<PairVerdict> {
  signal.throwIfAborted();
  const decided = decidedWithout(judging.first, judging.second);
  if (decided) return decided;
  const orders = await Promise.all([
    judgeOrder(judging, 'first', signal),
    judgeOrder(judging, 'second', signal),
  ]);
  return pairOf(orders);
}

async function judgeOrder(judging: Judging, shownFirst: Side, signal: AbortSignal): Promise<OrderVerdict> {
  const usage: ModelUsage[] = [];
  let again: Missing | undefined;
  for (let attempts = 1; ; attempts += 1) {
    const asked = askOrder(judging, shownFirst, again);
    const answer = await answerOf(judging, asked.request, usage, signal);
    const outcome =
      answer === undefined ? ({ type: 'missing', why: 'model-failed' } as const) : readOrder(answer, asked);
    if (outcome.type === 'read' || answer === undefined || attempts === ATTEMPTS) {
      return { shownFirst, outcome, attempts, usage };
    }
    again = outcome.why;
  }
}

/** Undefined where the model failed. */
async function answerOf(
  { model }: Judging,
  request: ChatRequest,
  usage: ModelUsage[],
  signal: AbortSignal,
): Promise<string | undefined> {
  let answer = '';
  let thought = 0;
  let ranOut = false;
  try {
    for await (const delta of model.stream(request, signal)) {
      if (delta.type === 'text') answer += delta.text;
      else if (delta.type === 'reasoning') thought += delta.text.length;
      else {
        usage.push(delta.usage);
        ranOut = delta.reason === 'length';
      }
      if (answer.length > LONGEST_ANSWER || thought > LONGEST_THOUGHT) break;
    }
    // All its tokens went into thinking on a channel of its own: it broke off, as if that stood here.
    return ranOut && answer.trim() === '' ? '<think>' : answer;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    signal.throwIfAborted();
    return undefined;
  }
}
