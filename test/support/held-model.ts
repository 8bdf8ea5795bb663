import type { ChatModel, ChatRequest } from '../../src/model/chat-model.ts';
import { answeringModel } from './answering-model.ts';

/** A model that keeps a request waiting until the test answers it, and stops at once when aborted. */
export type HeldModel = ChatModel & {
  /** Resolves when the `n`-th request (from 1) has come. */
  asked(n: number): Promise<ChatRequest>;
  /** Answers the `n`-th request. */
  answer(n: number, text: string): void;
  /** How many requests were broken off. */
  aborted(): number;
};

export function heldModel(change: Partial<ChatModel> = {}): HeldModel {
  const requests: PromiseWithResolvers<ChatRequest>[] = [];
  const answers: PromiseWithResolvers<string>[] = [];
  let came = 0;
  let aborted = 0;

  const nth = <T>(list: PromiseWithResolvers<T>[], n: number): PromiseWithResolvers<T> => {
    while (list.length < n) list.push(Promise.withResolvers<T>());
    const found = list[n - 1];
    if (!found) throw new Error('requests are counted from 1');
    return found;
  };

  return {
    ...answeringModel(),
    async *stream(request, signal) {
      came += 1;
      const n = came;
      nth(requests, n).resolve(request);
      const broken = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      try {
        yield { type: 'text', text: await Promise.race([nth(answers, n).promise, broken]) };
      } catch (error) {
        aborted += 1;
        throw error;
      }
    },
    ...change,
    asked: (n) => nth(requests, n).promise,
    answer: (n, text) => nth(answers, n).resolve(text),
    aborted: () => aborted,
  };
}
