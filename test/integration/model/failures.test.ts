import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { deadUrl, type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import type { Reply } from '../../doubles/model/reply.ts';
import { ask, failureOf, openTestModel } from './ask.ts';

const KEY = 'sk-very-secret-key';
const PROMPT = 'a prompt that nobody else may read';

let double: ModelDouble;
let always: Reply | undefined;
beforeAll(async () => {
  double = await startModelDouble({ script: () => always });
});
afterAll(() => double.close());

async function failWith(reply: Reply, settings = {}) {
  always = reply;
  const silent = typeof reply === 'object' && 'fault' in reply && reply.fault === 'stall';
  const timeoutMs = silent ? 100 : 60_000;
  const model = openTestModel(double.url, { attempts: 1, timeoutMs, apiKey: KEY, ...settings });
  return failureOf(ask(model, { messages: [{ role: 'user', content: PROMPT }] }));
}

/** Servers echo prompts and keys in their errors. */
const telling = { error: { message: `Refused: ${PROMPT} with ${KEY}`, code: 'some_code', type: PROMPT } };

describe('what fails says which kind it is, whether to ask again, and what to do', () => {
  test.each([
    [401, 'refused-key', false, /refused the key/],
    [403, 'refused-key', false, /refused the key/],
    [402, 'refused-key', false, /credit/],
    [400, 'bad-request', false, /extraBody/],
    [422, 'bad-request', false, /extraBody/],
    [404, 'bad-request', false, /\/v1/],
    [302, 'bad-request', false, /another address/],
    [429, 'rate-limited', true, /requestsPerMinute/],
    [500, 'server-error', true, /log/],
    [503, 'server-error', true, /log/],
    [408, 'server-error', true, /again/],
  ] as const)('status %i is %s', async (status, failure, retryable, message) => {
    const error = await failWith({ fault: 'status', status, body: telling });
    expect(error).toMatchObject({ failure, retryable });
    expect(error.message).toMatch(message);
    expect(error.message).toContain(String(status));
    expect(error.message).toContain('some_code');
  });

  test.each([
    [
      'a model that is not there',
      404,
      { error: { message: 'model "double-1" not found' } },
      'unknown-model',
      false,
    ],
    ['a quota that is used up', 429, { error: { code: 'insufficient_quota' } }, 'rate-limited', false],
    ['a prompt that is too long', 400, { error: { code: 'context_length_exceeded' } }, 'bad-request', false],
    ['a page in place of an error', 502, '<html>Bad gateway</html>', 'server-error', true],
    ['an error that is only a word', 500, { error: 'boom' }, 'server-error', true],
    ['an error in a list', 400, [{ error: { code: 400 } }], 'bad-request', false],
  ] as const)('%s', async (_name, status, body, failure, retryable) => {
    expect(await failWith({ fault: 'status', status, body })).toMatchObject({ failure, retryable });
  });

  test('a prompt that is too long asks for a smaller contextSize, and leaves nothing out', async () => {
    const before = double.prompts.length;
    const body = { error: { message: "This model's maximum context length is 8192 tokens. max_tokens" } };
    const error = await failWith({ fault: 'status', status: 400, body });
    expect(error.message).toMatch(/contextSize/);
    expect(double.prompts.length).toBe(before + 1);
  });

  test.each([
    ['a web page', { fault: 'html' }, 'bad-request', false],
    ['silence before the answer', { fault: 'stall' }, 'timeout', true],
    ['silence before the first token', { fault: 'stall', after: 0 }, 'timeout', true],
    ['silence between two tokens', { fault: 'stall', after: 2 }, 'timeout', true],
    ['a cut before the first token', { fault: 'cut', after: 0 }, 'broken-stream', true],
    ['a cut in the middle', { fault: 'cut', after: 2 }, 'broken-stream', true],
    ['an end without a reason', { fault: 'truncated', after: 2 }, 'broken-stream', true],
    ['an end without a word', { fault: 'truncated', after: 0 }, 'broken-stream', true],
    ['an event that is not JSON', { fault: 'garbage', after: 1 }, 'broken-stream', true],
    [
      'an event of another shape',
      { fault: 'garbage', after: 1, line: '{"choices":7}' },
      'broken-stream',
      true,
    ],
    [
      'an error in the stream',
      { fault: 'error-in-stream', after: 1, error: telling.error },
      'server-error',
      true,
    ],
    [
      'an error with a status',
      { fault: 'error-in-stream', after: 0, error: { code: 429 } },
      'rate-limited',
      true,
    ],
    ['a connection that is hung up', { fault: 'hang-up' }, 'unreachable', true],
  ] as const)('%s', async (_name, reply, failure, retryable) => {
    expect(await failWith(reply)).toMatchObject({ failure, retryable });
  });

  test('nobody at that address', async () => {
    const baseUrl = await deadUrl();
    const error = await failureOf(ask(openTestModel(baseUrl, { attempts: 1 })));
    expect(error).toMatchObject({ failure: 'unreachable', retryable: true });
    expect(error.message).toContain(`${baseUrl} (ECONNREFUSED)`);
    expect(error.message).toContain('Start the model server');
  });
});

test('no error tells the key, the prompt or the credentials of the address', async () => {
  const url = new URL(double.url);
  url.username = 'operator';
  url.password = 'hunter2';
  url.search = '?api-version=hush';
  const replies: Reply[] = [
    { fault: 'status', status: 401, body: telling },
    { fault: 'status', status: 400, body: telling },
    { fault: 'status', status: 500, body: `${PROMPT} ${KEY}` },
    { fault: 'error-in-stream', after: 0, error: telling.error },
    { fault: 'stall' },
    { fault: 'hang-up' },
    { fault: 'html' },
  ];
  for (const reply of replies) {
    const error = await failWith(reply, { baseUrl: url.href });
    const everything = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    for (const secret of [KEY, PROMPT, 'operator', 'hunter2', 'hush'])
      expect(everything).not.toContain(secret);
  }
});

test('a redirect is not followed: the text goes where it was sent', async () => {
  const elsewhere = await startModelDouble();
  try {
    const headers = { location: `${elsewhere.url}/chat/completions` };
    const error = await failWith({ fault: 'status', status: 307, headers });
    expect(error).toMatchObject({ failure: 'bad-request', retryable: false });
    expect(elsewhere.requests).toEqual([]);
  } finally {
    await elsewhere.close();
  }
});

test('credentials in the address are sent as basic authorization, its query is kept', async () => {
  const url = new URL(double.url);
  url.username = 'operator';
  url.password = '50%';
  url.search = '?api-version=7';
  double.reply('Yes.');
  expect(await ask(openTestModel(url.href))).toMatchObject({ text: 'Yes.' });
  const request = double.prompts.at(-1);
  expect(request?.headers['authorization']).toBe(`Basic ${Buffer.from('operator:50%').toString('base64')}`);
  expect(request?.query).toBe('?api-version=7');
});

test('no key of the environment travels to another endpoint', async () => {
  const names = [
    'OPENAI_API_KEY',
    'OPENAI_ADMIN_KEY',
    'OPENAI_ORG_ID',
    'OPENAI_PROJECT_ID',
    'OPENAI_BASE_URL',
  ];
  for (const name of names) vi.stubEnv(name, 'https://from-the-environment.invalid');
  try {
    double.reply('Yes.');
    await ask(openTestModel(double.url));
  } finally {
    vi.unstubAllEnvs();
  }
  const { headers } = double.prompts.at(-1) ?? {};
  expect(headers?.['authorization']).toBeUndefined();
  expect(JSON.stringify(headers)).not.toContain('from-the-environment');
});

test('nothing is written to the console, whatever the environment asks for', async () => {
  const written: unknown[] = [];
  const spies = (['debug', 'info', 'log', 'warn', 'error'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...words) => {
      written.push(words);
    }),
  );
  vi.stubEnv('OPENAI_LOG', 'debug');
  try {
    await failWith({ fault: 'garbage', after: 1 });
    await failWith({ fault: 'status', status: 500, body: telling });
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
  expect(written).toEqual([]);
});
