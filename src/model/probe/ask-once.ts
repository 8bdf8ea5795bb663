import { APIError } from 'openai';
import { readAnswerEvent } from '../answer-event.ts';
import type { ChatMessage } from '../chat-model.ts';
import { renderChatTemplate } from '../chat-template.ts';
import type { ModelSettings } from '../model-settings.ts';
import { openClient } from '../open-client.ts';
import type { ServerUsage } from '../usage.ts';

/** How an endpoint took one request. */
export type Taken = {
  readonly text: string;
  /** It came piece by piece. */
  readonly streamed: boolean;
  /** The field of a reasoning model’s own channel, where it was used. */
  readonly reasoningField: 'reasoning_content' | 'reasoning' | undefined;
  readonly usage: ServerUsage | undefined;
};

/**
 * Sends one request with exactly these fields, streamed, and once.
 *
 * @param timeoutMs milliseconds that the whole answer may take
 * @returns `refused` where the server does not take the request as it is
 * @throws APIError where it cannot answer at all; the signal's reason when aborted
 */
export async function askOnce(
  settings: ModelSettings,
  messages: readonly ChatMessage[],
  fields: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  timeoutMs = settings.timeoutMs,
): Promise<Taken | 'refused'> {
  const asCompletion = settings.endpoint === 'completions';
  const words = asCompletion ? { prompt: renderChatTemplate(messages) } : { messages };
  const body = { model: settings.name, ...words, stream: true, ...settings.extraBody, ...fields };
  const path = asCompletion ? '/completions' : '/chat/completions';
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await openClient(settings)
      .post(path, { body, stream: true, signal: within })
      .asResponse();
    return readTaken(response.headers.get('content-type') ?? '', await response.text());
  } catch (error) {
    signal.throwIfAborted();
    if (isRefusal(error)) return 'refused';
    throw error;
  }
}

/** llama-cpp-python answers 500 to a field that it cannot read. */
function isRefusal(error: unknown): boolean {
  return error instanceof APIError && [400, 422, 500, 501].includes(error.status ?? 0);
}

function readTaken(contentType: string, said: string): Taken {
  const streamed = contentType.includes('event-stream');
  const events = streamed
    ? said
        .split(/\r?\n/)
        .filter((line) => line.startsWith('data:') && !line.includes('[DONE]'))
        .map((line): unknown => JSON.parse(line.slice('data:'.length)))
    : [JSON.parse(said) as unknown];
  const read = events.map(readAnswerEvent);
  return {
    text: read.map(({ text }) => text).join(''),
    streamed: streamed && read.length > 1,
    reasoningField: read.some(({ reasoning }) => reasoning !== '') ? fieldIn(said) : undefined,
    usage: read.findLast(({ usage }) => usage !== undefined)?.usage,
  };
}

function fieldIn(said: string): Taken['reasoningField'] {
  return said.includes('"reasoning_content":"') ? 'reasoning_content' : 'reasoning';
}
