import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deadUrl, type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import type { Reply } from '../../doubles/model/reply.ts';
import { ask, chatRequest, failureOf, openTestModel } from './ask.ts';

let double: ModelDouble;
beforeAll(async () => {
  double = await startModelDouble();
});
afterAll(() => double.close());

function status(code: number, headers: Record<string, string> = {}): Reply {
  return { fault: 'status', status: code, headers };
}

describe('a failed request', () => {
  test.each([
    ['a server that is busy', status(503)],
    ['a rate limit', status(429)],
    ['a connection that is hung up', { fault: 'hang-up' }],
    ['an answer that ends before it began', { fault: 'truncated', after: 0 }],
    ['an error as the first event', { fault: 'error-in-stream', after: 0, error: { message: 'overloaded' } }],
  ] as const)('is repeated after %s', async (_name, fault) => {
    const before = double.prompts.length;
    double.reply(fault, fault, 'Here I am.');
    const model = openTestModel(double.url);
    expect(await ask(model)).toMatchObject({ text: 'Here I am.', reason: 'stop' });
    expect(double.prompts.length - before).toBe(3);
    expect(model.waits).toHaveLength(2);
  });

  test('is repeated after silence', async () => {
    double.reply({ fault: 'stall' }, 'Here I am.');
    expect(await ask(openTestModel(double.url, { timeoutMs: 1000 }))).toMatchObject({ text: 'Here I am.' });
  });

  test('is given up after all attempts, with the last failure', async () => {
    const before = double.prompts.length;
    double.reply(status(503), status(503), status(429), 'Too late.');
    const error = await failureOf(ask(openTestModel(double.url, { attempts: 3 })));
    expect(error.failure).toBe('rate-limited');
    expect(double.prompts.length - before).toBe(3);
    expect(await ask(openTestModel(double.url))).toMatchObject({ text: 'Too late.' });
  });

  test.each([401, 403, 404])('is not repeated after %i', async (code) => {
    const before = double.prompts.length;
    double.reply(status(code));
    await failureOf(ask(openTestModel(double.url)));
    expect(double.prompts.length - before).toBe(1);
  });

  test('is not repeated once some of the answer was handed out', async () => {
    const before = double.prompts.length;
    double.reply({ fault: 'cut', after: 2 });
    const texts: string[] = [];
    const model = openTestModel(double.url);
    const reading = async () => {
      for await (const delta of model.stream(chatRequest(), new AbortController().signal)) {
        if (delta.type === 'text') texts.push(delta.text);
      }
    };
    const error = await failureOf(reading());
    expect(error).toMatchObject({ failure: 'broken-stream', retryable: true });
    expect(texts.length).toBeGreaterThan(0);
    expect(double.prompts.length - before).toBe(1);
    expect(model.waits).toEqual([]);
  });

  test('is repeated with growing waits, to a server that comes up late as well', async () => {
    const model = openTestModel(await deadUrl(), { attempts: 7 });
    expect((await failureOf(ask(model))).failure).toBe('unreachable');
    expect(model.waits).toEqual([250, 500, 1000, 2000, 4000, 4000]);
  });

  test.each([
    ['seconds', { 'retry-after': '2' }, 2000],
    ['milliseconds', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
  ])('waits as long as the server asks, in %s', async (_name, headers, ms) => {
    double.reply(status(429, headers), 'Now.');
    const model = openTestModel(double.url);
    expect(await ask(model)).toMatchObject({ text: 'Now.' });
    expect(model.waits).toEqual([ms]);
  });

  test('waits until the date that the server names', async () => {
    const date = new Date(Date.now() + 30_000).toUTCString();
    double.reply(status(503, { 'retry-after': date }), 'Now.');
    const model = openTestModel(double.url);
    await ask(model);
    expect(model.waits[0]).toBeGreaterThan(20_000);
    expect(model.waits[0]).toBeLessThanOrEqual(30_000);
  });

  test('is given up at once where the server asks for more than a minute', async () => {
    double.reply(status(429, { 'retry-after': '3600' }));
    const model = openTestModel(double.url);
    const error = await failureOf(ask(model));
    expect(error.message).toContain('3600 s');
    expect(model.waits).toEqual([]);
  });
});
