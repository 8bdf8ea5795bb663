import { afterEach, describe, expect, test } from 'vitest';
import { parseTurn } from '../../../src/format/turn-parser.ts';
import type { AnswerForm } from '../../../src/model/chat-model.ts';
import { isOwnServer } from '../../../src/model/own-server.ts';
import { answerForm } from '../../../src/performer/answer-form.ts';
import {
  type ModelDouble,
  type ModelDoubleOptions,
  startModelDouble,
} from '../../doubles/model/model-double.ts';
import { FREE_ANSWER, HELD_ANSWER, type ProviderName } from '../../doubles/model/providers.ts';
import { ask, openTestModel } from './ask.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options: ModelDoubleOptions): Promise<ModelDouble> {
  const double = await startModelDouble(options);
  closing.push(double.close);
  return double;
}

const said = 'Elizabeth Bennet in the library, in the rain.';
const form = answerForm({ planning: 'short', maxTokens: 512, startInside: false, said, again: false });
const again = answerForm({ planning: 'short', maxTokens: 512, startInside: false, said, again: true });

function formOf(one: AnswerForm | undefined): { readonly form: AnswerForm } {
  if (!one) throw new Error('there is no form');
  return { form: one };
}

describe('constrain: auto', () => {
  test.each<[ProviderName, string]>([
    ['vllm', 'structured_outputs'],
    ['vllm-before-0.10.2', 'guided_regex'],
    ['sglang', 'regex'],
    ['llama.cpp', 'grammar'],
    ['llama-cpp-python', 'grammar'],
  ])('%s is asked once, and holds every draft to the form by %s', async (provider, field) => {
    const double = await start({ provider });
    const model = openTestModel(double.url);
    for (let turn = 1; turn <= 3; turn += 1) {
      const { text } = await ask(model, formOf(form));
      expect(text).toBe(HELD_ANSWER);
      expect(parseTurn(text, { speaker: { name: 'Elizabeth' } })).toMatchObject({ usable: true, faults: [] });
    }
    // One more than the drafts.
    expect(double.prompts).toHaveLength(4);
    expect(double.prompts.at(-1)?.body).toHaveProperty(field);
  });

  test.each<ProviderName>(['openai', 'openrouter', 'ollama', 'lm-studio'])(
    '%s holds drafts that are made again to the form, as JSON; the first stays free to stream',
    async (provider) => {
      const double = await start({ provider });
      const model = openTestModel(double.url);
      expect((await ask(model, formOf(form))).text).toBe(FREE_ANSWER);
      const { text } = await ask(model, formOf(again));
      const turn = parseTurn(text, { speaker: { name: 'Elizabeth' } });
      expect(turn).toMatchObject({ usable: true, faults: ['json-reply'] });
      expect(turn.segments).toEqual([
        { kind: 'thought', text: 'He is late.' },
        { kind: 'action', text: 'closes the book' },
        { kind: 'speech', text: 'Good evening, sir.' },
      ]);
      expect(double.prompts.at(-1)?.body.messages?.at(-1)?.content).toContain('as one JSON object');
    },
  );

  test('HER’s weights write the form by themselves: only what they write again is held to it', async () => {
    const double = await start({ provider: 'sglang' });
    const model = openTestModel(double.url, { profile: 'her' });
    expect((await ask(model, formOf(form))).text).toBe(FREE_ANSWER);
    expect(double.prompts).toHaveLength(1);
    expect((await ask(model, formOf(again))).text).toBe(HELD_ANSWER);
  });

  test('without a form nothing is asked for, and nothing found out', async () => {
    const double = await start({ provider: 'vllm' });
    expect((await ask(openTestModel(double.url), {})).text).toBe(FREE_ANSWER);
    expect(double.prompts).toHaveLength(1);
  });

  test('where it has a price nothing is sent unasked', async () => {
    const double = await start({ provider: 'vllm' });
    const model = openTestModel(double.url, { price: { prompt: 1, completion: 2 } });
    expect((await ask(model, formOf(form))).text).toBe(FREE_ANSWER);
    expect(double.prompts).toHaveLength(1);
  });

  test('a server that is busy when it is asked is asked again at the next turn', async () => {
    const double = await start({ provider: 'vllm' });
    const model = openTestModel(double.url);
    double.reply({ fault: 'status', status: 503 });
    expect((await ask(model, formOf(form))).text).toBe(FREE_ANSWER);
    expect((await ask(model, formOf(form))).text).toBe(HELD_ANSWER);
  });

  test('an abort while it is asked ends the turn with its reason', async () => {
    const double = await start({ provider: 'vllm' });
    double.reply({ fault: 'stall' });
    const leaving = new AbortController();
    const asked = ask(openTestModel(double.url), formOf(form), leaving.signal);
    await double.received(1);
    leaving.abort(new Error('the scene ended'));
    await expect(asked).rejects.toThrow('the scene ended');
  });
});

