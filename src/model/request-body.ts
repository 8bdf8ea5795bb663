import type { AnswerForm, Notation } from './answer-form.ts';
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
 * @param options.notation how its form is asked for, or what comes next where that is refused
 */
export function buildRequestBody(
  settings: ModelSettings,
  request: ChatRequest,
  refused: ReadonlySet<OptionalPart>,
  { whole = false, notation }: { readonly whole?: boolean; readonly notation?: Notation | undefined } = {},
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
  const held = request.form && notation ? offerForm(request.form, notation, offer) : undefined;
  const told =
    held === 'json' && request.form ? [{ role: 'user', content: request.form.json.reminder } as const] : [];
  const messages = prepareMessages([...request.messages, ...told], { foldSystem });
  // JSON begins with its bracket, not within a plan.
  const prefill = held === 'json' ? undefined : request.prefill;
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
    const prompt = renderChatTemplate(messages, prefill);
    finish({ prompt });
    return { path: '/completions', body, sent };
  }
  if (messages[0]?.role === 'system') sent.add('system-role');
  if (settings.profile === 'her' && prefill !== undefined && prefill !== '') {
    // vLLM's words for "the last message is not over yet".
    const opened = offer('prefill', { continue_final_message: true, add_generation_prompt: false });
    if (opened) messages.push({ role: 'assistant', content: prefill });
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

/** The best notation from this one on that has not been refused; none where all are. */
function offerForm(
  { regex, grammar, json }: AnswerForm,
  from: Notation,
  offer: (part: OptionalPart, fields: Record<string, unknown>) => boolean,
): Notation | undefined {
  // vLLM from 0.10.2 on, vLLM before 0.12, SGLang: each passes over the others' fields.
  const regexes = { structured_outputs: { regex }, guided_regex: regex, regex };
  if (from === 'regex' && offer('form-regex', regexes)) return 'regex';
  if (from !== 'json' && offer('form-grammar', { grammar })) return 'grammar';
  const asFormat = (schema: unknown) => ({
    response_format: { type: 'json_schema', json_schema: { name: json.name, schema, strict: true } },
  });
  const taken =
    offer('form-patterns', asFormat(json.patterned)) || offer('form-schema', asFormat(json.schema));
  return taken ? 'json' : undefined;
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
