import { z } from 'zod';
import { ModelError } from './chat-model.ts';
import { readFailure, silenceError } from './model-failures.ts';
import { type EndpointSettings, endpointLabel, openClient } from './open-client.ts';
import { createSilenceWatch } from './silence-watch.ts';

const listSchema = z.object({
  data: z.array(z.object({ id: z.string().min(1), max_model_len: z.number().nullish() })),
});

/** A model as its server lists it; `contextSize` in tokens where the server says (vLLM). */
type ListedModel = { readonly name: string; readonly contextSize: number | undefined };

/** Names that tell that a model does something else than chat. */
const OTHER_TRADES =
  /embed|rerank|whisper|tts|dall-e|moderation|image|audio|realtime|transcribe|babbage|davinci|sora|clip/i;

/**
 * Asks an endpoint for its models, `/models`.
 *
 * @param timeoutMs how long it may take, milliseconds
 * @returns those that can chat, in the server's order
 * @throws ModelError, or the signal's reason
 */
export async function listModels(
  endpoint: EndpointSettings,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<ListedModel[]> {
  const asked = { model: 'The model list', endpoint: endpointLabel(endpoint.baseUrl) };
  const watch = createSilenceWatch({
    silenceMs: timeoutMs,
    caller: signal,
    onSilence: () => silenceError(asked, timeoutMs),
  });
  try {
    signal.throwIfAborted();
    const request = openClient(endpoint).get<unknown>('/models', { signal: watch.request.signal });
    const list = listSchema.parse(await watch.wait(request));
    return list.data
      .filter(({ id }) => !OTHER_TRADES.test(id))
      .map(({ id, max_model_len }) => ({ name: id, contextSize: max_model_len ?? undefined }));
  } catch (error) {
    signal.throwIfAborted();
    throw readFailure(error, asked).error;
  } finally {
    watch.stop();
  }
}

/**
 * The name to use where an address was given and no model: the first that the endpoint lists.
 *
 * @throws ModelError with what to do, or the signal's reason
 */
export async function resolveModelName(
  baseUrl: string,
  apiKey: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (new URL(baseUrl).hostname === 'api.openai.com') return OPENAI_DEFAULT_MODEL;
  const endpoint = apiKey === undefined ? { baseUrl } : { baseUrl, apiKey };
  const [first] = await listModels(endpoint, signal, LIST_TIMEOUT_MS);
  if (first !== undefined) return first.name;
  throw new ModelError(
    'unknown-model',
    `${endpointLabel(baseUrl)} has no chat model. Load one there, or set MODEL to the name of one.`,
    { retryable: false },
  );
}

/** OpenAI lists a hundred models in no useful order. This one is small, fast and cheap. */
export const OPENAI_DEFAULT_MODEL = 'gpt-5.4-mini';

const LIST_TIMEOUT_MS = 10_000;
