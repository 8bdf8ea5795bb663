import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type BulkModel, type BulkModelOptions, createBulkModel } from '../../../src/model/bulk-model.ts';
import { openBulkModels } from '../../../src/model/bulk-models.ts';
import { type ModelSettings, modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createRequestLimit } from '../../../src/model/request-limit.ts';
import { deadUrl, type ModelDoubleOptions, startModelDouble } from '../../doubles/model/model-double.ts';
import { type Reply, unsupportedParameter } from '../../doubles/model/reply.ts';
import { chatRequest, collect, failureOf } from './ask.ts';

const { signal } = new AbortController();

async function double(options: ModelDoubleOptions = {}) {
  const started = await startModelDouble(options);
  onTestFinished(() => started.close());
  return started;
}

/** The address of a server that answers by hand. */
async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1`;
}

/** A model that waits for nothing; `waits` is what it would have slept. */
function bulk(
  baseUrl: string,
  settings: Partial<ModelSettings> = {},
  options: BulkModelOptions = {},
): BulkModel & { readonly waits: number[] } {
  const waits: number[] = [];
  const model = createBulkModel(modelSettingsSchema.parse({ name: 'double-1', baseUrl, ...settings }), {
    random: () => 0,
    sleep: async (ms) => {
      waits.push(ms);
    },
    ...options,
  });
  return { ...model, waits };
}

const ANSWER = JSON.stringify({
  model: 'double-1-0613',
  system_fingerprint: 'fp_1',
  choices: [{ message: { content: 'Good evening, Ben. 😀' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 12, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 8 } },
});

describe('a whole answer', () => {
  test('is its text, its usage and who answered', async () => {
    const url = await served((_request, response) =>
      response.setHeader('content-type', 'application/json').end(ANSWER),
    );
    expect(await bulk(url).ask(chatRequest(), signal)).toMatchObject({
      text: 'Good evening, Ben. 😀',
      reasoning: '',
      end: 'stop',
      usage: { model: 'double-1', promptTokens: 12, cachedTokens: 8, completionTokens: 5 },
      served: 'double-1-0613 (fp_1)',
    });
  });

  test('may come in pieces that part a letter in two', async () => {
    const bytes = Buffer.from(ANSWER);
    const url = await served(async (_request, response) => {
      for (const byte of bytes) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    });
    expect((await bulk(url).ask(chatRequest(), signal)).text).toBe('Good evening, Ben. 😀');
  });

  test('has its reasoning apart', async () => {
    const model = await double();
    model.reply({ text: 'Aye.', reasoning: 'He asks again.' });
    const answer = await bulk(model.url).ask(chatRequest(), signal);
    expect(answer).toMatchObject({ text: 'Aye.', reasoning: 'He asks again.' });
    model.reply({ text: 'Aye.', reasoning: 'He asks again.' });
    expect(await collect(bulk(model.url).stream(chatRequest(), signal))).toMatchObject({
      text: 'Aye.',
      reasoning: 'He asks again.',
      reason: 'stop',
    });
  });

  test.each(['chat', 'completions'] as const)('is asked for by %s as it is named', async (endpoint) => {
    const model = await double();
    const asker = bulk(model.url, { endpoint, extraBody: { stream: true, top_k: 3 } });
    const request = chatRequest({ seed: 4 });
    await asker.ask(request, signal);
    const [sent] = model.prompts;
    const { url, body } = asker.bodyOf(request);
    expect(sent?.path).toBe(url);
    expect(sent?.body).toEqual(body);
    expect(body).toMatchObject({ model: 'double-1', top_k: 3, seed: 4 });
    expect(body).not.toHaveProperty('stream');
    expect(asker.bodyOf(request)).toBe(asker.bodyOf(request));
  });

  test('that runs on far beyond what was asked for is cut', async () => {
    const model = await double();
    model.reply('x'.repeat(5000));
    const answer = await bulk(model.url).ask(chatRequest({ maxTokens: 16 }), signal);
    expect({ length: answer.text.length, end: answer.end }).toEqual({ length: 1024, end: 'length' });
  });
});

describe('where a request goes', () => {
  test.each([
    ['', undefined, undefined],
    ['', 'key-1', 'Bearer key-1'],
    ['us%40er:pass@', undefined, `Basic ${Buffer.from('us@er:pass').toString('base64')}`],
    ['user:pass@', 'key-1', 'Bearer key-1'],
  ])('http://%s… with key %s', async (credentials, apiKey, authorization) => {
    const seen: unknown[] = [];
    const url = await served(({ url: path, headers }, response) => {
      seen.push([path, headers.authorization, headers['accept-encoding']]);
      response.end(ANSWER);
    });
    const baseUrl = `${url.replace('//', `//${credentials}`).replace('/v1', '/some/path/v1/')}?version=2`;
    await bulk(baseUrl, apiKey === undefined ? {} : { apiKey }).ask(chatRequest(), signal);
    expect(seen).toEqual([['/some/path/v1/chat/completions?version=2', authorization, undefined]]);
  });

  test('connections are kept', async () => {
    const ports = new Set<number | undefined>();
    const url = await served(({ socket }, response) => {
      ports.add(socket.remotePort);
      response.end(ANSWER);
    });
    const model = bulk(url, { concurrency: 1 });
    for (let time = 0; time < 5; time += 1) await model.ask(chatRequest(), signal);
    expect(ports.size).toBe(1);
  });

  test('models at one endpoint share its limit, the lower priority first', async () => {
    const order: string[] = [];
    let underWay = 0;
    const model = await double({
      script: async ({ promptText }) => {
        underWay += 1;
        expect(underWay).toBe(1);
        order.push(promptText.at(-1) ?? '');
        await new Promise(setImmediate);
        underWay -= 1;
        return 'Aye.';
      },
    });
    const settings = modelSettingsSchema.parse({ name: 'a', baseUrl: model.url, concurrency: 1 });
    const [one, other] = openBulkModels([settings, { ...settings, name: 'b', concurrency: 9 }]);
    const asked = (['5', '9', '0', '3', '3'] as const).map((words, at) =>
      (at % 2 === 0 ? one : other)?.ask(
        chatRequest({ messages: [{ role: 'user', content: words }] }),
        signal,
        Number(words),
      ),
    );
    await Promise.all(asked);
    expect(order.join('')).toBe('50339');
  });
});

describe('what fails', () => {
  const status = (code: number, headers = {}): Reply => ({ fault: 'status', status: code, headers });

  test('for now is asked again, as long after as the server asks', async () => {
    const model = await double();
    const asker = bulk(model.url);
    model.reply(status(500), status(429, { 'retry-after': '3' }), 'Aye.');
    expect((await asker.ask(chatRequest(), signal)).text).toBe('Aye.');
    expect(asker.waits).toEqual([250, 3000]);
  });

  test('what is asked too often is asked until it is answered, less often meanwhile', async () => {
    const model = await double();
    const limit = createRequestLimit({ concurrency: 1 });
    const asker = bulk(model.url, { attempts: 2 }, { limit });
    model.reply(...Array.from({ length: 5 }, () => status(429)), 'Aye.');
    const answers = await Promise.all([1, 2].map(() => asker.ask(chatRequest(), signal)));
    expect(answers.map(({ text }) => text)).toContain('Aye.');
    expect(model.prompts).toHaveLength(7);
    // Nobody is asked while one waits with the only place: the two take turns, and wait longer each time.
    expect(asker.waits).toEqual([250, 250, 500, 500, 1000]);
  });

  test('what is asked too often for ten minutes has failed', async () => {
    let time = 0;
    const sleep = async (ms: number) => {
      time += ms;
    };
    const script = () => status(429, { 'retry-after': '60' });
    const crowded = await double({ script });
    const asker = bulk(crowded.url, { attempts: 1 }, { sleep, now: () => time });
    expect((await failureOf(asker.ask(chatRequest(), signal))).failure).toBe('rate-limited');
    expect(crowded.prompts).toHaveLength(11);
  });

  test('holds no place while it waits', async () => {
    const model = await double();
    const limit = createRequestLimit({ concurrency: 1 });
    let free = false;
    const sleep = async () => {
      (await limit.acquire(signal))();
      free = true;
    };
    model.reply(status(503), 'Aye.');
    await bulk(model.url, {}, { limit, sleep }).ask(chatRequest(), signal);
    expect(free).toBe(true);
  });

  test.each<[Reply, string]>([
    [status(401), 'refused-key'],
    [{ fault: 'html' }, 'bad-request'],
    [status(302, { location: 'http://127.0.0.1:1/' }), 'bad-request'],
    [status(404), 'bad-request'],
    [status(429, { 'retry-after': '3600' }), 'rate-limited'],
    [
      { fault: 'status', status: 400, body: { error: { message: 'maximum context length is 8' } } },
      'bad-request',
    ],
    [{ fault: 'empty' }, 'bad-request'],
  ])('for good is asked once: %j', async (reply, failure) => {
    const model = await double();
    model.reply(reply);
    const error = await failureOf(bulk(model.url).ask(chatRequest(), signal));
    expect(error.failure).toBe(failure);
    expect(model.requests).toHaveLength(1);
  });

  test.each<[string, RequestListener, string]>([
    ['hangs up', (request) => request.socket.destroy(), 'unreachable'],
    ['says nothing', () => {}, 'timeout'],
    ['falls silent', (_request, response) => response.write('{"choices":'), 'timeout'],
    [
      'is cut off',
      (request, response) => response.write('{"choices":', () => request.socket.destroy()),
      'broken-stream',
    ],
    ['ends in the middle', (_request, response) => response.end(ANSWER.slice(0, 60)), 'broken-stream'],
    ['has no answer in it', (_request, response) => response.end('{"choices":[]}'), 'broken-stream'],
    [
      'is an error',
      (_request, response) => response.end('{"error":{"message":"overloaded"}}'),
      'server-error',
    ],
  ])('an answer that %s is asked for again', async (_what, listener, failure) => {
    let requests = 0;
    const url = await served((request, response) => {
      requests += 1;
      listener(request, response);
    });
    // Only who is to be found silent is given little time.
    const timeoutMs = failure === 'timeout' ? 200 : 60_000;
    const error = await failureOf(bulk(url, { timeoutMs, attempts: 2 }).ask(chatRequest(), signal));
    expect({ failure: error.failure, requests }).toEqual({ failure, requests: 2 });
  });

  test('nobody is there', async () => {
    const error = await failureOf(bulk(await deadUrl()).ask(chatRequest(), signal));
    expect(error.failure).toBe('unreachable');
    expect(error.message).toContain('ECONNREFUSED');
  });

  test('no more than 64 MiB are read', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024, ' ');
    const url = await served((_request, response) => {
      const pour = () => {
        while (response.write(mebibyte)) if (response.destroyed) return;
        response.once('drain', pour);
      };
      pour();
    });
    const error = await failureOf(bulk(url, { attempts: 1 }).ask(chatRequest(), signal));
    expect(error.failure).toBe('broken-stream');
  });

  test('a part that is refused is left out from then on', async () => {
    const model = await double();
    const asker = bulk(model.url);
    const request = chatRequest({ jsonSchema: { name: 'flaws', schema: { type: 'object' } } });
    model.reply(unsupportedParameter('response_format'), 'Aye.', 'Aye.');
    await asker.ask(request, signal);
    await asker.ask(request, signal);
    const forms = model.prompts.map(({ body }) => body['response_format']);
    expect(forms.map((form) => Object(form).type)).toEqual(['json_schema', 'json_object', 'json_object']);
    // Its name is that of what was wanted.
    expect(asker.bodyOf(request).body).toHaveProperty('response_format.type', 'json_schema');
    expect(asker.waits).toEqual([]);
  });

  test('says nothing of keys and prompts', async () => {
    const model = await double({ apiKey: 'key-1' });
    const error = await failureOf(bulk(model.url, { apiKey: 'key-of-ours' }).ask(chatRequest(), signal));
    expect(JSON.stringify([error.message, error.cause])).not.toMatch(/key-of-ours|sk-abc|Ada|Ben/);
  });
});

describe('who leaves', () => {
  const reason = new Error('enough');

  test('ends the request', async () => {
    const abort = new AbortController();
    const gone = Promise.withResolvers<void>();
    const url = await served((request) => {
      request.socket.once('close', () => gone.resolve());
      abort.abort(reason);
    });
    await expect(bulk(url).ask(chatRequest(), abort.signal)).rejects.toBe(reason);
    await gone.promise;
  });

  test('while it waits for another try is not tried again', async () => {
    const model = await double();
    const abort = new AbortController();
    model.reply({ fault: 'status', status: 500 });
    const sleep = async () => {
      abort.abort(reason);
      throw reason;
    };
    await expect(bulk(model.url, {}, { sleep }).ask(chatRequest(), abort.signal)).rejects.toBe(reason);
    expect(model.requests).toHaveLength(1);
  });

  test('the longest time that may be set does not end at once', async () => {
    const model = await double();
    const asker = bulk(model.url, { timeoutMs: 3_600_000 });
    expect((await asker.ask(chatRequest({ maxTokens: 1_000_000 }), signal)).end).toBe('stop');
  });
});
