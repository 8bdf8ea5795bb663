import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { createAsk, keyOf } from '../../../../src/lab/calls/ask.ts';
import { createMemoryJournal } from '../../../../src/lab/calls/memory-journal.ts';
import type { ChatRequest } from '../../../../src/model/chat-model.ts';
import { labModel } from '../../../support/lab-model.ts';
import { slowModel } from '../../../support/slow-model.ts';

const { signal } = new AbortController();
const reason = new Error('enough');

function request(content: string): ChatRequest {
  return { messages: [{ role: 'user', content }], maxTokens: 10, temperature: 0 };
}

describe('who asks', () => {
  test('is given what the journal holds', async () => {
    const model = slowModel();
    const journal = createMemoryJournal();
    const first = await createAsk(journal)(model, request('a'), {}, signal);
    const told = vi.fn();
    expect(await createAsk(journal, told)(model, request('a'), {}, signal)).toEqual(first);
    expect(told.mock.calls).toEqual([[first, false]]);
    expect(model.begun).toHaveLength(1);
  });

  test('shares an answer that is under way, and is told of it once', async () => {
    const model = slowModel();
    const told = vi.fn();
    const ask = createAsk(createMemoryJournal(), told);
    const calls = await Promise.all([1, 2, 3].map(() => ask(model, request('a'), {}, signal)));
    expect(new Set(calls.map(({ text }) => text)).size).toBe(1);
    expect(told.mock.calls).toEqual([[calls[0], true]]);
    expect(model.begun).toHaveLength(1);
  });

  test('throws the dice anew for another take', async () => {
    const model = slowModel();
    const ask = createAsk(createMemoryJournal());
    const calls = await Promise.all([1, 2, 2].map((take) => ask(model, request('a'), { take }, signal)));
    const key = keyOf(model, request('a'));
    expect(calls.map((call) => call.key)).toEqual([key, `${key}-2`, `${key}-2`]);
    expect(model.begun).toHaveLength(2);
  });

  test('keeps of an answer what it says, and nothing else is written down', async () => {
    const journal = createMemoryJournal();
    const keep = () => ({ text: 'kept', format: { usable: true, faults: [], planned: 4 } });
    const call = await createAsk(journal)(slowModel(), request('a'), { keep }, signal);
    expect(call).toMatchObject({ text: 'kept', format: { planned: 4 } });
    expect(JSON.stringify(await journal.read(call.key))).not.toMatch(/answer|to itself/);
  });

  test('passes the priority on', async () => {
    const asked = vi.fn();
    const slow = slowModel();
    const ask = createAsk(createMemoryJournal());
    const model = labModel(slow.model, {
      ask: (...args) => {
        asked(args[2]);
        return slow.ask(...args);
      },
    });
    await ask(model, request('a'), { priority: 2 }, signal);
    expect(asked.mock.calls).toEqual([[2]]);
  });
});

describe('who leaves', () => {
  test('alone, ends the request and leaves nothing behind', async () => {
    const model = slowModel();
    const journal = createMemoryJournal();
    const ask = createAsk(journal);
    const abort = new AbortController();
    const asked = ask(model, request('a'), {}, abort.signal);
    await setImmediate();
    abort.abort(reason);
    await expect(asked).rejects.toBe(reason);
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    expect({ answered: model.answered.length, size: journal.size }).toEqual({ answered: 0, size: 0 });
    expect((await ask(model, request('a'), {}, signal)).text).toBe('answer 1');
  });

  test('takes nothing from those who wait for the same', async () => {
    const model = slowModel();
    const ask = createAsk(createMemoryJournal());
    const abort = new AbortController();
    const first = ask(model, request('a'), {}, abort.signal);
    const second = ask(model, request('a'), {}, signal);
    await setImmediate();
    abort.abort(reason);
    await expect(first).rejects.toBe(reason);
    expect((await second).text).toBe('answer 1');
    expect(model.begun).toHaveLength(1);
  });

  test('and comes back at once is not given up with what it left', async () => {
    const model = slowModel();
    const ask = createAsk(createMemoryJournal());
    const abort = new AbortController();
    const left = ask(model, request('a'), {}, abort.signal);
    await setImmediate();
    abort.abort(reason);
    const back = ask(model, request('a'), {}, signal);
    await expect(left).rejects.toBe(reason);
    expect((await back).text).toBe('answer 1');
  });

  test('before anything was asked has asked for nothing', async () => {
    const model = slowModel();
    const ask = createAsk(createMemoryJournal());
    await expect(ask(model, request('a'), {}, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(model.begun).toHaveLength(0);
  });
});
