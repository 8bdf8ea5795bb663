import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../../../src/errors.ts';
import { type ChatDelta, type ChatRequest, ModelError } from '../../../../src/model/chat-model.ts';
import { createGgufFiles } from '../../../../src/model/gguf/gguf-files.ts';
import { createGgufModel } from '../../../../src/model/gguf/gguf-model.ts';
import { openModels } from '../../../../src/model/model-cast.ts';
import type { ModelSettings } from '../../../../src/model/model-settings.ts';
import { createStandIn, fileSettings, type StandIn } from './stand-in.ts';

const never = new AbortController().signal;
const REQUEST: ChatRequest = {
  messages: [{ role: 'user', content: 'Good evening.' }],
  maxTokens: 99,
  temperature: 0.5,
};
const FORM = {
  regex: 'a',
  grammar: 'root ::= "a"',
  json: { name: 'turn', schema: {}, patterned: {}, reminder: '' },
  again: false,
};

function open(standIn: StandIn, settings: Partial<ModelSettings> = {}) {
  const files = createGgufFiles(standIn.host);
  const model = createGgufModel(fileSettings(settings), { files, now: () => 0 });
  return { files, model };
}

async function all(deltas: AsyncIterable<ChatDelta>): Promise<ChatDelta[]> {
  return Array.fromAsync(deltas);
}

describe('an answer', () => {
  test('is streamed as it comes, thoughts apart, and what it took is counted', async () => {
    const standIn = createStandIn();
    const { model } = open(standIn);
    const deltas = model.stream(REQUEST, never)[Symbol.asyncIterator]();
    const first = deltas.next();
    const answer = await standIn.next();
    answer.say('Hm.', 'reasoning');
    expect(await first).toEqual({ done: false, value: { type: 'reasoning', text: 'Hm.' } });
    answer.say('Good ');
    answer.say('evening.');
    answer.end({ reason: 'length' });
    expect(await all({ [Symbol.asyncIterator]: () => deltas })).toEqual([
      { type: 'text', text: 'Good ' },
      { type: 'text', text: 'evening.' },
      {
        type: 'end',
        reason: 'length',
        usage: {
          model: 'small.gguf',
          promptTokens: 10,
          cachedTokens: 4,
          completionTokens: 2,
          msToFirst: 0,
          msToLast: 0,
        },
      },
    ]);
  });

  test.each([
    ['auto', FORM.grammar],
    ['json', FORM.grammar],
    ['off', undefined],
  ] as const)('with constrain: %s is held to the grammar %s', async (constrain, grammar) => {
    const standIn = createStandIn();
    const { model } = open(standIn, { constrain, extraBody: { min_p: 0.2, seed: 'none of ours' } });
    const asked = all(model.stream({ ...REQUEST, form: FORM, stop: ['\n'], prefill: '<a>', seed: 7 }, never));
    const answer = await standIn.next();
    expect(answer.request).toEqual({
      ...REQUEST,
      stop: ['\n'],
      prefill: '<a>',
      seed: 7,
      grammar,
      sampling: { topK: 40, topP: 0.95, minP: 0.2 },
    });
    answer.end();
    await asked;
  });

  test.each([
    [false, undefined],
    [true, FORM.grammar],
  ])('of the released weights that is written again (%s) is held to %s', async (again, grammar) => {
    const standIn = createStandIn();
    const { model } = open(standIn, { profile: 'her' });
    const asked = all(model.stream({ ...REQUEST, form: { ...FORM, again } }, never));
    const answer = await standIn.next();
    expect(answer.request.grammar).toBe(grammar);
    answer.end();
    await asked;
  });

  test('that fails is a ModelError which is not worth another try', async () => {
    const standIn = createStandIn();
    const { model } = open(standIn);
    const asked = all(model.stream(REQUEST, never));
    (await standIn.next()).fail(new OperatorError('too long'));
    const error: unknown = await asked.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ message: 'too long', retryable: false });
  });
});

