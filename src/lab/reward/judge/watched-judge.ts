import { type ChatDelta, type ChatModel, type ChatRequest, ModelError } from '../../../model/chat-model.ts';
import type { LabModel } from '../../calls/call.ts';

/** How the judge has been of late. */
export type JudgeState = {
  /** Null before its first answer. */
  readonly answers: boolean | null;
  /** What went wrong last, for the operator; '' where nothing has since its last answer. */
  readonly problem: string;
  /** Requests at it, or waiting for it. */
  readonly inFlight: number;
};

/** A judge that is asked in bulk, and how it is. */
export function watchJudge(judge: LabModel): { readonly model: ChatModel; state(): JudgeState } {
  let answers: boolean | null = null;
  let problem = '';
  let inFlight = 0;

  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta> {
    inFlight += 1;
    try {
      const { text, reasoning, end, usage } = await judge.ask(request, signal);
      answers = true;
      problem = '';
      if (reasoning !== '') yield { type: 'reasoning', text: reasoning };
      if (text !== '') yield { type: 'text', text };
      yield { type: 'end', reason: end, usage };
    } catch (error) {
      if (error instanceof ModelError) {
        answers = false;
        problem = error.message;
      }
      throw error;
    } finally {
      inFlight -= 1;
    }
  }

  return { model: { ...judge.model, stream }, state: () => ({ answers, problem, inFlight }) };
}
