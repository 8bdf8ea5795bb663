import type { LabModel } from '../../src/lab/calls/call.ts';
import type { ChatModel } from '../../src/model/chat-model.ts';

/** A model of a test as the lab has its models: asked for whole answers, named by its request. */
export function labModel(model: ChatModel, more: Partial<LabModel> = {}): LabModel {
  return {
    model,
    endpoint: 'http://127.0.0.1/v1',
    bodyOf: (request) => ({ url: '/v1/chat/completions', body: { model: model.name, ...request } }),
    async ask(request, signal) {
      let [text, reasoning] = ['', ''];
      for await (const delta of model.stream(request, signal)) {
        if (delta.type === 'text') text += delta.text;
        else if (delta.type === 'reasoning') reasoning += delta.text;
        else return { text, reasoning, end: delta.reason, usage: delta.usage };
      }
      throw new Error('the answer has no end');
    },
    ...more,
  };
}
