import { describe, expect, test } from 'vitest';
import { createAsk, NotAnsweredYet, type Source } from '../../../../src/lab/calls/ask.ts';
import { createAsking } from '../../../../src/lab/calls/asking.ts';
import { callKey } from '../../../../src/lab/calls/call.ts';
import { createMemoryJournal } from '../../../../src/lab/calls/memory-journal.ts';
import { type ChatModel, type ChatRequest, ModelError } from '../../../../src/model/chat-model.ts';
import { answeringModel } from '../../../support/answering-model.ts';
import { labModel } from '../../../support/lab-model.ts';

const judge = labModel(answeringModel());
const { signal } = new AbortController();
const usage = {
  model: 'm',
  promptTokens: 1,
  cachedTokens: 0,
  completionTokens: 1,
  msToFirst: 0,
  msToLast: 0,
};

function request(content: string): ChatRequest {
  return { messages: [{ role: 'user', content }], maxTokens: 10, temperature: 0 };
}

async function said(model: ChatModel, content: string): Promise<string> {
  let text = '';
  for await (const delta of model.stream(request(content), signal))
    if (delta.type === 'text') text += delta.text;
  return text;
}

/** Answers with how many it has answered. */
function counting(): { source: Source; readonly count: number } {
  let count = 0;
  return {
    source: async () => {
      count += 1;
      return { text: String(count), reasoning: '', end: 'stop', usage };
    },
    get count() {
      return count;
    },
  };
}

describe('asking', () => {
  test('the same request of two pairs is one call, also at the same time', async () => {
    const source = counting();
    const asking = createAsking(createAsk(createMemoryJournal(), undefined, source.source));
    const both = [asking(judge), asking(judge)];
    expect(await Promise.all(both.map(({ model }) => said(model, 'a')))).toEqual(['1', '1']);
    expect(await said(asking(judge).model, 'a')).toBe('1');
    expect(source.count).toBe(1);
  });

  test('calls stand in the order in which they were asked, whichever was answered first', async () => {
    const slow = Promise.withResolvers<void>();
    const source: Source = async ({ request: { messages } }) => {
      const text = messages[0]?.content ?? '';
      if (text === 'first') await slow.promise;
      else slow.resolve();
      return { text, reasoning: '', end: 'stop', usage };
    };
    const one = createAsking(createAsk(createMemoryJournal(), undefined, source))(judge);
    await Promise.all([said(one.model, 'first'), said(one.model, 'second')]);
    const keys = ['first', 'second'].map((text) => callKey(judge.bodyOf(request(text))));
    expect(one.calls).toEqual(keys);
  });

  test('the same request of one pair again is another call', async () => {
    const source = counting();
    const journal = createMemoryJournal();
    const one = createAsking(createAsk(journal, undefined, source.source))(judge);
    expect([await said(one.model, 'a'), await said(one.model, 'a')]).toEqual(['1', '2']);
    const later = createAsking(createAsk(journal, undefined, source.source))(judge);
    expect([await said(later.model, 'a'), await said(later.model, 'a')]).toEqual(['1', '2']);
    expect(later.calls).toEqual(one.calls);
    expect(source.count).toBe(2);
  });

  test('what failed is not written down, and asked again under its own name', async () => {
    let fails = true;
    const { source } = counting();
    const journal = createMemoryJournal();
    const asking = createAsking(
      createAsk(journal, undefined, async (asked, by) => {
        if (!fails) return source(asked, by);
        throw new ModelError('server-error', 'down', { retryable: true });
      }),
    );
    const one = asking(judge);
    await expect(said(one.model, 'a')).rejects.toThrow('down');
    expect({ size: journal.size, pending: one.pending }).toEqual({ size: 0, pending: false });
    fails = false;
    await said(one.model, 'a');
    expect(one.calls).toEqual([callKey(judge.bodyOf(request('a')))]);
  });

  test('tells what is still to be answered', async () => {
    const asking = createAsking(
      createAsk(createMemoryJournal(), undefined, async () => {
        throw new NotAnsweredYet();
      }),
    );
    const one = asking(judge);
    await expect(said(one.model, 'a')).rejects.toThrow(ModelError);
    expect(one.pending).toBe(true);
  });
});

describe('the name of a call', () => {
  const body = { model: 'm', temperature: 0, messages: [{ role: 'user', content: 'a' }] };
  const keyOf = (change: object) => callKey({ url: '/v1/chat/completions', body: { ...body, ...change } });

  test('is that of the body as it is sent, whoever wrote it out', () => {
    const json = JSON.stringify(body);
    expect(callKey({ url: '/v1/chat/completions', body: {}, json })).toBe(keyOf({}));
  });

  test.each([
    { model: 'n' },
    { temperature: 1 },
    { seed: 1 },
    { messages: [{ role: 'user', content: 'b' }] },
  ])('is another one with %j', (change) => {
    expect(keyOf(change)).not.toBe(keyOf({}));
  });
});
