import type { ChatDelta, ChatModel, ChatRequest, ModelUsage } from '../../../src/model/chat-model.ts';
import { ModelError } from '../../../src/model/chat-model.ts';
import { type ModelSettings, modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createOpenAiModel, type OpenAiModelOptions } from '../../../src/model/openai-model.ts';

/** A model that waits for nothing and waits at the double's own pace; `waits` is what it slept. */
export function openTestModel(
  baseUrl: string,
  settings: Partial<ModelSettings> = {},
  options: OpenAiModelOptions = {},
): ChatModel & { readonly waits: number[] } {
  const waits: number[] = [];
  const model = createOpenAiModel(modelSettingsSchema.parse({ name: 'double-1', baseUrl, ...settings }), {
    random: () => 0,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
    },
    ...options,
  });
  return { ...model, waits };
}

export function chatRequest(fields: Partial<ChatRequest> = {}): ChatRequest {
  return {
    messages: [
      { role: 'system', content: 'You are Ada.' },
      { role: 'user', content: 'Ben: Good evening, Ada.' },
    ],
    maxTokens: 200,
    temperature: 0.5,
    ...fields,
  };
}

export type Answer = {
  readonly text: string;
  readonly reasoning: string;
  readonly reason: string | undefined;
  readonly usage: ModelUsage | undefined;
};

/** Reads a stream to its end. */
export async function collect(deltas: AsyncIterable<ChatDelta>): Promise<Answer> {
  let text = '';
  let reasoning = '';
  let end: Extract<ChatDelta, { type: 'end' }> | undefined;
  for await (const delta of deltas) {
    if (end !== undefined) throw new Error('a delta came after the end');
    if (delta.type === 'text') text += delta.text;
    else if (delta.type === 'reasoning') reasoning += delta.text;
    else end = delta;
  }
  return { text, reasoning, reason: end?.reason, usage: end?.usage };
}

export async function ask(
  model: ChatModel,
  request: Partial<ChatRequest> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Answer> {
  return collect(model.stream(chatRequest(request), signal));
}

/** The `ModelError` that an answer must fail with; anything else fails the test. */
export async function failureOf(answer: Promise<unknown>): Promise<ModelError> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('the model answered');
}
