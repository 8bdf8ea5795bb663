import type { OpenAI } from 'openai';
import { APIError } from 'openai';
import { Stream } from 'openai/streaming';
import { type AnswerEvent, readAnswerEvent } from './answer-event.ts';
import type { ChatDelta } from './chat-model.ts';
import { endedWithDone } from './lean-fetch.ts';
import { type Asked, cutOffError, notAModelError } from './model-failures.ts';
import type { SilenceWatch } from './silence-watch.ts';
import type { UsageTally } from './usage.ts';

/** A server may send its usage after the finish reason, or nothing more at all. */
const LAST_WORDS_MS = 2_000;
/** No model writes more characters a token over a whole answer; one that does is running away. */
const MOST_CHARACTERS_PER_TOKEN = 8;
const LEAST_CHARACTERS = 1_024;

/**
 * Reads one answer as deltas, the last of them `end`.
 *
 * An answer is whole when it brought a finish reason or ended with `[DONE]`; what fails after the
 * finish reason does not matter any more. One that merely stops is a `broken-stream`: it could be
 * half a sentence, or half a plan. One that runs on far beyond `maxTokens` is cut there (`length`).
 */
export async function* readAnswer(options: {
  readonly client: OpenAI;
  readonly response: Response;
  readonly maxTokens: number;
  readonly watch: SilenceWatch;
  readonly caller: AbortSignal;
  readonly tally: UsageTally;
  readonly asked: Asked;
}): AsyncGenerator<ChatDelta> {
  const { client, response, maxTokens, watch, caller, tally, asked } = options;
  const events = openEvents(client, response, watch, asked);
  let left = mostCharacters(maxTokens);
  let finish: AnswerEvent['finish'];
  let spoke = false;
  let declined = false;

  while (left > 0) {
    const event = await nextEvent();
    if (event === undefined) break;
    if (event.usage) tally.counted(event.usage);
    const reasoning = take(event.reasoning);
    if (reasoning !== '') {
      yield { type: 'reasoning', text: reasoning };
      // A slow listener is not a silent model.
      watch.heard();
    }
    const text = take(event.text);
    if (text !== '') {
      yield { type: 'text', text };
      watch.heard();
    }
    spoke ||= event.text !== '';
    declined ||= event.declined;
    if (event.finish !== undefined) {
      finish = event.finish;
      watch.heard();
    }
  }
  const ranOn = left <= 0;
  if (finish === undefined && !ranOn && !endedWithDone(response)) throw cutOffError(asked);
  const reason = ranOn ? 'length' : declined && !spoke ? 'filter' : (finish ?? 'other');
  yield { type: 'end', reason, usage: tally.total() };

  async function nextEvent(): Promise<AnswerEvent | undefined> {
    try {
      const next = await watch.wait(events.next(), finish === undefined ? undefined : LAST_WORDS_MS);
      return next.done ? undefined : readAnswerEvent(next.value);
    } catch (error) {
      caller.throwIfAborted();
      if (finish === undefined) throw error;
      return undefined;
    }
  }

  function take(words: string): string {
    const text = words.slice(0, left);
    left -= words.length;
    if (text !== '') tally.received(text);
    return text;
  }
}

/** So many characters an answer may have; what is longer has run away. */
export function mostCharacters(maxTokens: number): number {
  return Math.max(LEAST_CHARACTERS, maxTokens * MOST_CHARACTERS_PER_TOKEN);
}

/** The events of a stream; the one answer of a server that was asked to stream and does not. */
function openEvents(
  client: OpenAI,
  response: Response,
  watch: SilenceWatch,
  asked: Asked,
): AsyncIterator<unknown> {
  const contentType = response.headers.get('content-type') ?? '';
  if (/html|xml|^image|^audio|^video/i.test(contentType)) throw notAModelError(asked, contentType);
  if (/^application\/(.+\+)?json\b/i.test(contentType)) return wholeAnswer(response);
  return Stream.fromSSEResponse<unknown>(response, watch.request, client)[Symbol.asyncIterator]();
}

async function* wholeAnswer(response: Response): AsyncGenerator<unknown> {
  const whole: unknown = JSON.parse(await response.text());
  if (whole !== null && typeof whole === 'object' && 'error' in whole && whole.error) {
    throw new APIError(undefined, Object(whole.error), undefined, undefined);
  }
  yield whole;
}
