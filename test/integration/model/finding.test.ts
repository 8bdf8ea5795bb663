import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkEndpoint } from '../../../src/model/check-endpoint.ts';
import { findModels } from '../../../src/model/find-models.ts';
import { resolveModelName } from '../../../src/model/model-names.ts';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import {
  deadUrl,
  type ModelDouble,
  type ModelDoubleOptions,
  startModelDouble,
} from '../../doubles/model/model-double.ts';
import { failureOf } from './ask.ts';

const doubles: ModelDouble[] = [];
async function start(options: ModelDoubleOptions): Promise<ModelDouble> {
  const double = await startModelDouble(options);
  doubles.push(double);
  return double;
}
afterAll(async () => {
  for (const double of doubles) await double.close();
});

const never = new AbortController().signal;
let dead: { url: string; port: number };
beforeAll(async () => {
  const url = await deadUrl();
  dead = { url, port: Number(new URL(url).port) };
});
function ports(fields: { ollama?: number; 'lm-studio'?: number; 'llama.cpp'?: number } = {}) {
  return { ollama: dead.port, 'lm-studio': dead.port, 'llama.cpp': dead.port, ...fields };
}

describe('findModels', () => {
  test('finds nothing where nothing runs', async () => {
    expect(await findModels({ ports: ports(), signal: never })).toEqual([]);
  });

  test('offers what a server on this machine lists, where it goes and that it is free', async () => {
    const double = await start({ models: ['nomic-embed-text', 'big:120b-cloud', 'small:1b'] });
    const [found, ...others] = await findModels({ ports: ports({ ollama: double.port }), signal: never });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      kind: 'ollama',
      modelName: 'small:1b',
      baseUrl: double.url,
      where: 'this machine',
      costs: false,
      settings: { name: 'small:1b', baseUrl: double.url, contextSize: 4096, profile: 'plain' },
    });
    expect(double.requests.map(({ path }) => path)).toEqual(['/v1/models']);
    expect(double.requests[0]?.headers['authorization']).toBeUndefined();
  });

  test('takes the context size from a server that tells it', async () => {
    const double = await start({ models: [{ id: 'served', ...{ max_model_len: 32768 } }] });
    const [found] = await findModels({ ports: ports({ 'llama.cpp': double.port }), signal: never });
    expect(found?.settings.contextSize).toBe(32768);
  });

  test('offers a bare key last, without asking anyone', async () => {
    const double = await start({});
    const found = await findModels({
      bareKey: 'sk-1',
      ports: ports({ 'lm-studio': double.port }),
      signal: never,
    });
    expect(found.map(({ kind }) => kind)).toEqual(['lm-studio', 'openai-key']);
    expect(found[1]).toMatchObject({
      where: 'api.openai.com',
      costs: true,
      baseUrl: 'https://api.openai.com/v1',
      settings: { apiKey: 'sk-1' },
    });
    expect(found[1]?.modelName).not.toBe('');
    expect(double.requests).toHaveLength(1);
    expect(JSON.stringify(double.requests)).not.toContain('sk-1');
  });

  test.each([
    ['an error', { fault: 'status', status: 500 }],
    ['a web page', { fault: 'html' }],
    ['silence', { fault: 'stall' }],
    ['a hang-up', { fault: 'hang-up' }],
    ['something else', { fault: 'status', status: 200, body: { hello: 'world' } }],
    ['no models', []],
    [
      'a way elsewhere',
      { fault: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/v1/models' } },
    ],
  ] as const)('takes %s for nothing found', async (_name, models) => {
    const double = await start({ models });
    expect(await findModels({ ports: ports({ ollama: double.port }), signal: never })).toEqual([]);
  });

  test('never throws, aborted or not', async () => {
    expect(await findModels({ ports: ports(), signal: AbortSignal.abort() })).toEqual([]);
  });
});

describe('resolveModelName', () => {
  test('is the first chat model that the endpoint lists, asked with the key', async () => {
    const double = await start({ models: ['text-embedding-3', 'mistral-small', 'other'], apiKey: 'sk-1' });
    expect(await resolveModelName(double.url, 'sk-1', never)).toBe('mistral-small');
  });

  test('says what to do where there is none, no key or no server', async () => {
    const empty = await start({ models: [] });
    const closed = await start({ apiKey: 'sk-1' });
    const none = await failureOf(resolveModelName(empty.url, undefined, never));
    expect(none).toMatchObject({ failure: 'unknown-model' });
    expect(none.message).toContain('MODEL');
    expect(await failureOf(resolveModelName(closed.url, 'wrong', never))).toMatchObject({
      failure: 'refused-key',
    });
    expect(await failureOf(resolveModelName(dead.url, undefined, never))).toMatchObject({
      failure: 'unreachable',
    });
  });
});

describe('checkEndpoint', () => {
  test('is ok once something was streamed', async () => {
    const double = await start({});
    const check = await checkEndpoint(
      modelSettingsSchema.parse({ name: 'double-1', baseUrl: double.url }),
      never,
    );
    expect(check).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/^double-1 answers: first token after \d+ ms/),
    });
  });

  test('tries once, and says what to do', async () => {
    const double = await start({ script: () => ({ fault: 'status', status: 503 }) });
    const check = await checkEndpoint(
      modelSettingsSchema.parse({ name: 'double-1', baseUrl: double.url }),
      never,
    );
    expect(check).toMatchObject({ ok: false, whatToDo: expect.stringContaining('503') });
    expect(double.prompts).toHaveLength(1);
  });

  test('names what there is where the name is wrong', async () => {
    const body = { error: { message: "model 'typo' not found" } };
    const double = await start({
      models: ['a', 'b'],
      script: () => ({ fault: 'status', status: 404, body }),
    });
    const check = await checkEndpoint(
      modelSettingsSchema.parse({ name: 'typo', baseUrl: double.url }),
      never,
    );
    expect(check).toMatchObject({
      ok: false,
      whatToDo: expect.stringMatching(/no model "typo".*It has: a, b\.$/),
    });
  });

  test('throws nothing but the abort', async () => {
    const double = await start({});
    const reason = new Error('enough');
    const settings = modelSettingsSchema.parse({ name: 'double-1', baseUrl: double.url });
    await expect(checkEndpoint(settings, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
