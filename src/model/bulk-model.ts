import { readAnswerEvent } from './answer-event.ts';
import type { ChatDelta, ChatModel, ChatRequest, ModelUsage } from './chat-model.ts';
import { type Connections, createConnections } from './connections.ts';
import { type Asked, cutOffError, readFailure, silenceError } from './model-failures.ts';
import type { ModelSettings } from './model-settings.ts';
import { endpointLabel } from './open-client.ts';
import { figuresOf, type OpenAiModelOptions } from './openai-model.ts';
import { createPostWhole } from './post-whole.ts';
import { mostCharacters } from './read-answer.ts';
import { buildRequestBody, type RequestBody } from './request-body.ts';
import { createRequestLimit } from './request-limit.ts';
import { sleep as realSleep } from './retry.ts';
import { createSendWhatFits } from './send-what-fits.ts';
import { createSilenceWatch, type SilenceWatch } from './silence-watch.ts';
import { waitForNextTry } from './try-again.ts';
import { createUsageTally } from './usage.ts';

/** An answer as it came, in one piece. `reasoning` is the model’s own channel: hidden, like system thinking. */
export type WholeAnswer = {
  readonly text: string;
  readonly reasoning: string;
  readonly end: Extract<ChatDelta, { type: 'end' }>['reason'];
  readonly usage: ModelUsage;
  /** Which model answered, in the endpoint’s own words. */
  readonly served?: string;
};

/** A request without streaming: what is hashed, and what stands in a batch file. */
export type WholeBody = {
  readonly url: `/v1${RequestBody['path']}`;
  readonly body: RequestBody['body'];
  /** The body as it goes over the wire: written once, to be named and to be sent. */
  readonly json: string;
};

/** A model for traffic in bulk: nothing is streamed, and requests keep their connections. */
export type BulkModel = ChatModel & {
  /** The request as it is sent where nothing was refused; the same object for the same request. */
  bodyOf(request: ChatRequest): WholeBody;
  /**
   * One whole answer. Of those that wait for the endpoint the lower `priority` goes first (0 to 9, 5 where
   * nothing is said).
   *
   * @throws ModelError once all attempts failed; the signal’s reason when aborted
   */
  ask(request: ChatRequest, signal: AbortSignal, priority?: number): Promise<WholeAnswer>;
};

export type BulkModelOptions = OpenAiModelOptions & {
  /** Shared by the models of one endpoint; without it the model has connections of its own. */
  readonly connections?: Connections;
};

/**
 * Opens a model at any OpenAI-compatible endpoint, for traffic in bulk. It behaves as `createOpenAiModel`
 * does: the same requests, failures, retries and limits; `stream` gives its answers in one piece.
 */
export function createBulkModel(settings: ModelSettings, options: BulkModelOptions = {}): BulkModel {
  const {
    limit = createRequestLimit(settings),
    connections = createConnections(),
    random = Math.random,
    now = () => performance.now(),
    sleep = realSleep,
  } = options;
  const { name, attempts } = settings;
  const asked: Asked = { model: name, endpoint: endpointLabel(settings.baseUrl) };
  const trying = { attempts, asked, random, sleep };
  const post = createPostWhole(settings, { connections, asked });
  const sendWhatFits = createSendWhatFits();
  // In bulk nothing is tried out: a form is asked for as the settings say, or not at all.
  const notation =
    settings.constrain === 'auto' || settings.constrain === 'off' ? undefined : settings.constrain;
  const bodies = new WeakMap<ChatRequest, { readonly sent: RequestBody; readonly told: WholeBody }>();

  function bodiesOf(request: ChatRequest) {
    const known = bodies.get(request);
    if (known) return known;
    const sent = buildRequestBody(settings, request, new Set(), { whole: true, notation });
    const { path, body } = sent;
    const made = { sent, told: { url: `/v1${path}`, body, json: JSON.stringify(body) } as const };
    bodies.set(request, made);
    return made;
  }

  async function ask(request: ChatRequest, signal: AbortSignal, priority?: number): Promise<WholeAnswer> {
    const began = now();
    let [failures, crowded] = [0, 0];
    for (;;) {
      const release = await limit.acquire(signal, priority);
      let failed: unknown;
      try {
        return await tryOnce(request, signal);
      } catch (error) {
        failed = error;
        // A run of hours does not end because for some minutes it was too many. Its place is kept
        // meanwhile: an endpoint that is asked too often is asked less.
        if (isAskedTooOften(error) && now() - began < PATIENCE_MS) {
          crowded += 1;
          await waitForNextTry(error, crowded, { ...trying, attempts: Number.POSITIVE_INFINITY }, signal);
          continue;
        }
      } finally {
        release();
      }
      failures += 1;
      await waitForNextTry(failed, failures, trying, signal);
    }
  }

  function isAskedTooOften(error: unknown): boolean {
    return readFailure(error, asked).error.failure === 'rate-limited';
  }

  async function tryOnce(request: ChatRequest, caller: AbortSignal): Promise<WholeAnswer> {
    const silenceMs = silenceOf(settings.timeoutMs, request.maxTokens);
    const onSilence = () => silenceError(asked, silenceMs);
    const watch = createSilenceWatch({ silenceMs, caller, onSilence });
    try {
      return await sendWhatFits(
        (leftOut) =>
          leftOut.size === 0
            ? bodiesOf(request).sent
            : buildRequestBody(settings, request, leftOut, { whole: true, notation }),
        (body) => {
          const { sent, told } = bodiesOf(request);
          return answerTo(request, body, watch, body === sent ? told.json : undefined);
        },
      );
    } finally {
      watch.stop();
    }
  }

  async function answerTo(
    { messages, maxTokens }: ChatRequest,
    { path, body }: RequestBody,
    watch: SilenceWatch,
    json = JSON.stringify(body),
  ): Promise<WholeAnswer> {
    const tally = createUsageTally({ model: name, messages, now });
    watch.heard();
    const whole = readAnswerEvent(await post(path, json, watch));
    const most = mostCharacters(maxTokens);
    const reasoning = whole.reasoning.slice(0, most);
    const text = whole.text.slice(0, most - reasoning.length);
    if (whole.finish === undefined && text === '' && !whole.declined) throw cutOffError(asked);
    tally.received(reasoning + text);
    if (whole.usage) tally.counted(whole.usage);
    const ranOn = text.length + reasoning.length < whole.text.length + whole.reasoning.length;
    const end = ranOn ? 'length' : whole.declined && text === '' ? 'filter' : (whole.finish ?? 'other');
    const { served } = whole;
    return { text, reasoning, end, usage: tally.total(), ...(served === undefined ? {} : { served }) };
  }

  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta> {
    const { text, reasoning, end, usage } = await ask(request, signal);
    if (reasoning !== '') yield { type: 'reasoning', text: reasoning };
    if (text !== '') yield { type: 'text', text };
    yield { type: 'end', reason: end, usage };
  }

  return { ...figuresOf(settings), stream, bodyOf: (request) => bodiesOf(request).told, ask };
}

/**
 * How long a model may say nothing. `timeoutMs` is meant for a first token; a whole answer is silent until
 * its last one is written, so every thousand tokens that it may have are given as long again.
 */
function silenceOf(timeoutMs: number, maxTokens: number): number {
  return Math.min(LONGEST_TIMER_MS, Math.round(timeoutMs * (1 + maxTokens / 1000)));
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** So long an endpoint may say that it is asked too often before that counts as a failed try. */
const PATIENCE_MS = 10 * 60_000;
