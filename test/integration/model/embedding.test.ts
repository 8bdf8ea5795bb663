import { afterEach, describe, expect, test } from 'vitest';
import { ModelError } from '../../../src/model/chat-model.ts';
import { createOpenAiEmbeddings } from '../../../src/model/embed.ts';
import { openModels } from '../../../src/model/model-cast.ts';
import { type ModelSettings, modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { type AnswersEmbeddings, embeddedTexts } from '../../doubles/model/embeddings.ts';
import { deadUrl, type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import type { FaultReply } from '../../doubles/model/reply.ts';

let double: ModelDouble | undefined;
afterEach(() => double?.close());

const NEVER = new AbortController().signal;
const TEXT = 'a text that nobody else may read';
const byLength: AnswersEmbeddings = (text) => [text.length, 1];

async function open(embed: AnswersEmbeddings, settings: Partial<ModelSettings> = {}) {
  double = await startModelDouble({ embed });
  const waits: number[] = [];
  const model = createOpenAiEmbeddings(
    modelSettingsSchema.parse({ name: 'embedder', baseUrl: double.url, apiKey: 'sk-key', ...settings }),
    {
      random: () => 0,
      sleep: async (ms) => {
        waits.push(ms);
      },
    },
  );
  return { model, waits, requests: double.requests };
}

async function failureOf(answer: Promise<unknown>): Promise<ModelError> {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError)) throw new Error('it did not fail as a model does', { cause: error });
  return error;
}

describe('an embeddings model', () => {
  test('gives each text its vector, in order, 64 to a request, with its own name and key', async () => {
    const { model, requests } = await open(byLength);
    const texts = Array.from({ length: 130 }, (_, at) => 'x'.repeat(at + 1));
    const vectors = await model.embed(texts, NEVER);
    expect(vectors.map(([length]) => length)).toEqual(texts.map((text) => text.length));
    expect(requests.map((request) => embeddedTexts(request).length)).toEqual([64, 64, 2]);
    for (const { path, body, headers } of requests) {
      expect(path).toBe('/v1/embeddings');
      expect(body).toMatchObject({ model: 'embedder', encoding_format: 'float' });
      expect(headers['authorization']).toBe('Bearer sk-key');
    }
  });

  test('asks nothing for no texts, and sends no empty text and no endless one', async () => {
    const { model, requests } = await open(byLength);
    expect(await model.embed([], NEVER)).toEqual([]);
    expect(requests).toHaveLength(0);
    await model.embed(['', 'y'.repeat(100_000)], NEVER);
    const [empty, long] = requests.flatMap(embeddedTexts);
    expect(empty?.length).toBeGreaterThan(0);
    expect(long?.length).toBeLessThanOrEqual(2000);
  });

  test('takes vectors by their index, in whatever order they come', async () => {
    const body = { data: [1, 0].map((index) => ({ index, embedding: [index] })) };
    const { model } = await open(() => ({ fault: 'status', status: 200, body }));
    expect((await model.embed(['a', 'b'], NEVER)).map(([first]) => first)).toEqual([0, 1]);
  });

  test('that fails once is asked again', async () => {
    let failed = false;
    const { model, waits } = await open((text) => {
      if (failed) return [text.length];
      failed = true;
      return { fault: 'status', status: 503 };
    });
    expect(await model.embed(['abc'], NEVER)).toEqual([Float32Array.of(3)]);
    expect(waits).toHaveLength(1);
  });

  const answers = (embedding: unknown, index: unknown = 0): FaultReply => ({
    fault: 'status',
    status: 200,
    body: { data: [{ index, embedding }] },
  });
  test.each([
    ['a refused key', { fault: 'status', status: 401, body: { error: { message: TEXT } } }, 'refused-key'],
    ['a server that knows no embeddings', { fault: 'status', status: 404 }, 'bad-request'],
    ['a web page', { fault: 'html' }, 'bad-request'],
    ['a vector of nothing', answers([]), 'bad-request'],
    ['a vector of words', answers(['one']), 'bad-request'],
    ['a vector of another text', answers([1], 7), 'bad-request'],
    ['a server that hangs up', { fault: 'hang-up' }, 'unreachable'],
    ['a server that says nothing', { fault: 'stall' }, 'timeout'],
  ] as const)('%s says what to do, and nothing of the text', async (_name, fault, failure) => {
    const { model } = await open(() => fault, { attempts: 1, timeoutMs: 100 });
    const error = await failureOf(model.embed([TEXT], NEVER));
    expect(error.failure).toBe(failure);
    expect(`${error.message} ${String(error.cause)}`).not.toContain(TEXT);
  });

  test('that is not there says so', async () => {
    const model = createOpenAiEmbeddings(
      modelSettingsSchema.parse({ name: 'embedder', baseUrl: await deadUrl(), attempts: 1 }),
    );
    expect((await failureOf(model.embed(['a'], NEVER))).failure).toBe('unreachable');
  });

  test('stops at once when nobody waits any more', async () => {
    const { model } = await open(() => ({ fault: 'stall' }));
    const controller = new AbortController();
    const answer = model.embed(['a'], controller.signal);
    const reason = new Error('nobody waits');
    controller.abort(reason);
    await expect(answer).rejects.toBe(reason);
  });
});

test('chat and embeddings at one endpoint share its limit', async () => {
  const held = Promise.withResolvers<string>();
  double = await startModelDouble({ embed: byLength, script: () => held.promise });
  const settings = { baseUrl: double.url, concurrency: 1 };
  const { actor, embed } = openModels(
    { actor: modelSettingsSchema.parse({ name: 'a', ...settings }) },
    { embed: modelSettingsSchema.parse({ name: 'e', ...settings }) },
  );
  const stream = actor?.stream(
    { messages: [{ role: 'user', content: 'x' }], maxTokens: 16, temperature: 0 },
    NEVER,
  );
  const chat = Array.fromAsync(stream ?? []);
  await double.received(1);
  const vectors = embed?.embed(['a'], NEVER);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(double.requests.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
  held.resolve('done');
  await chat;
  expect(await vectors).toHaveLength(1);
});
