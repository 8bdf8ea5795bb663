import type { ChatDelta, ChatModel, ChatRequest } from '../../model/chat-model.ts';
import { type Ask, keyOf, NotAnsweredYet } from './ask.ts';
import type { LabModel } from './call.ts';

/** A judge for one pair, which remembers what was asked of it. */
export type PairJudge = {
  readonly model: ChatModel;
  /** Keys of the calls that were answered, in the order in which they were asked. */
  readonly calls: readonly string[];
  /** Seeds that were sent, each once. */
  readonly seeds: ReadonlySet<number>;
  /** Something was asked that nobody has answered yet. */
  readonly pending: boolean;
};

/** A judge’s face for rooms that stream: what they ask goes through `ask`, in one piece. */
export function createAsking(ask: Ask): (judge: LabModel) => PairJudge {
  return (judge) => {
    // Each with its key once it is answered; two that were asked at once may be answered in any order.
    const asked: { key?: string }[] = [];
    const seeds = new Set<number>();
    const taken = new Map<string, number>();
    let pending = false;

    async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta> {
      const hash = keyOf(judge, request);
      // The same words asked again are another throw of the dice, and another call.
      const before = taken.get(hash) ?? 0;
      taken.set(hash, before + 1);
      if (request.seed !== undefined) seeds.add(request.seed);
      const one: { key?: string } = {};
      asked.push(one);
      try {
        const { key, text, end, usage } = await ask(judge, request, { take: before + 1 }, signal);
        one.key = key;
        if (text !== '') yield { type: 'text', text };
        yield { type: 'end', reason: end, usage };
      } catch (error) {
        // Nothing was thrown: whoever tries again asks for the same.
        taken.set(hash, before);
        pending ||= error instanceof NotAnsweredYet;
        throw error;
      }
    }

    return {
      model: { ...judge.model, stream },
      get calls() {
        return asked.flatMap(({ key }) => key ?? []);
      },
      seeds,
      get pending() {
        return pending;
      },
    };
  };
}
