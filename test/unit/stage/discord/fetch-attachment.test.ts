import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { bytesOf, uploadOf } from '../../../../src/stage/discord/interactions/fetch-attachment.ts';

const { signal } = new AbortController();

/** Discord keeps its files where this address is. */
const at = (url: string) => ({ cdn: new URL('/cdn', url).href, signal });

/** An address where this answers. */
async function served(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
}

test('a file comes as it is, under its name', async () => {
  const url = await served((_asked, answer) => answer.end('bytes'));
  const { name, bytes } = await uploadOf({ name: 'card.json', url, size: 5 }, at(url));
  expect(name).toBe('card.json');
  expect(Buffer.from(bytes).toString()).toBe('bytes');
});

test('one that says it is small is counted all the same, and broken off', async () => {
  let closed = false;
  const url = await served((asked, answer) => {
    asked.socket.once('close', () => {
      closed = true;
    });
    const pour = () => {
      while (!answer.destroyed && answer.write(Buffer.alloc(64 * 1024))) {
        // Until it no longer flows.
      }
    };
    answer.on('drain', pour);
    pour();
  });
  await expect(bytesOf({ url, size: 5 }, 100_000, '100 KB', at(url))).rejects.toThrow(
    'That file is too large: 100 KB is the most that is read.',
  );
  await expect.poll(() => closed).toBe(true);
});

test('no other address is asked, wherever the first one points', async () => {
  let asked = 0;
  const elsewhere = await served((_asked, answer) => {
    asked += 1;
    answer.end('secret');
  });
  const url = await served((_asked, answer) => answer.writeHead(302, { location: elsewhere }).end());
  await expect(uploadOf({ name: 'a.json', url, size: 1 }, at(url))).rejects.toThrow(
    'does not hand that file over',
  );
  expect(asked).toBe(0);
});

test('an address that is gone is said', async () => {
  const url = await served((_asked, answer) => answer.writeHead(404).end());
  await expect(uploadOf({ name: 'a.json', url, size: 1 }, at(url))).rejects.toThrow(
    'does not hand that file over',
  );
});

test.each([
  ['another host', (url: string) => url],
  ['this machine by name', (url: string) => url.replace('127.0.0.1', 'localhost')],
  ['Discord’s name before an @', (url: string) => url.replace('http://', 'http://cdn.discordapp.com@')],
  ['the machine’s own description of itself', () => 'http://169.254.169.254/latest/meta-data'],
  ['a name that begins like Discord’s', () => 'https://cdn.discordapp.com.evil.example/a'],
  ['Discord without encryption', () => 'http://cdn.discordapp.com/a'],
  ['another port of Discord', () => 'https://cdn.discordapp.com:8443/a'],
  ['a file of this machine', () => 'file:///etc/passwd'],
  ['an address with the file in it', () => 'data:text/plain,secret'],
  ['no address', () => 'secret'],
])('%s is not asked', async (_name, addressFrom) => {
  let asked = 0;
  const elsewhere = await served((_asked, answer) => {
    asked += 1;
    answer.end('secret');
  });
  const url = addressFrom(elsewhere);
  const keeping = { cdn: 'https://cdn.discordapp.com', signal: AbortSignal.timeout(2000) };
  await expect(uploadOf({ name: 'a.json', url, size: 1 }, keeping)).rejects.toThrow(
    'does not hand that file over',
  );
  expect(asked).toBe(0);
});
