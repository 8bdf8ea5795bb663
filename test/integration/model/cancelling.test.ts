import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createRequestLimit } from '../../../src/model/request-limit.ts';
import { sleep } from '../../../src/model/retry.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { ask, chatRequest, openTestModel } from './ask.ts';

let double: ModelDouble;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeAll(async () => {
  process.on('unhandledRejection', note);
  double = await startModelDouble();
});
afterEach(async () => {
  // Rejections are reported once the microtasks have run.
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
});
afterAll(async () => {
  await double.close();
  process.off('unhandledRejection', note);
});

const left = new Error('nobody listens any more');

describe('an abort stops at once and throws its reason', () => {
  test('before anything was sent', async () => {
    const before = double.prompts.length;
    await expect(ask(openTestModel(double.url), {}, AbortSignal.abort(left))).rejects.toBe(left);
    expect(double.prompts.length).toBe(before);
  });

  test.each([
    ['before the headers', undefined],
    ['before the first token', 0],
    ['between two tokens', 2],
  ])('%s', async (_name, after) => {
    const count = double.prompts.length + 1;
    double.reply(after === undefined ? { fault: 'stall' } : { fault: 'stall', after });
    const abort = new AbortController();
    const answer = ask(openTestModel(double.url), {}, abort.signal);
    await double.received(count);
    abort.abort(left);
    await expect(answer).rejects.toBe(left);
    const request = double.prompts.at(-1);
    await request?.closed;
    expect(request?.closedEarly).toBe(true);
  });

  test('between two deltas that are there already', async () => {
    double.reply({ text: 'abcdef', deltaLength: 1 });
    const abort = new AbortController();
    const texts: string[] = [];
    const reading = async () => {
      for await (const delta of openTestModel(double.url).stream(chatRequest(), abort.signal)) {
        if (delta.type === 'text') texts.push(delta.text);
        abort.abort(left);
      }
    };
    await expect(reading()).rejects.toBe(left);
    expect(texts).toEqual(['a']);
  });

  test('while it waits for the next try', async () => {
    double.reply({ fault: 'status', status: 503 });
    const abort = new AbortController();
    const model = openTestModel(double.url, {}, { sleep: sleepUntilAborted(() => abort.abort(left)) });
    await expect(ask(model, {}, abort.signal)).rejects.toBe(left);
  });

  test('in the wait of its own', async () => {
    double.reply({ fault: 'status', status: 503, headers: { 'retry-after': '50' } });
    const abort = new AbortController();
    const model = openTestModel(
      double.url,
      {},
      {
        sleep: async (ms, signal) => {
          queueMicrotask(() => abort.abort(left));
          await sleep(ms, signal);
        },
      },
    );
    await expect(ask(model, {}, abort.signal)).rejects.toBe(left);
  });

  test('in the queue', async () => {
    const count = double.prompts.length + 1;
    const limit = createRequestLimit({ concurrency: 1 });
    const model = openTestModel(double.url, {}, { limit });
    double.reply({ fault: 'stall' });
    const first = new AbortController();
    const answering = ask(model, {}, first.signal);
    await double.received(count);
    const second = new AbortController();
    const queued = ask(model, {}, second.signal);
    second.abort(left);
    await expect(queued).rejects.toBe(left);
    expect(double.prompts.length).toBe(count);
    first.abort(left);
    await expect(answering).rejects.toBe(left);
    double.reply('The way is free.');
    expect(await ask(model)).toMatchObject({ text: 'The way is free.' });
  });
});

test('leaving the loop early cancels the request and frees its place', async () => {
  const limit = createRequestLimit({ concurrency: 1 });
  const model = openTestModel(double.url, {}, { limit });
  double.reply({ fault: 'stall', after: 1 }, 'Next, please.');
  for await (const delta of model.stream(chatRequest(), new AbortController().signal)) {
    expect(delta.type).toBe('text');
    break;
  }
  const request = double.prompts.at(-1);
  await request?.closed;
  expect(request?.closedEarly).toBe(true);
  expect(await ask(model)).toMatchObject({ text: 'Next, please.' });
});

test('a listener that takes its time is not mistaken for a silent model', async () => {
  const model = openTestModel(double.url, { timeoutMs: 400, attempts: 1 });
  double.reply({ text: 'abcdef', deltaLength: 2, pauseMs: 300 });
  let text = '';
  for await (const delta of model.stream(chatRequest(), new AbortController().signal)) {
    if (delta.type === 'text') text += delta.text;
    if (text === 'ab') await sleep(500, new AbortController().signal);
  }
  expect(text).toBe('abcdef');
});

function sleepUntilAborted(abort: () => void) {
  return async (_ms: number, signal: AbortSignal) => {
    abort();
    signal.throwIfAborted();
  };
}
