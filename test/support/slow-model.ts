import { setImmediate } from 'node:timers/promises';
import type { Answer, LabModel } from '../../src/lab/calls/call.ts';
import type { ChatRequest } from '../../src/model/chat-model.ts';
import { answeringModel } from './answering-model.ts';
import { labModel } from './lab-model.ts';

export type SlowModel = LabModel & {
  /** What it was asked, in order, and what of it was answered. */
  readonly begun: ChatRequest[];
  readonly answered: ChatRequest[];
};

/** A model that takes so many turns of the event loop, never says the same twice, and stops when aborted. */
export function slowModel(turns: (request: ChatRequest) => number = () => 5): SlowModel {
  const begun: ChatRequest[] = [];
  const answered: ChatRequest[] = [];
  const usage = { model: 'slow', promptTokens: 1, cachedTokens: 0, completionTokens: 1 };
  const model = labModel(answeringModel({ name: 'slow' }), {
    async ask(request, signal): Promise<Answer> {
      begun.push(request);
      for (let turn = turns(request); turn > 0; turn -= 1) {
        await setImmediate();
        signal.throwIfAborted();
      }
      answered.push(request);
      const text = `answer ${answered.length}`;
      return { text, reasoning: 'to itself', end: 'stop', usage: { ...usage, msToFirst: 0, msToLast: 0 } };
    },
  });
  return { ...model, begun, answered };
}
