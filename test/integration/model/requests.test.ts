import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import type { RequestBody } from '../../doubles/model/recorded-request.ts';
import { type Reply, unsupportedParameter } from '../../doubles/model/reply.ts';
import { ask, failureOf, openTestModel } from './ask.ts';

let double: ModelDouble;
let refuse: (body: RequestBody) => Reply | undefined = () => undefined;
beforeAll(async () => {
  double = await startModelDouble({ script: (request) => refuse(request.body) ?? 'Yes.' });
});
afterAll(() => double.close());

const schema = { type: 'object', properties: { next_speaker: { type: 'string', enum: ['Ada', 'Ben'] } } };
const jsonSchema = { name: 'next speaker', schema };

async function bodiesOf(work: () => Promise<unknown>): Promise<RequestBody[]> {
  const before = double.prompts.length;
  await work();
  return double.prompts.slice(before).map(({ body }) => body);
}

describe('a request', () => {
  test('holds what was asked, and no names', async () => {
    refuse = () => undefined;
    const model = openTestModel(double.url, {
      apiKey: 'sk-1',
      extraBody: { top_k: 40, temperature: 0.1, stream: false },
    });
    const [body] = await bodiesOf(() => ask(model, { stop: ['\nBen:', '\nCyd:'], seed: 7 }));
    expect(body).toEqual({
      model: 'double-1',
      messages: [
        { role: 'system', content: 'You are Ada.' },
        { role: 'user', content: 'Ben: Good evening, Ada.' },
      ],
      max_tokens: 200,
      temperature: 0.1,
      seed: 7,
      stop: ['\nBen:', '\nCyd:'],
      stream: true,
      stream_options: { include_usage: true },
      top_k: 40,
    });
    expect(double.prompts.at(-1)?.headers['authorization']).toBe('Bearer sk-1');
  });

  test('has four stop sequences at most', async () => {
    const stop = ['', 'a', 'b', 'a', 'c', 'd', 'e'];
    const [body] = await bodiesOf(() => ask(openTestModel(double.url), { stop }));
    expect(body?.stop).toEqual(['a', 'b', 'c', 'd']);
  });

  test('opens the plan for the released weights only', async () => {
    const prefill = '<system_thinking>';
    const [plain] = await bodiesOf(() => ask(openTestModel(double.url), { prefill }));
    expect(plain?.messages).toHaveLength(2);
    expect(plain).not.toHaveProperty('continue_final_message');
    const [her] = await bodiesOf(() => ask(openTestModel(double.url, { profile: 'her' }), { prefill }));
    expect(her?.messages?.at(-1)).toEqual({ role: 'assistant', content: prefill });
    expect(her).toMatchObject({ continue_final_message: true, add_generation_prompt: false });
  });

  test('to a completions endpoint is one prompt in the layout of the weights, plan opened', async () => {
    const model = openTestModel(double.url, { endpoint: 'completions', profile: 'her' });
    const stop = ['\nBen:', '\nCyd:', '\nDan:', '\nEve:'];
    const [body] = await bodiesOf(async () => {
      expect(await ask(model, { prefill: '<system_thinking>', stop })).toMatchObject({
        text: 'Yes.',
        reason: 'stop',
      });
    });
    expect(double.prompts.at(-1)?.path).toBe('/v1/completions');
    expect(body?.prompt).toBe(
      '<|im_start|>system\nYou are Ada.<|im_end|>\n<|im_start|>user\nBen: Good evening, Ada.<|im_end|>\n' +
        '<|im_start|>assistant\n<system_thinking>',
    );
    expect(body).not.toHaveProperty('messages');
    expect(body?.stop).toEqual(['<|im_end|>', '\nBen:', '\nCyd:', '\nDan:']);
  });

  test('asks for JSON by its schema, under a name that OpenAI allows', async () => {
    const [body] = await bodiesOf(() => ask(openTestModel(double.url), { jsonSchema }));
    expect(body?.response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'next_speaker', schema, strict: true },
    });
  });
});

