import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { endedWithDone, watchedFetch } from '../../../src/model/watched-fetch.ts';

async function withServer(listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
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
      const response = await watchedFetch(url);
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
    const response = await watchedFetch(url);
    let length = 0;
    const reading = async () => {
      for await (const chunk of response.body ?? []) length += chunk.length;
    };
    await expect(reading()).rejects.toThrow(/bytes/);
    expect(length).toBeLessThanOrEqual(64 * 1024 * 1024);
    expect(length).toBeGreaterThan(60 * 1024 * 1024);
  });
});
