import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { linkToStage } from '../../../../src/cli/mcp/stage-link.ts';
import { SUBPROTOCOL } from '../../../../src/stage/web/protocol.ts';
import type { ServerMessage } from '../../../../src/stage/web/server-message.ts';

/** Something that listens where a stage should, and is none, or is not well. */
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/stage`;
}

/** Sends these as soon as somebody comes, then answers as it is told. */
async function speaking(
  first: readonly (object | string)[],
  answer?: (message: { re: string; type: string }) => object,
): Promise<string> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, handleProtocols: () => SUBPROTOCOL });
  sockets.on('connection', (socket) => {
    const send = (message: object | string) =>
      socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    first.forEach(send);
    socket.on('message', (data) => {
      if (answer) send(answer(JSON.parse(String(data))));
    });
  });
  return listening(server);
}

const HELLO = {
  type: 'hello',
  protocol: 1,
  run: 'r',
  scopes: ['play'],
  library: { characters: [], scenes: [], problems: [] },
  playing: [],
  house: [],
};
const { signal } = new AbortController();
const join = (url: string, heard: ServerMessage[] = [], patienceMs = 5000) =>
  linkToStage({ url, token: 't', hear: (message) => heard.push(message), signal, patienceMs });

describe('what is no stage', () => {
  test('another web server', async () => {
    const url = await listening(createServer((_request, response) => response.end('hello')));
    await expect(join(url)).rejects.toThrow('is not a stage');
  });

  test.each([
    [403, 'does not know this token'],
    [429, 'too many attempts'],
    [503, 'cannot reach its store'],
  ])('one that refuses with %d says why', async (status, why) => {
    const server = createServer();
    server.on('upgrade', (_request, socket) =>
      socket.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\n\r\n`),
    );
    await expect(join(await listening(server))).rejects.toThrow(why);
  });

  test('one that says nothing is waited for no longer than told', async () => {
    await expect(join(await speaking([]), [], 50)).rejects.toThrow('does not greet');
  });

  test('one of another version says so itself', async () => {
    const url = await speaking([
      { type: 'error', code: 'version', message: 'This stage speaks dramatis.v2.' },
    ]);
    await expect(join(url)).rejects.toThrow('This stage speaks dramatis.v2.');
  });
});

describe('a link', () => {
  test('passes over what it cannot read, and hears the rest in order', async () => {
    const heard: ServerMessage[] = [];
    const news = [
      { type: 'typing' },
      { type: 'a-novelty', of: 1 },
      'no JSON',
      { type: 'withdraw', turn: 't1' },
    ];
    const url = await speaking([HELLO, ...news], ({ re }) => ({ type: 'done', re }));
    const link = await join(url, heard);
    await link.ask({ type: 'stop' }, 'done', signal);
    expect(heard).toEqual([{ type: 'typing' }, { type: 'withdraw', turn: 't1' }]);
    await link.close();
  });

  test('gives each its own answer, whatever their order', async () => {
    const late: { re: string; type: string }[] = [];
    const url = await speaking([HELLO], (message) => {
      late.push(message);
      // The first is answered after the second.
      const one = late.length === 1 ? { re: 'nobody' } : late.length === 2 ? message : (late[0] ?? message);
      return { type: 'thoughts', beat: late.length, thoughts: [], re: one.re };
    });
    const link = await join(url);
    const first = link.ask({ type: 'peek', beat: 1 }, 'thoughts', signal);
    const second = await link.ask({ type: 'peek', beat: 2 }, 'thoughts', signal);
    expect(second.beat).toBe(2);
    await link.ask({ type: 'peek', beat: 3 }, 'thoughts', AbortSignal.timeout(50)).catch(() => {});
    expect((await first).beat).toBe(3);
    await link.close();
  });

  test('a refusal is thrown in the words of the stage; an answer of another kind is a mistake', async () => {
    const url = await speaking([HELLO], ({ re, type }) =>
      type === 'stop' ? { type: 'error', code: 'player', message: 'Not now.', re } : { type: 'done', re },
    );
    const link = await join(url);
    await expect(link.ask({ type: 'stop' }, 'done', signal)).rejects.toThrow('Not now.');
    await expect(link.ask({ type: 'retry' }, 'thoughts', signal)).rejects.toThrow('answered retry with done');
    await link.close();
    await expect(link.ask({ type: 'stop' }, 'done', signal)).rejects.toThrow('went away');
  });
});