describe('the row at one file', () => {
  test('a second turn waits, and begins when the first has ended', async () => {
    const standIn = createStandIn();
    const { model } = open(standIn);
    const first = all(model.stream(REQUEST, never));
    const answer = await standIn.next();
    const second = all(model.stream({ ...REQUEST, maxTokens: 7 }, never));
    answer.say('One.');
    answer.end();
    expect(await first).toHaveLength(2);
    const next = await standIn.next();
    expect(next.request.maxTokens).toBe(7);
    next.end();
    expect(await second).toHaveLength(1);
    expect(standIn.events).toEqual(['load']);
  });

  test('who is aborted while they wait leaves it', async () => {
    const standIn = createStandIn();
    const { model } = open(standIn);
    const first = all(model.stream(REQUEST, never));
    const answer = await standIn.next();
    const leaving = new AbortController();
    const second = all(model.stream(REQUEST, leaving.signal));
    leaving.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    const third = all(model.stream({ ...REQUEST, maxTokens: 3 }, never));
    answer.end();
    await first;
    const next = await standIn.next();
    expect(next.request.maxTokens).toBe(3);
    next.end();
    await third;
  });

  test('who is aborted is told at once; the next begins only when the file is free', async () => {
    const late = Promise.withResolvers<void>();
    const standIn = createStandIn({ lateToStop: late.promise });
    const { model } = open(standIn);
    const leaving = new AbortController();
    const first = all(model.stream(REQUEST, leaving.signal));
    const answer = await standIn.next();
    answer.say('On');
    leaving.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    expect(standIn.events).toEqual(['load']);
    const second = all(model.stream(REQUEST, never));
    answer.say('e.');
    late.resolve();
    // It would throw where the first one still answered.
    (await standIn.next()).end();
    expect(await second).toHaveLength(1);
    expect(standIn.events).toEqual(['load', 'stopped']);
  });

  test('who is aborted as their turn comes is told, and frees it', async () => {
    const standIn = createStandIn();
    const files = createGgufFiles(standIn.host);
    const leaving = new AbortController();
    const late = {
      ...files,
      async take(...asked: Parameters<typeof files.take>) {
        const turn = await files.take(...asked);
        leaving.abort(new Error('enough'));
        return turn;
      },
    };
    const model = createGgufModel(fileSettings(), { files: late });
    await expect(all(model.stream(REQUEST, leaving.signal))).rejects.toThrow('enough');
    const second = all(createGgufModel(fileSettings(), { files }).stream(REQUEST, never));
    (await standIn.next()).end();
    expect(await second).toHaveLength(1);
  });

  test('who leaves the loop ends the answer', async () => {
    const standIn = createStandIn();
    const { model } = open(standIn);
    const reading = (async () => {
      for await (const _ of model.stream(REQUEST, never)) break;
    })();
    (await standIn.next()).say('One');
    await reading;
    const second = all(model.stream(REQUEST, never));
    (await standIn.next()).end();
    await second;
    expect(standIn.events).toEqual(['load', 'stopped']);
  });
});

describe('a file', () => {
  test('is loaded once for all parts, with the widest context that one asks for', async () => {
    const standIn = createStandIn();
    const files = createGgufFiles(standIn.host);
    const actor = await files.fit(fileSettings({ contextSize: 2048 }));
    const director = await files.fit(fileSettings({ contextSize: 4096 }));
    const models = openModels({ actor, director }, { files });
    const both = [models.actor, models.director].map((model) => model && all(model.stream(REQUEST, never)));
    (await standIn.next()).end();
    (await standIn.next()).end();
    await Promise.all(both);
    expect(standIn.files).toHaveLength(1);
    expect(standIn.files[0]?.contextSize).toBe(4096);
    expect(models.actor?.contextSize).toBe(2048);
  });

  test('reads no more than it was trained to; models elsewhere stay as they are', async () => {
    const files = createGgufFiles(createStandIn({ trainedContext: 1024 }).host);
    expect(await files.fit(fileSettings({ contextSize: 8192 }))).toMatchObject({ contextSize: 1024 });
    const elsewhere = fileSettings({ baseUrl: 'http://127.0.0.1:1/v1', contextSize: 8192 });
    expect(await files.fit(elsewhere)).toBe(elsewhere);
  });

  test('goes on loading where who waits gives up, and is there for the next', async () => {
    const loading = Promise.withResolvers<void>();
    const standIn = createStandIn({ beforeLoad: () => loading.promise });
    const { model } = open(standIn);
    const leaving = new AbortController();
    const first = all(model.stream(REQUEST, leaving.signal));
    leaving.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    loading.resolve();
    const second = all(model.stream(REQUEST, never));
    (await standIn.next()).end();
    await second;
    expect(standIn.events).toEqual(['load']);
  });

  test('that could not be loaded is tried again by the next turn', async () => {
    const standIn = createStandIn({
      beforeLoad: async (time) => {
        if (time === 1) throw new OperatorError('no room');
      },
    });
    const { model } = open(standIn);
    await expect(all(model.stream(REQUEST, never))).rejects.toThrow(
      new ModelError('bad-request', 'no room', { retryable: false }),
    );
    const second = all(model.stream(REQUEST, never));
    (await standIn.next()).end();
    expect(await second).toHaveLength(1);
  });
});

describe('the end of the program', () => {
  test('ends what is under way, then gives back the memory', async () => {
    const standIn = createStandIn();
    const { files, model } = open(standIn);
    const first = all(model.stream(REQUEST, never));
    await standIn.next();
    const waiting = all(model.stream(REQUEST, never));
    const told = Promise.all([
      expect(first).rejects.toThrow('The program ends.'),
      expect(waiting).rejects.toThrow('The program ends.'),
    ]);
    await files.close();
    await told;
    expect(standIn.events).toEqual(['load', 'stopped', 'unload', 'close']);
    await expect(all(model.stream(REQUEST, never))).rejects.toThrow('The program ends.');
  });

  test('loads nothing that was never asked', async () => {
    const standIn = createStandIn();
    const { files } = open(standIn);
    await files.close();
    expect(standIn.events).toEqual(['close']);
  });
});
