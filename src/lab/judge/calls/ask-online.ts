import { ModelError, type ModelFailure } from '../../../model/chat-model.ts';
import type { Source } from './asking.ts';

/** Nothing gets better by asking again. */
const HOPELESS: readonly ModelFailure[] = ['refused-key', 'unknown-model'];
/** So many failures, and not one answer between them: the endpoint is down. */
const MOST_FAILURES = 8;

/**
 * Answers from the endpoint itself. Where it is plain that no answer will come, `giveUp` is told why, so
 * that thousands of pairs do not go missing one by one.
 */
export function askOnline(giveUp: (error: ModelError) => void): Source {
  let failures = 0;
  return async ({ key, request, judge }, signal) => {
    try {
      let text = '';
      for await (const delta of judge.model.stream(request, signal)) {
        if (delta.type === 'text') text += delta.text;
        if (delta.type !== 'end') continue;
        failures = 0;
        return { key, text, end: delta.reason, usage: delta.usage };
      }
      throw new ModelError('broken-stream', 'The answer ended in the middle.', { retryable: true });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ModelError) {
        failures += 1;
        if (HOPELESS.includes(error.failure) || failures >= MOST_FAILURES) giveUp(error);
      }
      throw error;
    }
  };
}
