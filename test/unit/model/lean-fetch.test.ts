import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { endedWithDone, leanFetch } from '../../../src/model/lean-fetch.ts';

async function withServer(
  listener: RequestListener,
  use: (url: string) => Promise<void>,
  onConnection: () => void = () => undefined,
): Promise<void> {
  const server = createServer(listener).on('connection', onConnection).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    await use(`http://127.0.0.1:${port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test.each([
  ['data: one\n\ndata: [DONE]\n\n', true],
  ['data:[DONE]', true],
  ['data: [DONE]\n\ndata: more\n\n', false],
  ['data: {"content":"[DONE]"}\n\n', false],
  ['', false],
])('%j, in any two pieces, ends with the mark: %j', async (text, ended) => {
  let cut = 0;
  const listener: RequestListener = (_request, response) => {
    response.write(text.slice(0, cut));
    setImmediate(() => response.end(text.slice(cut)));
  };
  await withServer(listener, async (url) => {
    for (cut = 0; cut <= text.length; cut += 1) {
      const response = await leanFetch(url);
      expect(await response.text()).toBe(text);
      expect(endedWithDone(response)).toBe(ended);
    }
  });
});

test('no more than 64 MiB are read', async () => {
  const mebibyte = Buffer.alloc(1024 * 1024, 'x');
  const listener: RequestListener = (_request, response) => {
    const pour = () => {
      while (response.write(mebibyte)) if (response.destroyed) return;
      response.once('drain', pour);
    };
    pour();
  };
  await withServer(listener, async (url) => {
    const response = await leanFetch(url);
    let length = 0;
    const reading = async () => {
      for await (const chunk of response.body ?? []) length += chunk.length;
    };
    await expect(reading()).rejects.toThrow(/bytes/);
    expect(length).toBeLessThanOrEqual(64 * 1024 * 1024);
    expect(length).toBeGreaterThan(60 * 1024 * 1024);
  });
});

describe('a connection', () => {
  const connectionsOf = async (last: string, use: (url: string) => Promise<void>): Promise<number> => {
    let connections = 0;
    const listener: RequestListener = (request, response) => {
      request.resume();
      response.write('data: one\n\n');
      // The mark comes at once, the end of the answer a little later.
      response.write(last);
      setTimeout(() => response.end(), 30);
    };
    await withServer(
      listener,
      async (url) => {
        await use(url);
        await use(url);
      },
      () => {
        connections += 1;
      },
    );
    return connections;
  };
  const readUntil = (part: string) => async (url: string) => {
    const response = await leanFetch(url, { method: 'POST', body: '{}' });
    for await (const piece of response.body ?? []) if (Buffer.from(piece).includes(part)) break;
    // Its last bytes come meanwhile.
    await sleep(300);
  };

  test('is kept where the answer was read to its mark, though not to its end', async () => {
    expect(await connectionsOf('data: [DONE]\n\n', readUntil('[DONE]'))).toBe(1);
  });

  test('is closed where somebody stops reading before', async () => {
    expect(await connectionsOf('data: two\n\n', readUntil('one'))).toBe(2);
  });
});

test('an abort ends an answer that is there and not read', async () => {
  const listener: RequestListener = (_request, response) => {
    response.write('data: one\n\n');
  };
  await withServer(listener, async (url) => {
    const caller = new AbortController();
    const response = await leanFetch(url, { signal: caller.signal });
    await sleep(20);
    const reason = new Error('enough');
    caller.abort(reason);
    await expect(response.text()).rejects.toBe(reason);
  });
});

test('an answer that breaks off is told from one that ends', async () => {
  const listener: RequestListener = (_request, response) => {
    response.write('data: one\n\n');
    setTimeout(() => response.destroy(), 10);
  };
  await withServer(listener, async (url) => {
    const response = await leanFetch(url);
    await expect(response.text()).rejects.toThrow();
  });
});
