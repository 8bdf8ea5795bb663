import { expect, test } from 'vitest';
import { batchLine } from '../../../../src/lab/calls/batch-line.ts';
import { lookAtBatch } from '../../../../src/lab/check/rules/batch.ts';

type Change = Readonly<Record<string, unknown>>;

function request(id: string, change: Change = {}, body: Change = {}) {
  const messages = [{ role: 'user', content: 'Well?' }];
  return {
    ...{ custom_id: id, method: 'POST', url: '/v1/chat/completions' },
    body: { model: 'judge-1', messages, ...body },
    ...change,
  };
}

function found(...requests: readonly Change[]): readonly string[] {
  const batch = lookAtBatch(new Set<string>());
  return [...requests.flatMap((one) => batch.look(one)), ...batch.end(1000)].map(({ id }) => id);
}

test('what the house writes itself is in order', () => {
  const line = batchLine('a', {
    url: '/v1/chat/completions',
    body: { model: 'judge-1', messages: [{ role: 'user', content: 'Well?' }], temperature: 0 },
  });
  expect(found(JSON.parse(line), request('b'))).toEqual([]);
  expect(found(request('c', { url: '/v1/embeddings', body: { model: 'e', input: 'x' } }))).toEqual([]);
});

test.each<[string, Change]>([
  ['batch-same-id', request('a')],
  ['batch-id', request('')],
  ['batch-id', request('x'.repeat(65))],
  ['batch-method', request('b', { method: 'GET' })],
  ['batch-url', request('b', { url: '/v2/chat' })],
  ['batch-body', request('b', { body: 'text' })],
  ['batch-model', request('b', {}, { model: undefined })],
  ['batch-one-model', request('b', {}, { model: 'judge-2' })],
  ['batch-stream', request('b', {}, { stream: true })],
  ['batch-messages', request('b', {}, { messages: [{ role: 'user', content: '' }] })],
  ['batch-messages', request('b', {}, { messages: undefined })],
])('%s', (id, second) => {
  expect(found(request('a'), second)).toEqual([id]);
});

test('50,000 requests and 200 MB a file', () => {
  const batch = lookAtBatch({ has: () => false, add() {} });
  const one = request('a');
  for (let at = 0; at < 50_000; at += 1) batch.look(one);
  expect(batch.end(200_000_000)).toEqual([]);
  batch.look(one);
  expect(batch.end(200_000_001).map(({ id }) => id)).toEqual(['batch-requests', 'batch-bytes']);
});
