import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { PROBE_FIELDS } from '../../../src/model/choose-notation.ts';
import { type AnswersEmbeddings, embeddingsAnswer } from './embeddings.ts';
import { type AnswersModerations, moderationsAnswer } from './moderations.ts';
import { PROVIDERS, type ProviderName, playProvider } from './providers.ts';
import { promptTextOf, type RecordedRequest, requestBodySchema } from './recorded-request.ts';
import type { FaultReply, Reply, ReplySource } from './reply.ts';
import { type Canaries, createSmartDefault, type SmartDefaultOptions } from './smart-default.ts';
import { writeReply } from './write-reply.ts';

export type ModelDoubleOptions = SmartDefaultOptions & {
  /** Asked before the smart default, where nothing is queued; `undefined` leaves it to that. */
  readonly script?: (request: RecordedRequest) => Reply | Promise<Reply> | undefined;
  /**
   * Which server it plays, with what that enforces, refuses and tells. Without one it plays none, and what
   * asks a server for its quirks is answered aside: no queued answer is taken, nothing is recorded.
   */
  readonly provider?: ProviderName;
  /** What `/v1/models` lists, or how it fails. */
  readonly models?: readonly (string | { readonly id: string })[] | FaultReply;
  /** What `/v1/embeddings` answers: a vector for each text, or how it fails. Default: none is there. */
  readonly embed?: AnswersEmbeddings;
  /** What `/v1/moderations` answers: the categories flagged in a text, or how it fails. Default: none is there. */
  readonly moderate?: AnswersModerations;
  /** Requests without this key are refused. */
  readonly apiKey?: string;
  /** Milliseconds before each delta of the smart default: a turn that takes its time. */
  readonly pauseMs?: number;
};

export type ModelDouble = {
  /** Base URL, ending in /v1. */
  readonly url: string;
  readonly port: number;
  /** All requests that came in, `/v1/models` included, in order. */
  readonly requests: readonly RecordedRequest[];
  /** Those for an answer. */
  readonly prompts: readonly RecordedRequest[];
  /** What the smart default planted in hidden layers. */
  readonly canaries: Canaries;
  /** Queues answers; each is used once, in order. */
  reply(...replies: readonly ReplySource[]): void;
  /** Resolves once `count` requests for an answer have come in. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts a model server on 127.0.0.1 that speaks OpenAI's wire: `/v1/models`, `/v1/chat/completions`,
 * `/v1/completions` (streamed or whole), `/v1/embeddings` and `/v1/moderations` where it is told how. It answers what is
 * queued, else what the script says, else something plausible with canaries in every hidden layer.
 */
export async function startModelDouble(options: ModelDoubleOptions = {}): Promise<ModelDouble> {
  const { provider, models = ['double-1'], embed, moderate, apiKey, pauseMs } = options;
  const script = options.script ?? (provider && playProvider(PROVIDERS[provider]));
  const requests: RecordedRequest[] = [];
  const prompts: RecordedRequest[] = [];
  const queue: ReplySource[] = [];
  const waiters: { count: number; resolve: () => void }[] = [];
  const smartDefault = createSmartDefault(options);

  async function answer(request: RecordedRequest, response: ServerResponse): Promise<void> {
    if (apiKey !== undefined && request.headers['authorization'] !== `Bearer ${apiKey}`) {
      const error = { message: 'Incorrect API key provided: sk-abc***xyz.', code: 'invalid_api_key' };
      return writeReply(response, request, { fault: 'status', status: 401, body: { error } });
    }
    if (request.path === '/v1/models') return writeModels(request, response);
    if (request.path === '/v1/embeddings' && embed) {
      return writeReply(response, request, embeddingsAnswer(request, embed));
    }
    if (request.path === '/v1/moderations' && moderate) {
      return writeReply(response, request, moderationsAnswer(request, moderate));
    }
    if (!/^\/v1\/(chat\/)?completions$/.test(request.path)) {
      return writeReply(response, request, { fault: 'status', status: 404, body: { detail: 'Not Found' } });
    }
    prompts.push(request);
    for (const waiter of waiters) if (prompts.length >= waiter.count) waiter.resolve();
    const queued = queue.shift();
    const reply = typeof queued === 'function' ? await queued(request) : queued;
    return writeReply(response, request, reply ?? (await script?.(request)) ?? inItsTime(request));
  }

  function inItsTime(request: RecordedRequest): Reply {
    const reply = smartDefault.reply(request);
    return typeof reply === 'string' && pauseMs !== undefined ? { text: reply, pauseMs } : reply;
  }

  async function writeModels(request: RecordedRequest, response: ServerResponse): Promise<void> {
    if ('fault' in models) return writeReply(response, request, models);
    const data = models.map((model) => ({
      object: 'model',
      ...(typeof model === 'string' ? { id: model } : model),
    }));
    return writeReply(response, request, { fault: 'status', status: 200, body: { object: 'list', data } });
  }

  async function take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await record(incoming, response);
    if (provider === undefined && asksForQuirks(request)) return writeReply(response, request, 'ready');
    requests.push(request);
    await answer(request, response);
  }

  const server = createServer((incoming, response) => {
    // A client may leave at any moment; that is what many tests are about.
    response.on('error', () => undefined);
    take(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    prompts,
    canaries: smartDefault.canaries,
    reply: (...replies) => {
      queue.push(...replies);
    },
    async received(count) {
      if (prompts.length >= count) return;
      await new Promise<void>((resolve) => waiters.push({ count, resolve }));
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The one request by which `constrain: auto` finds out what a server enforces. */
function asksForQuirks({ body }: RecordedRequest): boolean {
  return body['grammar'] === PROBE_FIELDS.grammar && body['guided_regex'] === PROBE_FIELDS.guided_regex;
}

/** A base URL on this machine where nobody listens. */
export async function deadUrl(): Promise<string> {
  const double = await startModelDouble();
  await double.close();
  return double.url;
}

async function record(incoming: IncomingMessage, response: ServerResponse): Promise<RecordedRequest> {
  const raw = await text(incoming);
  const body = requestBodySchema.parse(raw === '' ? {} : JSON.parse(raw));
  const { pathname, search } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  let closedEarly = false;
  const closed = new Promise<void>((resolve) => {
    response.on('close', () => {
      closedEarly = !response.writableFinished;
      resolve();
    });
  });
  return {
    method: incoming.method ?? '',
    path: pathname,
    query: search,
    headers: incoming.headers,
    body,
    promptText: promptTextOf(body),
    get closedEarly() {
      return closedEarly;
    },
    closed,
  };
}
