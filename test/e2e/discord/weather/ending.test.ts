import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openTheatre, type Theatre } from '../discord-theatre.ts';

let theatre: Theatre;
afterEach(() => theatre.close());

async function reconnects(): Promise<void> {
  await expect.poll(() => theatre.logged.some(({ event }) => event === 'shard-reconnecting')).toBe(true);
}

/** Longer than the library waits before it connects again. */
const LONG_ENOUGH_MS = 1500;

describe('a bot that is ended', () => {
  test('while it waits to reconnect does not connect again', async () => {
    theatre = await openTheatre();
    const { double } = theatre;
    const since = double.position();
    double.gateway.drop();
    await reconnects();
    await theatre.stage().close();
    const again = (kind: 'session-resumed' | 'session-started') =>
      double.waitFor(kind, () => true, { since, timeoutMs: LONG_ENOUGH_MS });
    await expect(Promise.any([again('session-resumed'), again('session-started')])).rejects.toThrow();
  });

  test('while a connection is being made gives that up', async () => {
    theatre = await openTheatre();
    const { double } = theatre;
    const port = Number(new URL(double.restUrl).port);
    await double.stop();
    // Somebody answers the call, and says nothing.
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket.on('error', () => undefined).resume()));
    await once(silent.listen(port, '127.0.0.1'), 'listening');
    await expect.poll(() => sockets.length, { timeout: 5000 }).toBeGreaterThan(0);
    await theatre.stage().close();
    await expect.poll(() => sockets.every(({ closed }) => closed), { timeout: 5000 }).toBe(true);
    await new Promise((resolve) => silent.close(resolve));
  });

  test('in an outage does not try to connect for ever', async () => {
    theatre = await openTheatre();
    const { double } = theatre;
    await double.stop();
    await reconnects();
    await theatre.stage().close();
    const since = double.position();
    await double.start();
    const again = double.waitFor('session-started', () => true, { since, timeoutMs: LONG_ENOUGH_MS });
    await expect(again).rejects.toThrow();
  });
});
