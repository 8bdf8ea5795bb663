import type { ChatRequest } from './chat-model.ts';
import { CHAT_TEMPLATE_STOPS, renderChatTemplate } from './chat-template.ts';
import type { ModelSettings } from './model-settings.ts';
import { prepareMessages } from './prepare-messages.ts';
import type { OptionalPart } from './request-fallbacks.ts';

export type RequestBody = {
  readonly path: '/chat/completions' | '/completions';
  readonly body: Record<string, unknown>;
  /** The optional parts that are in it. */
  readonly sent: ReadonlySet<OptionalPart>;
};

/** OpenAI's limit; other servers allow more, none asks for more. */
const MOST_STOPS = 4;

/**
 * Writes a request as one endpoint takes it, without the parts that it is known to refuse.
 * `extraBody` goes over ours, but for what makes it this request: model, messages, streaming.
 *
 * @param options.whole the answer is not to be streamed
 */
export function buildRequestBody(
  settings: ModelSettings,
  request: ChatRequest,
  refused: ReadonlySet<OptionalPart>,
  { whole = false }: { readonly whole?: boolean } = {},
): RequestBody {
  const sent = new Set<OptionalPart>();
  const body: Record<string, unknown> = {};
  /** Puts fields in, unless this part was refused before. */
  function offer(part: OptionalPart, fields: Record<string, unknown>): boolean {
    if (refused.has(part)) return false;
    sent.add(part);
    Object.assign(body, fields);
    return true;
  }

  /** Puts in what `extraBody` may not change. */
  function finish(words: Record<string, unknown>): void {
    Object.assign(body, settings.extraBody, { model: settings.name, ...words, stream: true });
    if (!whole) return;
    delete body['stream'];
    delete body['stream_options'];
  }

  const asCompletion = settings.endpoint === 'completions';
  const foldSystem = refused.has('system-role');
  const messages = prepareMessages(request.messages, { foldSystem });
  if (!(offer('max-tokens', { max_tokens: request.maxTokens }) || asCompletion)) {
    body['max_completion_tokens'] = request.maxTokens;
  }
  offer('temperature', { temperature: request.temperature });
  if (request.seed !== undefined) offer('seed', { seed: request.seed });
  const stop = stopSequences(request.stop ?? [], asCompletion);
  if (stop.length > 0) offer('stop', { stop });
  // Usage comes with every whole answer.
  if (!whole) offer('usage', { stream_options: { include_usage: true } });
  if (request.jsonSchema !== undefined) offerJson(request.jsonSchema, offer);

  if (asCompletion) {
    const prompt = renderChatTemplate(messages, request.prefill);
    finish({ prompt });
    return { path: '/completions', body, sent };
  }
  if (messages[0]?.role === 'system') sent.add('system-role');
  if (settings.profile === 'her' && request.prefill !== undefined && request.prefill !== '') {
    // vLLM's words for "the last message is not over yet".
    const opened = offer('prefill', { continue_final_message: true, add_generation_prompt: false });
    if (opened) messages.push({ role: 'assistant', content: request.prefill });
  }
  finish({ messages });
  return { path: '/chat/completions', body, sent };
}

function stopSequences(wanted: readonly string[], asCompletion: boolean): string[] {
  const [end, ...rest] = CHAT_TEMPLATE_STOPS;
  const all = asCompletion ? [end, ...wanted, ...rest] : wanted;
  const stops = all.filter((stop) => stop !== '').map((stop) => stop.toWellFormed());
  return [...new Set(stops)].slice(0, MOST_STOPS);
}

/** The strictest form of JSON output that has not been refused; after the last, plain text. */
function offerJson(
  { name, schema }: NonNullable<ChatRequest['jsonSchema']>,
  offer: (part: OptionalPart, fields: Record<string, unknown>) => boolean,
): void {
  // OpenAI allows no other characters in a schema's name.
  const schemaName = name.replace(/[^\w-]/g, '_').slice(0, 64);
  const format = { type: 'json_schema', json_schema: { name: schemaName, schema, strict: true } };
  // llama.cpp's family takes the schema here; OpenAI knows the bare form only.
  offer('json-schema', { response_format: format }) ||
    offer('json-object-schema', { response_format: { type: 'json_object', schema } }) ||
    offer('json-object', { response_format: { type: 'json_object' } });
}
