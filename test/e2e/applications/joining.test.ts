import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  type ApplicationShelf,
  createApplicationShelf,
} from '../../../src/stage/web/applications/application-shelf.ts';
import { newToken } from '../../../src/stage/web/applications/token.ts';
import { SUBPROTOCOL } from '../../../src/stage/web/protocol.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { joinStage, joinWithToken, type StageClient, tokenOf } from '../../unit/stage/web/stage-client.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';
import { add, dial, outcomeOf } from './dialling.ts';

let house: WebHouse;
let shelf: ApplicationShelf;
beforeAll(async () => {
  const store = await openStore('memory:');
  shelf = createApplicationShelf(store);
  house = await openWebHouse(smallLibrary(), { store });
});
afterAll(() => house.close());

describe('an application', () => {
  test('joins by a header, without an Origin, with the scopes of its token', async () => {
    const game = await joinWithToken(house.url, await add(shelf, 'A game', ['play', 'direct']));
    const hello = await game.seen('hello');
    expect(hello.protocol).toBe(1);
    expect(hello.scopes).toEqual(['play', 'direct']);
    expect(hello.house).toEqual([]);
    await game.close();
  });

  test('joins by the second subprotocol; a page only from where its token says', async () => {
    const token = await add(shelf, 'A page', ['play'], ['http://localhost:8080']);
    const asked = { protocols: [SUBPROTOCOL, token] };
    expect(await outcomeOf(dial(house.url, asked))).toBe('open');
    expect(await outcomeOf(dial(house.url, { ...asked, origin: 'http://localhost:8080' }))).toBe('open');
    for (const origin of ['http://localhost:8081', 'http://evil.example', 'null', house.url]) {
      expect([origin, await outcomeOf(dial(house.url, { ...asked, origin }))]).toEqual([origin, 403]);
    }
  });

  test('is refused alike, whatever is wrong', async () => {
    const token = await add(shelf, 'Refused', ['play']);
    const bearer = { authorization: `Bearer ${token}` };
    const wrong = [
      { protocols: [SUBPROTOCOL, newToken()] },
      { protocols: [SUBPROTOCOL, token.slice(0, -1)] },
      { protocols: [token] },
      { protocols: [SUBPROTOCOL] },
      { protocols: [SUBPROTOCOL, token, token.slice(1)] },
      { protocols: [SUBPROTOCOL, token], headers: { host: 'evil.example' } },
      { protocols: [SUBPROTOCOL], headers: bearer, path: '/other' },
      { protocols: [], headers: bearer },
    ];
    for (const attempt of wrong) expect(await outcomeOf(dial(house.url, attempt))).toBe(403);
    expect(await outcomeOf(dial(house.url, { protocols: [SUBPROTOCOL], headers: bearer }))).toBe('open');
  });

  test('is told which scope it lacks, and goes on', async () => {
    const page = await joinStage(house.url);
    page.send({ type: 'open', start: { cast: ['tom'], setting: 'A quay.' } });
    const { scene } = await page.seen('opened');
    const game = await joinWithToken(house.url, await add(shelf, 'A watcher', []));
    game.send({ type: 'open', scene: scene.id });
    await game.seen('opened');
    expect(await game.ask({ type: 'say', text: 'Hello?' })).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('scope play'),
    });
    expect(await game.ask({ type: 'next' })).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('scope direct'),
    });
    expect(await game.ask({ type: 'mind', character: 'tom' })).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('scope mind'),
    });
    expect(await game.ask({ type: 'open', start: { cast: ['tom'] } })).toMatchObject({ code: 'forbidden' });
    await page.ask({ type: 'say', text: 'Good evening.' });
    await game.seen('beat', ({ beat }) => beat.segments.some(({ text }) => text === 'Good evening.'));
    for (const client of [game, page]) await client.close();
  });

  test('brings players of its own, each under the application’s name for them', async () => {
    const token = await add(shelf, 'Two players', ['play', 'direct']);
    const as = async (id: string, name: string, scene?: string): Promise<StageClient> => {
      const client = await joinWithToken(house.url, token);
      const where = scene === undefined ? { start: { cast: ['tom'], setting: 'A mill.' } } : { scene };
      client.send({ type: 'open', ...where, as: { id, name } });
      await client.seen('opened');
      return client;
    };
    const ada = await as('p1', 'Ada');
    const { scene } = await ada.seen('opened');
    const ben = await as('p2', 'Ben', scene.id);
    await ada.ask({ type: 'say', text: 'I am Ada.' });
    await ben.ask({ type: 'say', text: 'I am Ben.' });
    const id = (await shelf.list()).find(({ name }) => name === 'Two players')?.id;
    const spoken = async (text: string) =>
      (await ada.seen('beat', ({ beat }) => beat.segments.some((one) => one.text === text))).beat.speaker;
    expect(await spoken('I am Ada.')).toEqual({ id: `player:app:${id}:p1`, name: 'Ada' });
    expect(await spoken('I am Ben.')).toEqual({ id: `player:app:${id}:p2`, name: 'Ben' });
    for (const client of [ada, ben]) await client.close();
  });

  test('is put out once its token is removed, and no other is', async () => {
    const [gone, stays] = [await add(shelf, 'Gone', ['play']), await add(shelf, 'Stays', ['play'])];
    const [first, second] = [await joinWithToken(house.url, gone), await joinWithToken(house.url, stays)];
    const closed = once(first.socket, 'close') as Promise<[number]>;
    await shelf.remove('Gone');
    expect((await closed)[0]).toBe(4001);
    expect(second.socket.readyState).toBe(WebSocket.OPEN);
    expect(await outcomeOf(dial(house.url, { protocols: [SUBPROTOCOL, gone] }))).toBe(403);
    await second.close();
  });
});

describe('another version of the protocol', () => {
  test.each([['dramatis.v0'], ['dramatis.v2']])(
    '%s alone is told so, and closed with 4000',
    async (version) => {
      const token = await add(shelf, version, ['play']);
      for (const offered of [token, await tokenOf(house.url)]) {
        const socket = dial(house.url, {
          protocols: [version, offered],
          ...(offered === token ? {} : { origin: house.url }),
        });
        const told: unknown[] = [];
        socket.on('message', (data) => told.push(JSON.parse(String(data))));
        const [code] = (await once(socket, 'close')) as [number];
        expect(code).toBe(4000);
        expect(socket.protocol).toBe(version);
        expect(told).toEqual([
          { type: 'error', code: 'version', message: expect.stringContaining('dramatis.v1') },
        ]);
      }
    },
  );

  test('beside ours does no harm, and without a token it is let in no more than any other', async () => {
    const token = await add(shelf, 'Both', ['play']);
    const socket = dial(house.url, { protocols: ['dramatis.v2', SUBPROTOCOL, token] });
    await once(socket, 'open');
    expect(socket.protocol).toBe(SUBPROTOCOL);
    socket.terminate();
    expect(await outcomeOf(dial(house.url, { protocols: ['dramatis.v0', newToken()] }))).toBe(403);
  });
});
