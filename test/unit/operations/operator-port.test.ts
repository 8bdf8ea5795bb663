import { afterEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../../src/log.ts';
import { createOperations, type Operations } from '../../../src/operations/operations.ts';
import { openOperatorPort } from '../../../src/operations/operator-port.ts';

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function opened(host: string, operatorToken?: string, change: Partial<Operations> = {}) {
  const operations = { ...createOperations(), ...change };
  closing.push(operations.close);
  const port = await openOperatorPort(operations, { host, port: 0, tries: 1, operatorToken });
  closing.push(port.close);
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(port.url + path, { headers, method });
  return { operations, ask, url: port.url };
}

describe('on this machine alone', () => {
  test('figures are read without a word', async () => {
    const { operations, ask } = await opened('127.0.0.1');
    operations.log(silentLog).warn('shard-failed', { shard: 1 });
    const answer = await ask('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    expect(text).toContain('dramatis_log_events_total{level="warn",event="shard-failed"} 1');
    expect(text).toContain('process_resident_memory_bytes');
  });

  test('no page elsewhere reads them under a name of its own', async () => {
    const { url } = await opened('127.0.0.1');
    const { port } = new URL(url);
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path: '/metrics', headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });

  test('nothing else is there, and nothing is taken', async () => {
    const { ask } = await opened('127.0.0.1');
    expect((await ask('/')).status).toBe(404);
    expect((await ask('/metrics/../../etc/passwd')).status).toBe(404);
    expect((await ask('/metrics', {}, 'POST')).status).toBe(405);
  });
});

describe('where others can ask', () => {
  test('figures need the operator’s word, health needs none', async () => {
    const { ask } = await opened('0.0.0.0', 'CANARY-WORD');
    expect((await ask('/healthz')).status).toBe(200);
    expect((await ask('/readyz')).status).toBe(200);
    const refused = await ask('/metrics');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refused.text()).not.toContain('dramatis_');
    expect((await ask('/metrics', { authorization: 'Bearer CANARY-WORM' })).status).toBe(401);
    expect((await ask('/metrics', { authorization: 'Basic CANARY-WORD' })).status).toBe(401);
    expect((await ask('/metrics', { authorization: 'Bearer CANARY-WORD' })).status).toBe(200);
  });

  test('without such a word nobody gets any', async () => {
    const { ask } = await opened('0.0.0.0');
    expect((await ask('/metrics', { authorization: 'Bearer undefined' })).status).toBe(401);
  });
});

describe('health and readiness', () => {
  test('a loop that is late all the time is no life', async () => {
    let delay = 4000;
    const { ask } = await opened('127.0.0.1', undefined, { loop: { delayMs: () => delay } });
    expect((await ask('/healthz')).status).toBe(200);
    delay = 6000;
    const late = await ask('/healthz');
    expect(late.status).toBe(503);
    expect(await late.json()).toEqual({ lives: false, loop: '6000 ms late' });
  });

  test('every part is told of, and one that is not in order is enough', async () => {
    const { operations, ask } = await opened('127.0.0.1');
    operations.readiness.watch('store', () => undefined);
    operations.readiness.watch('gateway', () => '0 Reconnecting');
    const answer = await ask('/readyz');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ ready: false, store: 'ok', gateway: '0 Reconnecting' });
    operations.readiness.watch('gateway', () => undefined);
    expect((await ask('/readyz')).status).toBe(200);
  });

  test('a part that fails tells nothing of why, which may hold a secret', async () => {
    const { operations, ask } = await opened('127.0.0.1');
    operations.readiness.watch('store', async () => {
      throw new RangeError('redis://:CANARY@host');
    });
    const text = await (await ask('/readyz')).text();
    expect(text).toContain('RangeError');
    expect(text).not.toContain('CANARY');
  });

  test('who is about to end is not ready, whatever else is in order', async () => {
    const { operations, ask } = await opened('127.0.0.1');
    operations.readiness.watch('store', () => undefined);
    operations.readiness.stopping();
    const answer = await ask('/readyz');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ ready: false, store: 'ok', process: 'shutting down' });
    expect((await ask('/healthz')).status).toBe(200);
  });
});