describe('what a server refuses is left out, and stays out', () => {
  /** Both requests of a model to a server that refuses: how many tries, and the last body of each. */
  async function twice(settings = {}, request = {}) {
    const model = openTestModel(double.url, { attempts: 1, ...settings });
    const first = await bodiesOf(async () =>
      expect(await ask(model, request)).toMatchObject({ text: 'Yes.' }),
    );
    const second = await bodiesOf(() => ask(model, request));
    expect(second).toHaveLength(1);
    expect(second[0]).toEqual(first.at(-1));
    return { tries: first.length, body: first.at(-1) };
  }

  test.each(['temperature', 'stop', 'seed', 'stream_options'])('%s', async (field) => {
    refuse = (body) => (field in body ? unsupportedParameter(field) : undefined);
    const { tries, body } = await twice({}, { stop: ['\nBen:'], seed: 1 });
    expect(tries).toBe(2);
    expect(body).not.toHaveProperty(field);
    expect(Object.keys(body ?? {})).toHaveLength(7);
  });

  test('max_tokens, for its newer name', async () => {
    refuse = (body) => ('max_tokens' in body ? unsupportedParameter('max_tokens') : undefined);
    const { body } = await twice();
    expect(body).not.toHaveProperty('max_tokens');
    expect(body?.max_completion_tokens).toBe(200);
  });

  test('all that a reasoning model dislikes, one after the other', async () => {
    const disliked = ['max_tokens', 'temperature', 'stop'];
    refuse = (body) => disliked.filter((field) => field in body).map(unsupportedParameter)[0];
    const { tries } = await twice({}, { stop: ['\nBen:'] });
    expect(tries).toBe(4);
  });

  test('the system role, which becomes the head of the first message', async () => {
    const error = { message: 'System role not supported' };
    refuse = ({ messages }) =>
      messages?.some(({ role }) => role === 'system')
        ? { fault: 'status', status: 400, body: { error } }
        : undefined;
    const { body } = await twice();
    expect(body?.messages).toEqual([{ role: 'user', content: 'You are Ada.\n\nBen: Good evening, Ada.' }]);
  });

  test('a plan that is opened', async () => {
    refuse = (body) =>
      'continue_final_message' in body ? unsupportedParameter('continue_final_message') : undefined;
    const { body } = await twice({ profile: 'her' }, { prefill: '<system_thinking>' });
    expect(body?.messages).toHaveLength(2);
  });

  test.each([
    ['json_schema', (type: string) => type === 'json_schema', { type: 'json_object', schema }],
    ['a schema in any form', (_: string, more: boolean) => more, { type: 'json_object' }],
    ['any response format', () => true, undefined],
  ])('%s', async (_name, disliked, left) => {
    refuse = ({ response_format: format }) =>
      format !== undefined &&
      disliked(format.type, format.json_schema !== undefined || format.schema !== undefined)
        ? unsupportedParameter('response_format')
        : undefined;
    const { body } = await twice({}, { jsonSchema });
    expect(body?.response_format).toEqual(left);
  });

  test('a field that a server answers with a broken 500', async () => {
    const message =
      "1 validation error: {'loc': ('body', 'response_format', 'type'), 'msg': \"Input should be 'text'\"}";
    refuse = ({ response_format: format }) =>
      format?.type === 'json_schema'
        ? { fault: 'status', status: 500, body: { error: { message } } }
        : undefined;
    const { tries, body } = await twice({}, { jsonSchema });
    expect(tries).toBe(2);
    expect(body?.response_format).toMatchObject({ type: 'json_object' });
  });

  test('the rarest first, where a server does not say what it is', async () => {
    refuse = (body) => ('stream_options' in body ? { fault: 'status', status: 400, body: 'no' } : undefined);
    const { body } = await twice({}, { jsonSchema });
    expect(body).not.toHaveProperty('stream_options');
  });

  test('and the usage counts from the request that was taken', async () => {
    let clock = 0;
    refuse = (body) => {
      clock += 1000;
      return 'stop' in body ? unsupportedParameter('stop') : undefined;
    };
    const model = openTestModel(double.url, {}, { now: () => clock });
    const { usage } = await ask(model, { stop: ['x'] });
    expect(usage).toMatchObject({ msToFirst: 1000, msToLast: 1000 });
  });

  test('but nothing is remembered where leaving it out did not help', async () => {
    let healthy = false;
    refuse = () => (healthy ? undefined : { fault: 'status', status: 400, body: 'no' });
    const model = openTestModel(double.url, { attempts: 1 });
    expect((await failureOf(ask(model, { jsonSchema }))).failure).toBe('bad-request');
    healthy = true;
    const [body] = await bodiesOf(() => ask(model, { jsonSchema }));
    expect(body).toMatchObject({ stream_options: {}, response_format: { type: 'json_schema' } });
  });
});
