import { ModelError } from '../../model/chat-model.ts';
import { isHopeless, type Source } from './ask.ts';

/** So many failures, and not one answer between them: the endpoint is down. */
const MOST_FAILURES = 8;

/**
 * Answers from the endpoint itself. Where it is plain that no answer will come, `giveUp` is told why, so
 * that thousands of pairs do not go missing one by one.
 */
export function askOnline(giveUp: (error: ModelError) => void): Source {
  let failures = 0;
  return async ({ request, model, priority }, signal) => {
    try {
      const answer = await model.ask(request, signal, priority);
      failures = 0;
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ModelError) {
        failures += 1;
        if (isHopeless(error) || failures >= MOST_FAILURES) giveUp(error);
      }
      throw error;
    }
  };
}
