import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, failureOf, openTestModel } from './ask.ts';

/** A server that answers as it is told, byte for byte. */
let answerWith: (response: ServerResponse) => void | Promise<void> = () => {};
let url = '';
const server = createServer((request, response) => {
  response.on('error', () => undefined);
  request.resume().on('end', () => void answerWith(response));
});
beforeEach(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const SSE = { 'content-type': 'text/event-stream' };
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const piece = (content: unknown, more: Record<string, unknown> = {}) =>
  event({ choices: [{ index: 0, delta: { content }, ...more }] });
const END = `${event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`;

/** An answer of these bytes, all at once. */
function sends(
  body: string | Uint8Array,
  headers: Record<string, string> = SSE,
  status = 200,
  timeoutMs = 400,
) {
  answerWith = (response) => void response.writeHead(status, headers).end(body);
  return openTestModel(url, { attempts: 1, timeoutMs });
}

describe('an answer that is none is an error that says so; nothing of it is taken for a turn', () => {
  const whole = JSON.stringify({ choices: [{ message: { content: 'Hello.' }, finish_reason: 'stop' }] });
  test.each([
    ['a stream that is cut within a character', bytes('data: {"choices":[{"delta":{"content":"caf\u00e9')],
    ['a stream that is cut within its JSON', bytes('data: {"choices":[{"delta":{"con')],
    ['a stream that ends before its end', bytes(piece('Hel'))],
    ['a whole answer under the name of a stream', bytes(whole)],
    [
      'a stream under the name of a whole answer',
      bytes(piece('Hello.') + END, { 'content-type': 'application/json' }),
    ],
    ['prose', bytes('I am up.', { 'content-type': 'text/plain' })],
    ['nothing at all', bytes('')],
    [
      'a compressed answer, unasked',
      bytes(gzipSync(piece('Hello.') + END), { ...SSE, 'content-encoding': 'gzip' }),
    ],
    ['content of another shape', bytes(piece({ type: 'text', value: 'Hello.' }) + END)],
    ['events that are numbers', bytes(`data: 7\n\n${END}`)],
  ])('%s is a broken stream, to be asked for again', async (_name, answer) => {
    const model = sends(answer.body, answer.headers);
    expect(await failureOf(ask(model))).toMatchObject({ failure: 'broken-stream', retryable: true });
  });

  test.each(['text/html', 'text/html; charset=utf-8', 'application/xhtml+xml', 'image/png'])(
    '%s with status 200 is no model, and is not asked again',
    async (type) => {
      const model = sends('<h1>Sign in</h1>', { 'content-type': type });
      expect(await failureOf(ask(model))).toMatchObject({ failure: 'bad-request', retryable: false });
    },
  );

  test.each([500, 502, 503, 504, 520, 529])(
    'status %i is the server’s failure, to be asked again',
    async (status) => {
      const model = sends('<html>CANARY</html>', { 'content-type': 'text/html' }, status);
      const error = await failureOf(ask(model));
      expect(error).toMatchObject({ failure: 'server-error', retryable: true });
      expect(error.message).toContain(String(status));
      expect(error.message).not.toContain('CANARY');
    },
  );

  test.each([
    ['comments without end', (response: ServerResponse) => drip(response, ': keep-alive\n\n')],
    ['empty pieces without end', (response: ServerResponse) => drip(response, piece(''))],
    ['pieces that say null, without end', (response: ServerResponse) => drip(response, piece(null))],
    [
      'events without a choice, without end',
      (response: ServerResponse) => drip(response, event({ choices: [] })),
    ],
  ])('%s are silence', async (_name, answer) => {
    answerWith = answer;
    const model = openTestModel(url, { attempts: 1, timeoutMs: 150 });
    expect(await failureOf(ask(model))).toMatchObject({ failure: 'timeout', retryable: true });
  });
});

describe('an answer that runs away is cut', () => {
  test.each([
    ['whitespace', piece(' '.repeat(64))],
    ['one thought', piece('and then ')],
    ['one tag', piece('<role_thinking ')],
    ['reasoning', event({ choices: [{ delta: { reasoning_content: 'wait, ' } }] })],
  ])('%s without end', async (_name, again) => {
    let left = false;
    answerWith = async (response) => {
      response.on('close', () => {
        left = true;
      });
      await drip(response, again, piece('Hello. '));
    };
    const answer = await ask(openTestModel(url, { attempts: 1 }), { maxTokens: 200 });
    expect(answer.reason).toBe('length');
    expect(answer.text.length + answer.reasoning.length).toBe(1600);
    await expect.poll(() => left).toBe(true);
  });

  test('ten megabytes in one piece', async () => {
    const model = sends(piece('x'.repeat(10_000_000)) + END, SSE, 200, 20_000);
    const answer = await ask(model, { maxTokens: 200 });
    expect(answer).toMatchObject({ reason: 'length', text: 'x'.repeat(1600) });
  });

  test('more bytes than any answer has', async () => {
    answerWith = (response) => drip(response, `: ${'x'.repeat(1_000_000)}\n`);
    const model = openTestModel(url, { attempts: 1, timeoutMs: 20_000 });
    expect(await failureOf(ask(model))).toMatchObject({ failure: 'broken-stream' });
  });
});

describe('an answer is what it says, whatever else comes with it', () => {
  test.each([
    ['null in the place of text', piece(null) + piece('Hello.') + piece(null) + END],
    [
      'calls of tools that were not offered',
      piece('Hello.', { delta: { content: 'Hello.', tool_calls: [{ id: '1' }] } }) + END,
    ],
    [
      'a second choice, unasked',
      event({ choices: [{ index: 1, delta: { content: 'No!' } }] }) +
        piece('Hello.') +
        event({
          choices: [
            { index: 1, delta: { content: 'No!' } },
            { index: 0, delta: {} },
          ],
        }) +
        END,
    ],
    ['fields that nobody knows', piece('Hello.', { logprobs: { x: [1] }, extra: { deep: true } }) + END],
    [
      'comments and other fields of the stream',
      `: hi\nid: 7\nretry: 1\nevent: message\n${piece('Hello.')}${END}`,
    ],
    ['usage that is a word', piece('Hello.') + event({ choices: [], usage: 'unknown' }) + END],
    [
      'usage that is negative',
      piece('Hello.') + event({ choices: [], usage: { prompt_tokens: -5, completion_tokens: -1 } }) + END,
    ],
    [
      'usage that is no whole number',
      piece('Hello.') + event({ choices: [], usage: { prompt_tokens: 1.5, completion_tokens: '7' } }) + END,
    ],
    [
      'usage beyond all measure',
      piece('Hello.') +
        event({ choices: [], usage: { prompt_tokens: 1e300, completion_tokens: 1e18 } }) +
        END,
    ],
    ['an end that is told twice', piece('Hello.') + END + END],
  ])('%s', async (_name, body) => {
    const answer = await ask(sends(body));
    expect(answer).toMatchObject({ text: 'Hello.', reason: 'stop' });
    // What is no count is estimated: budgets are counted in whole tokens.
    const { promptTokens = -1, completionTokens = -1 } = answer.usage ?? {};
    for (const tokens of [promptTokens, completionTokens]) {
      expect(Number.isSafeInteger(tokens)).toBe(true);
      expect(tokens).toBeGreaterThan(0);
      expect(tokens).toBeLessThan(1000);
    }
  });

  test('pieces that come twice or out of order are read as they came: no mark tells them apart', async () => {
    expect((await ask(sends(piece('lo.') + piece('Hel') + piece('Hel') + END))).text).toBe('lo.HelHel');
  });

  test.each([
    ['a filter, before a word', event({ choices: [{ delta: {}, finish_reason: 'content_filter' }] })],
    ['a channel of its own', event({ choices: [{ delta: { refusal: 'CANARY' }, finish_reason: 'stop' }] })],
  ])('a refusal through %s is told as one, without its words', async (_name, refused) => {
    const answer = await ask(sends(`${refused}data: [DONE]\n\n`));
    expect(answer).toMatchObject({ text: '', reason: 'filter' });
    expect(JSON.stringify(answer)).not.toContain('CANARY');
  });

  test('no choice at all is an answer without a word', async () => {
    expect(await ask(sends(`${event({ choices: [] })}data: [DONE]\n\n`))).toMatchObject({
      text: '',
      reason: 'other',
    });
  });
});

test.each([
  ['0', 0],
  ['2', 2000],
  ['1.5', 1500],
  ['-3', 250],
  ['soon', 250],
  [new Date(Date.now() - 60_000).toUTCString(), 0],
])('after 429 with Retry-After “%s” it waits %i ms', async (after, ms) => {
  let asked = 0;
  answerWith = (response) => {
    asked += 1;
    if (asked > 1) response.writeHead(200, SSE).end(piece('Hello.') + END);
    else response.writeHead(429, { 'retry-after': after }).end('{}');
  };
  const model = openTestModel(url, { attempts: 2 });
  expect((await ask(model)).text).toBe('Hello.');
  expect(model.waits).toEqual([ms]);
});

function bytes(body: string | Uint8Array, headers: Record<string, string> = SSE) {
  return { body, headers };
}

/** The same again and again, for as long as somebody reads. */
async function drip(response: ServerResponse, again: string, first = ''): Promise<void> {
  response.writeHead(200, SSE);
  response.write(first);
  const gone = once(response, 'close');
  while (!response.destroyed) {
    if (response.write(again)) await new Promise(setImmediate);
    else await Promise.race([new Promise((done) => response.once('drain', done)), gone]);
  }
}