describe('constrain', () => {
  test('off sends nothing of a form, whatever the server could', async () => {
    const double = await start({ provider: 'llama.cpp' });
    expect((await ask(openTestModel(double.url, { constrain: 'off' }), formOf(again))).text).toBe(
      FREE_ANSWER,
    );
    expect(double.prompts[0]?.body).not.toHaveProperty('grammar');
  });

  test.each([
    ['regex', 'sglang'],
    ['grammar', 'llama.cpp'],
  ] as const)('%s asks for that at once', async (constrain, provider) => {
    const double = await start({ provider });
    expect((await ask(openTestModel(double.url, { constrain }), formOf(form))).text).toBe(HELD_ANSWER);
    expect(double.prompts).toHaveLength(1);
  });

  test('regex where it is refused steps down to JSON, at once and for good', async () => {
    const double = await start({ provider: 'openai' });
    const model = openTestModel(double.url, { constrain: 'regex' });
    expect((await ask(model, formOf(form))).text).toMatch(/^\{"system_thinking"/);
    const before = double.prompts.length;
    expect((await ask(model, formOf(form))).text).toMatch(/^\{"system_thinking"/);
    expect(double.prompts.length - before).toBe(1);
  });

  test('JSON is asked for without patterns where those are refused', async () => {
    const double = await start({ provider: 'ollama' });
    const { text } = await ask(openTestModel(double.url, { constrain: 'json' }), formOf(form));
    expect(text).toMatch(/^\{"system_thinking"/);
    const [first, second] = double.prompts.map(({ body }) => JSON.stringify(body.response_format));
    expect(first).toContain('"pattern"');
    expect(second).not.toContain('"pattern"');
  });

  test('a server that refuses every notation answers as it likes', async () => {
    const double = await start({ provider: 'llama-cpp-python' });
    const { text } = await ask(openTestModel(double.url, { constrain: 'json' }), formOf(form));
    expect(text).toBe(FREE_ANSWER);
  });

  test('JSON does not begin within a plan', async () => {
    const double = await start({ provider: 'vllm' });
    const model = openTestModel(double.url, { constrain: 'json', profile: 'her' });
    await ask(model, { ...formOf(form), prefill: '<system_thinking>' });
    const { body } = double.prompts[0] ?? {};
    expect(body?.messages?.at(-1)?.role).toBe('user');
    expect(body).not.toHaveProperty('continue_final_message');
  });
});

test.each([
  ['http://127.0.0.1:8080/v1', true],
  ['http://[::1]:8080/v1', true],
  ['http://192.168.1.20:1234/v1', true],
  ['http://172.20.0.3/v1', true],
  ['http://gpu-box:8000/v1', true],
  ['http://gpu.lan:8000/v1', true],
  ['http://localhost:11434/v1', true],
  ['https://api.openai.com/v1', false],
  ['https://8.8.8.8/v1', false],
  ['http://172.32.0.1/v1', false],
  ['http://localhost.example.org/v1', false],
])('%s is one’s own server: %s', (url, own) => {
  expect(isOwnServer(url)).toBe(own);
});
