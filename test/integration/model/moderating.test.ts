import { afterEach, describe, expect, test } from 'vitest';
import { ModelError } from '../../../src/model/chat-model.ts';
import { type ModelSettings, modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createOpenAiModeration } from '../../../src/model/moderate.ts';
import { deadUrl, type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { type AnswersModerations, moderatedText } from '../../doubles/model/moderations.ts';
import type { FaultReply } from '../../doubles/model/reply.ts';

let double: ModelDouble | undefined;
afterEach(() => double?.close());

const NEVER = new AbortController().signal;
const TEXT = 'a text that nobody else may read';

async function open(moderate: AnswersModerations, settings: Partial<ModelSettings> = {}) {
  double = await startModelDouble({ moderate });
  const waits: number[] = [];
  const model = createOpenAiModeration(
    modelSettingsSchema.parse({ name: 'guard', baseUrl: double.url, apiKey: 'sk-key', ...settings }),
    { random: () => 0, sleep: async (ms) => void waits.push(ms) },
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

/** Fails so often, then flags nothing. */
function failing(times: number, fault: FaultReply): AnswersModerations {
  let left = times;
  return () => (left-- > 0 ? fault : []);
}

describe('a moderation model', () => {
  test('tells what is flagged, and asks with its own name and key', async () => {
    const { model, requests } = await open((text) =>
      text.includes('blood') ? ['violence', 'harassment'] : [],
    );
    expect(await model.check('blood everywhere', NEVER)).toEqual({
      flagged: true,
      categories: ['harassment', 'violence'],
    });
    expect(await model.check('a quiet evening', NEVER)).toEqual({ flagged: false, categories: [] });
    expect(requests.map(moderatedText)).toEqual(['blood everywhere', 'a quiet evening']);
    for (const { path, body, headers } of requests) {
      expect(path).toBe('/v1/moderations');
      expect(body).toMatchObject({ model: 'guard' });
      expect(headers['authorization']).toBe('Bearer sk-key');
    }
  });

  test('is asked once more where it fails, and no more', async () => {
    const fault: FaultReply = { fault: 'status', status: 503 };
    const mended = await open(failing(1, fault));
    expect(await mended.model.check(TEXT, NEVER)).toEqual({ flagged: false, categories: [] });
    expect(mended.waits).toHaveLength(1);
    await double?.close();
    const broken = await open(failing(9, fault), { attempts: 9 });
    expect((await failureOf(broken.model.check(TEXT, NEVER))).retryable).toBe(true);
    expect(broken.requests).toHaveLength(2);
  });

  test.each([
    ['no endpoint', { fault: 'status', status: 404, body: { detail: 'Not Found' } }],
    ['a bad key', { fault: 'status', status: 401, body: { error: { message: TEXT } } }],
    ['something else', { fault: 'status', status: 200, body: { results: [] } }],
    ['half an answer', { fault: 'status', status: 200, body: { results: [{ categories: {} }] } }],
  ] as const)('fails as a model does, quoting nothing: %s', async (_what, fault) => {
    const { model, requests } = await open(() => fault);
    const error = await failureOf(model.check(TEXT, NEVER));
    expect(error.retryable).toBe(false);
    expect(error.message).not.toContain(TEXT);
    expect(requests).toHaveLength(1);
  });

  test('fails where nobody listens, and where nothing is ever said', async () => {
    const unreachable = createOpenAiModeration(
      modelSettingsSchema.parse({ name: 'guard', baseUrl: await deadUrl(), attempts: 1 }),
    );
    expect((await failureOf(unreachable.check(TEXT, NEVER))).failure).toBe('unreachable');
    const { model } = await open(() => ({ fault: 'stall' }), { timeoutMs: 100, attempts: 1 });
    expect((await failureOf(model.check(TEXT, NEVER))).failure).toBe('timeout');
  });

  test('is broken off with the signal’s reason', async () => {
    const { model } = await open(() => ({ fault: 'stall' }));
    const leaving = new AbortController();
    const answer = model.check(TEXT, leaving.signal);
    const reason = new Error('enough');
    await expect.poll(() => double?.requests.length).toBe(1);
    leaving.abort(reason);
    await expect(answer).rejects.toBe(reason);
  });
});
