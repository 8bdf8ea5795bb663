import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { WebLimits } from '../../../../src/stage/web/limits.ts';
import { createMessageRate } from '../../../../src/stage/web/message-rate.ts';
import { createPasswordTries } from '../../../../src/stage/web/password-tries.ts';
import { SUBPROTOCOL } from '../../../../src/stage/web/protocol.ts';
import { addressGroup, createTally } from '../../../../src/stage/web/tally.ts';
import { smallLibrary } from '../../../support/small-library.ts';
import { joinStage, tokenOf } from './stage-client.ts';
import { openWebHouse, type WebHouse } from './web-house.ts';

let house: WebHouse | undefined;
afterEach(async () => {
  await house?.close();
  house = undefined;
});

async function houseWith(limits: Partial<WebLimits>): Promise<WebHouse> {
  house = await openWebHouse(smallLibrary(), { limits });
  return house;
}

describe('a connection', () => {
  test('that drips its head is cut off', async () => {
    const { url } = await houseWith({ headMs: 150, requestMs: 150 });
    const socket = dial(url);
    socket.write('GET / HTTP/1.1\r\nHost: ');
    const heard: Buffer[] = [];
    socket.on('data', (bytes) => heard.push(bytes));
    await once(socket, 'close');
    expect(String(Buffer.concat(heard))).not.toContain('dramatis-token');
  });

  test('that is one too many of one address is closed, and there is room again when others leave', async () => {
    const { url } = await houseWith({ connectionsEach: 2 });
    const first = dial(url);
    const second = dial(url);
    await Promise.all([once(first, 'connect'), once(second, 'connect')]);
    const third = dial(url);
    third.on('error', () => {});
    await once(third, 'close');
    first.destroy();
    second.destroy();
    await expect
      .poll(() =>
        fetch(url).then(
          ({ status }) => status,
          () => 'closed',
        ),
      )
      .toBe(200);
  });

  test('with a head of megabytes is refused', async () => {
    const { url } = await houseWith({});
    const response = await fetch(url, { headers: { 'x-long': 'x'.repeat(20_000) } });
    expect(response.status).toBe(431);
  });

  test('that announces a body is refused before the body comes', async () => {
    const { url } = await houseWith({});
    const socket = dial(url);
    socket.write(`GET / HTTP/1.1\r\nHost: ${new URL(url).host}\r\nContent-Length: 1000000000\r\n\r\n`);
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(String(bytes)).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });
});

describe('a socket', () => {
  test('that is one too many of one address is refused', async () => {
    const { url } = await houseWith({ socketsEach: 2 });
    const [first, second] = [await joinStage(url), await joinStage(url)];
    const third = await dialStage(url);
    const [, response] = (await once(third, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(429);
    third.on('error', () => {});
    third.terminate();
    await first.close();
    await second.close();
    const again = await joinStage(url);
    await again.seen('hello');
    await again.close();
  });

  test.each(['message', 'ping'] as const)('that sends %ss without end is closed', async (kind) => {
    const { url } = await houseWith({ burst: 20, perSecond: 0 });
    const socket = await dialStage(url);
    await once(socket, 'open');
    for (let i = 0; i < 40; i += 1) {
      if (kind === 'ping') socket.ping();
      else socket.send('{"type":"cast"}');
    }
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1008);
  });

  test('whose messages in work are too long together is closed', async () => {
    const { url } = await houseWith({ textInWork: 1000 });
    const socket = await dialStage(url);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'cast', re: 'x'.repeat(1000) }));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1008);
  });

  test('with one frame above the limit is closed before it is read', async () => {
    const { url } = await houseWith({});
    const socket = await dialStage(url);
    await once(socket, 'open');
    socket.send('x'.repeat(17 * 1024 * 1024), () => {});
    socket.on('error', () => {});
    const [code] = (await once(socket, 'close')) as [number];
    expect([1009, 1006]).toContain(code);
  });
});

describe('the counts', () => {
  test('of who is inside: full is full, leaving twice is leaving once', () => {
    const tally = createTally({ most: 3, mostEach: 2 });
    const leave = tally.enter('a');
    expect(tally.enter('a')).toBeDefined();
    expect(tally.enter('a')).toBeUndefined();
    expect(tally.enter('b')).toBeDefined();
    expect(tally.enter('c')).toBeUndefined();
    leave?.();
    leave?.();
    expect(tally.enter('c')).toBeDefined();
    expect(tally.enter('c')).toBeUndefined();
  });

  test('of messages: a burst, then a steady rate', () => {
    let time = 0;
    const next = createMessageRate({ burst: 3, perSecond: 2, now: () => time });
    expect([next(), next(), next(), next()]).toEqual([true, true, true, false]);
    time = 500;
    expect([next(), next()]).toEqual([true, false]);
    time = 1_000_000;
    expect([next(), next(), next(), next()]).toEqual([true, true, true, false]);
  });

  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [undefined, 'unknown'],
  ])('%s counts as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });

  test('of wrong passwords: some slips are free, then each pause is twice the last', () => {
    let time = 0;
    const tries = createPasswordTries(() => time);
    const pauses: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      tries.wrong('192.0.2.1');
      pauses.push(tries.wait('192.0.2.1'));
      time += tries.wait('192.0.2.1');
    }
    expect(pauses.slice(0, 8)).toEqual([0, 0, 0, 0, 1000, 2000, 4000, 8000]);
    expect(Math.max(...pauses)).toBe(15 * 60_000);
    expect(tries.wait('192.0.2.2')).toBe(0);
    tries.right('192.0.2.1');
    tries.wrong('192.0.2.1');
    expect(tries.wait('192.0.2.1')).toBe(0);
  });
});

function dial(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect(Number(port), hostname);
}

async function dialStage(url: string): Promise<WebSocket> {
  const token = await tokenOf(url);
  return new WebSocket(`${url.replace('http', 'ws')}/stage`, [SUBPROTOCOL, token], { origin: url });
}
