import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import {
  type ApplicationShelf,
  createApplicationShelf,
} from '../../../src/stage/web/applications/application-shelf.ts';
import { newToken } from '../../../src/stage/web/applications/token.ts';
import type { WebLimits } from '../../../src/stage/web/limits.ts';
import { SUBPROTOCOL } from '../../../src/stage/web/protocol.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { joinStage, joinWithToken } from '../../unit/stage/web/stage-client.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';
import { add, dial, outcomeOf } from './dialling.ts';
import { listen } from './listening.ts';

let house: WebHouse | undefined;
afterEach(async () => {
  await house?.close();
  house = undefined;
});

async function open(
  limits: Partial<WebLimits> = {},
  watched: (store: SceneStore) => SceneStore = (store) => store,
): Promise<WebHouse & { shelf: ApplicationShelf }> {
  const store = await openStore('memory:');
  house = await openWebHouse(smallLibrary(), { store: watched(store), limits });
  return { ...house, shelf: createApplicationShelf(store) };
}

const offering = (token: string) => ({ protocols: [SUBPROTOCOL, token] });

describe('too much of it', () => {
  test('a message of 1 MB closes that socket with 1009, and no other', async () => {
    const { url, shelf } = await open();
    const token = await add(shelf, 'A game', ['play', 'direct']);
    const [one, other] = [await joinWithToken(url, token), await joinWithToken(url, token)];
    const closed = once(one.socket, 'close') as Promise<[number]>;
    one.send({ type: 'say', text: 'x'.repeat(1024 * 1024) });
    expect((await closed)[0]).toBe(1009);
    other.send({ type: 'open' });
    expect((await other.seen('opened')).scene.title).toBe('The last boat');
    await other.close();
  });

  test('a thousand sockets: those beyond the limit are 429, and the page goes on, and comes anew', async () => {
    const { url, shelf } = await open();
    const page = await joinStage(url);
    page.send({ type: 'open' });
    await page.seen('opened');
    const asked = offering(await add(shelf, 'A crowd', ['play']));
    const sockets: WebSocket[] = [];
    const outcomes = new Map<string, number>();
    for (let batch = 0; batch < 20; batch += 1) {
      const some = Array.from({ length: 50 }, () => dial(url, asked));
      for (const outcome of await Promise.all(some.map(answerTo))) {
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
      sockets.push(...some);
    }
    expect(Object.fromEntries(outcomes)).toEqual({ open: 64, 429: 936 });
    expect(await page.ask({ type: 'say', text: 'Still here?' })).toMatchObject({ type: 'heard' });
    const again = await joinStage(url);
    await again.seen('hello');
    for (const socket of sockets) socket.terminate();
    // There is room again once they have left.
    await expect.poll(() => outcomeOf(dial(url, asked))).toBe('open');
    for (const client of [page, again]) await client.close();
  });

  test('sockets and listeners of one address count together', async () => {
    const { url, shelf } = await open({ socketsEach: 2 });
    const token = await add(shelf, 'A game', ['play', 'direct']);
    const game = await joinWithToken(url, token);
    game.send({ type: 'open' });
    const { scene } = await game.seen('opened');
    const headers = { authorization: `Bearer ${token}` };
    const ears = await listen(url, `scene=${scene.id}`, headers);
    expect(ears.response.status).toBe(200);
    expect((await listen(url, `scene=${scene.id}`, headers)).response.status).toBe(429);
    expect(await outcomeOf(dial(url, offering(token)))).toBe(429);
    ears.close();
    await expect.poll(() => outcomeOf(dial(url, offering(token)))).toBe('open');
    await game.close();
  });
});

describe('wrong tokens', () => {
  test('are slowed without a look at the store, and keep the page out never', async () => {
    let looks = 0;
    const counting = (store: SceneStore): SceneStore => ({
      ...store,
      get(kind, id) {
        if (kind === 'application') looks += 1;
        return store.get(kind, id);
      },
    });
    const { url } = await open({}, counting);
    const outcomes: unknown[] = [];
    for (let i = 0; i < 8; i += 1) outcomes.push(await outcomeOf(dial(url, offering(newToken()))));
    expect(outcomes).toEqual([403, 403, 403, 403, 403, 429, 429, 429]);
    expect(looks).toBe(5);
    const slowed = await listen(url, 'scene=web:x', { authorization: `Bearer ${newToken()}` });
    expect(slowed.response.status).toBe(429);
    expect(Number(slowed.response.headers.get('retry-after'))).toBeGreaterThan(0);
    const page = await joinStage(url);
    await page.close();
  });

  test('a store that cannot be asked is 503, and nobody is put out', async () => {
    let isDown = false;
    const { url, shelf } = await open({}, (store) => ({
      ...store,
      get: (kind, id) =>
        isDown && kind === 'application' ? Promise.reject(new Error('down')) : store.get(kind, id),
    }));
    const token = await add(shelf, 'A game', ['play', 'direct']);
    const game = await joinWithToken(url, token);
    isDown = true;
    expect(await outcomeOf(dial(url, offering(token)))).toBe(503);
    game.send({ type: 'open' });
    await game.seen('opened');
    isDown = false;
    expect(await outcomeOf(dial(url, offering(token)))).toBe('open');
    await game.close();
  });
});

function answerTo(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('unexpected-response', (_request, { statusCode }) => {
      resolve(String(statusCode));
      socket.terminate();
    });
    socket.once('close', () => resolve('cut'));
  });
}
