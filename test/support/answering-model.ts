import { createHash } from 'node:crypto';
import type { ChatModel, ChatRequest } from '../../src/model/chat-model.ts';

/** A model that answers at once, and the same to the same prompt; what it says tells prompts apart. */
export function answeringModel(
  change: Partial<ChatModel> = {},
): ChatModel & { readonly asked: ChatRequest[] } {
  const asked: ChatRequest[] = [];
  return {
    name: 'answering',
    profile: 'plain',
    contextSize: 8192,
    maxTokens: 512,
    temperature: 0,
    planning: 'short',
    async *stream(request, signal) {
      signal.throwIfAborted();
      asked.push(request);
      yield { type: 'text', text: answerTo(request) };
      yield { type: 'end', reason: 'stop', usage: NO_USAGE };
    },
    ...change,
    asked,
  };
}

/** What an answer costs that costs nothing. */
export const NO_USAGE = {
  model: 'answering',
  promptTokens: 1,
  cachedTokens: 0,
  completionTokens: 1,
  msToFirst: 0,
  msToLast: 0,
};

function answerTo(request: ChatRequest): string {
  if (request.jsonSchema?.name === 'world') return '{"narration":"A gull cries.","changes":[]}';
  if (request.jsonSchema) return '{"reasoning":"","next_speaker":"random"}';
  const mark = createHash('sha256').update(JSON.stringify(request.messages)).digest('hex').slice(0, 8);
  return `<system_thinking>PLAN-${mark}</system_thinking><role_thinking>THOUGHT-${mark}</role_thinking>Said ${mark}.`;
}

/** All that a request tells its model. */
export function promptOf(request: ChatRequest | undefined): string {
  return request?.messages.map((message) => message.content).join('\n\n') ?? '';
}
