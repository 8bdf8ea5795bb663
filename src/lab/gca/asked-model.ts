import type { ChatModel } from '../../model/chat-model.ts';
import type { Ask } from '../calls/ask.ts';
import { callKey, type LabModel } from '../calls/call.ts';

/**
 * A model of the lab for rooms that stream: its answers come whole, through the journal. The same words
 * asked again are another throw of the dice.
 */
export function askedModel(lab: LabModel, ask: Ask, priority: number): ChatModel {
  const asked = new Map<string, number>();
  return {
    ...lab.model,
    async *stream(request, signal) {
      const key = callKey(lab.bodyOf(request));
      const take = (asked.get(key) ?? 0) + 1;
      asked.set(key, take);
      const { text, end, usage } = await ask(lab, request, { take, priority }, signal);
      if (text !== '') yield { type: 'text', text };
      yield { type: 'end', reason: end, usage };
    },
  };
}
