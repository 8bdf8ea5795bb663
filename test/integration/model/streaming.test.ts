import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { ask, chatRequest, collect, openTestModel } from './ask.ts';

let double: ModelDouble;
beforeAll(async () => {
  double = await startModelDouble();
});
afterAll(() => double.close());

describe('an answer', () => {
  test('streams as text and ends with its reason and the usage that the server counted', async () => {
    double.reply({ text: 'Good evening, Ben.', usage: { prompt: 40, cached: 32, completion: 6 } });
    const answer = await ask(openTestModel(double.url));
    expect(answer).toMatchObject({
      text: 'Good evening, Ben.',
      reasoning: '',
      reason: 'stop',
      usage: { model: 'double-1', promptTokens: 40, cachedTokens: 32, completionTokens: 6 },
    });
  });

  test('comes in as many deltas as the server sends', async () => {
    double.reply({ text: 'abcdef', deltaLength: 2 });
    const texts: string[] = [];
    for await (const delta of openTestModel(double.url).stream(chatRequest(), new AbortController().signal)) {
      if (delta.type === 'text') texts.push(delta.text);
    }
    expect(texts).toEqual(['ab', 'cd', 'ef']);
  });

  test('has estimated usage where the server does not count', async () => {
    double.reply({ text: 'x'.repeat(40), usage: 'none' });
    const { usage } = await ask(openTestModel(double.url), {
      messages: [{ role: 'user', content: 'y'.repeat(400) }],
    });
    expect(usage).toMatchObject({ promptTokens: 100, cachedTokens: 0, completionTokens: 10 });
  });

  test('is timed from the request to its first and last delta', async () => {
    let clock = 0;
    const now = () => {
      clock += 10;
      return clock;
    };
    double.reply({ text: 'abcd', deltaLength: 1 });
    const { usage } = await ask(openTestModel(double.url, {}, { now }));
    expect(usage?.msToFirst).toBe(10);
    expect(usage?.msToLast).toBe(40);
  });

  test.each(['reasoning_content', 'reasoning'] as const)(
    'keeps %s apart from the text',
    async (reasoningField) => {
      double.reply({ reasoning: 'They greet me, I greet back.', reasoningField, text: 'Good evening.' });
      const answer = await ask(openTestModel(double.url));
      expect(answer).toMatchObject({ reasoning: 'They greet me, I greet back.', text: 'Good evening.' });
    },
  );

  test('may be empty', async () => {
    double.reply({ fault: 'empty' });
    expect(await ask(openTestModel(double.url))).toMatchObject({ text: '', reason: 'stop' });
  });

  test.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content_filter', 'filter'],
    ['tool_calls', 'other'],
  ])('that finishes with %s ends with %s', async (finishReason, reason) => {
    double.reply({ text: 'So', finishReason });
    expect(await ask(openTestModel(double.url))).toMatchObject({ text: 'So', reason });
  });

  test('is whole with [DONE] alone, with a finish reason alone, and while the line stays open', async () => {
    const model = openTestModel(double.url);
    double.reply(
      { text: 'one', finishReason: null },
      { text: 'two', done: false },
      { fault: 'never-closed' },
    );
    expect(await ask(model)).toMatchObject({ text: 'one', reason: 'other' });
    expect(await ask(model)).toMatchObject({ text: 'two', reason: 'stop' });
    const open = openTestModel(double.url, { timeoutMs: 400 });
    expect(await ask(open)).toMatchObject({ text: '<system_thinking>', reason: 'stop' });
  });

  test('of a server that does not stream is one delta', async () => {
    double.reply({ fault: 'not-streamed' });
    expect(await ask(openTestModel(double.url))).toMatchObject({ text: '<system_thinking>', reason: 'stop' });
  });

  test('is read past comments and in another content type', async () => {
    double.reply({ text: 'Here.', preamble: ': warming up\n\nretry: 10\n\n', contentType: 'text/plain' });
    expect(await ask(openTestModel(double.url))).toMatchObject({ text: 'Here.', reason: 'stop' });
  });

  test.each(['deltas', 'line', 'empty-deltas'] as const)('without end (%s) is cut off', async (kind) => {
    double.reply({ fault: 'endless', kind });
    const model = openTestModel(double.url, { attempts: 1, timeoutMs: kind === 'deltas' ? 60_000 : 300 });
    const answer = ask(model, { maxTokens: 500 });
    if (kind === 'deltas') {
      expect(await answer).toMatchObject({ reason: 'length' });
      expect((await answer).text).toHaveLength(4000);
    } else {
      await expect(answer).rejects.toMatchObject({ failure: 'timeout' });
    }
    const request = double.prompts.at(-1);
    await request?.closed;
    expect(request?.closedEarly).toBe(true);
  });
});

test('any cut of the bytes and of the deltas gives the same text', async () => {
  const model = openTestModel(double.url);
  const anyText = fc.string({
    unit: fc.constantFrom('a', '<', '\n', '"', '\\', 'é', '語', '🎭', '\u2028', '\0'),
  });
  await fc.assert(
    fc.asyncProperty(
      anyText,
      anyText,
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      async (text, reasoning, deltaLength, writeLengths) => {
        double.reply({ text, reasoning, deltaLength, writeLengths });
        expect(await ask(model)).toMatchObject({ text, reasoning, reason: 'stop' });
      },
    ),
    { numRuns: 60 },
  );
});

test('byte by byte, with every kind of line end, an answer is the same', async () => {
  double.reply({ text: 'Guten Abend, 世界 🎭!', deltaLength: 1, writeLengths: [1] });
  expect(
    await collect(openTestModel(double.url).stream(chatRequest(), new AbortController().signal)),
  ).toMatchObject({
    text: 'Guten Abend, 世界 🎭!',
  });
});
