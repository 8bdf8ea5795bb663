import { type ChatDelta, type ChatModel, type ChatRequest, ModelError } from '../../../model/chat-model.ts';
import { type Call, callKey, type LabJudge } from './call.ts';
import type { Journal } from './journal.ts';

/** Where answers come from that the journal does not hold. */
export type Source = (
  asked: {
    readonly key: string;
    readonly request: ChatRequest;
    readonly judge: LabJudge;
  },
  signal: AbortSignal,
) => Promise<Call>;

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

/** Thrown by a source that cannot answer now. */
export class NotAnsweredYet extends ModelError {
  constructor() {
    super('unreachable', 'It is not answered yet.', { retryable: false });
    this.name = 'NotAnsweredYet';
  }
}

/**
 * Judges that ask nothing twice: an answer in the journal is given again, any other comes from `source`
 * and is written down before it is used. Two who ask the same at once wait for one answer.
 */
export function createAsking(journal: Journal, source: Source): (judge: LabJudge) => PairJudge {
  const underWay = new Map<string, { readonly call: Promise<Call> }>();

  async function answer(
    key: string,
    judge: LabJudge,
    request: ChatRequest,
    signal: AbortSignal,
  ): Promise<Call> {
    const known = await journal.read(key);
    if (known) return known;
    const asked = underWay.get(key) ?? { call: ask(key, judge, request, signal) };
    underWay.set(key, asked);
    return asked.call;
  }

  async function ask(key: string, judge: LabJudge, request: ChatRequest, signal: AbortSignal): Promise<Call> {
    try {
      const call = await source({ key, request, judge }, signal);
      await journal.append(call);
      return call;
    } finally {
      underWay.delete(key);
    }
  }

  return (judge) => {
    const calls: string[] = [];
    const seeds = new Set<number>();
    const asked = new Map<string, number>();
    let pending = false;

    async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta> {
      const hash = callKey(judge.bodyOf(request));
      // The same words asked again are another throw of the dice, and another call.
      const times = asked.get(hash) ?? 0;
      asked.set(hash, times + 1);
      const key = times === 0 ? hash : `${hash}-${times + 1}`;
      if (request.seed !== undefined) seeds.add(request.seed);
      try {
        const { text, end, usage } = await answer(key, judge, request, signal);
        calls.push(key);
        if (text !== '') yield { type: 'text', text };
        yield { type: 'end', reason: end, usage };
      } catch (error) {
        // Nothing was thrown: whoever tries again asks for the same.
        asked.set(hash, times);
        pending ||= error instanceof NotAnsweredYet;
        throw error;
      }
    }

    return {
      model: { ...judge.model, stream },
      calls,
      seeds,
      get pending() {
        return pending;
      },
    };
  };
}
