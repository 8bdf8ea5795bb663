import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { connect, type Stage, StageError } from '../../../clients/js/src/index.ts';
import { createApplicationShelf } from '../../../src/stage/web/applications/application-shelf.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { SOON } from '../../support/soon.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';
import { add } from '../applications/dialling.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';

const library = smallLibrary();
let store: SceneStore;
let house: WebHouse;
let token: string;
beforeAll(async () => {
  store = await openStore('memory:');
  house = await openWebHouse(library, { store: { ...store, close: async () => {} } });
  token = await add(createApplicationShelf(store), 'A game', ['play', 'direct', 'peek']);
});
afterAll(() => house.close());

type Way = {
  readonly proxy: CuttingProxy;
  readonly stage: Stage;
  readonly scene: string;
  readonly seen: number[];
};

/** A game that plays over a line that can be cut; `seen`: the beats that it was told of, as they came. */
async function play({ onTestFinished }: TestContext): Promise<Way> {
  const proxy = await startCuttingProxy(house.url);
  const stage = await connect({ url: proxy.url, token });
  onTestFinished(async () => {
    stage.close();
    await proxy.close();
  });
  const seen: number[] = [];
  stage.on('beat', ({ beat }) => seen.push(beat.n));
  const { scene, beats } = await stage.open({
    start: { cast: ['wenna'], setting: 'A quay.' },
    as: { name: 'Ada' },
    thoughts: true,
  });
  seen.push(...beats.map(({ n }) => n));
  return { proxy, stage, scene: scene.id, seen };
}

async function logOf(scene: string): Promise<number[]> {
  await house.engine.idle(scene);
  return (await house.engine.replay(scene)).map(({ n }) => n);
}

describe('a client whose connection is cut', () => {
  test('comes back to its scene, and hears what it missed, each beat once', async (context) => {
    const { proxy, stage, scene, seen } = await play(context);
    await stage.perceive('A gull lands.', ['everyone']);
    proxy.shutOut();
    const offline = new Promise((resolve) => stage.on('offline', () => resolve(undefined)));
    const online = new Promise((resolve) => stage.on('online', () => resolve(undefined)));
    const resets: boolean[] = [];
    const thoughtOf: number[] = [];
    stage.on('thoughts', ({ beat }) => thoughtOf.push(beat));
    stage.on('opened', ({ reset }) => resets.push(reset));
    proxy.cut();
    await offline;
    await house.engine.next(scene, 'wenna');
    await logOf(scene);
    proxy.letIn();
    await online;
    expect(resets).toEqual([false]);
    expect(thoughtOf).toHaveLength(1);
    expect(seen).toContain(thoughtOf[0]);
    await stage.perceive('A gull leaves.', ['everyone']);
    const log = await logOf(scene);
    await expect.poll(() => seen, SOON).toEqual(log);
  });

  test('has a line heard once, whose answer was lost', async (context) => {
    const { proxy, stage, scene, seen } = await play(context);
    proxy.loseAnswers();
    const saying = stage.say('Is there a boat tonight?');
    await expect
      .poll(async () => JSON.stringify(await house.engine.replay(scene)), SOON)
      .toContain('Is there a boat tonight?');
    proxy.cut();
    const { beat } = await saying;
    const log = await house.engine.replay(scene);
    const heard = log.filter(({ segments }) =>
      segments.some(({ text }) => text === 'Is there a boat tonight?'),
    );
    expect(heard.map(({ n }) => n)).toEqual([beat]);
    await expect.poll(() => seen, SOON).toEqual(await logOf(scene));
  });

  test('is told that all else may have been done', async (context) => {
    const { proxy, stage } = await play(context);
    proxy.loseAnswers();
    const asked = expect(stage.cast('tom')).rejects.toMatchObject({ code: 'lost' });
    await new Promise((resolve) => setImmediate(resolve));
    proxy.cut();
    await asked;
    expect(await stage.say('Hello?')).toMatchObject({ type: 'heard' });
  });

  test('is told where the story was changed meanwhile: all there is comes again', async (context) => {
    const { proxy, stage, scene } = await play(context);
    const { beat } = await stage.perceive('A gull lands.', ['everyone']);
    await stage.perceive('It eats a hat.', ['everyone']);
    proxy.shutOut();
    const again = new Promise<readonly number[]>((resolve) =>
      stage.on('opened', ({ reset, beats }) => reset && resolve(beats.map(({ n }) => n))),
    );
    proxy.cut();
    await house.engine.past.rewind(scene, beat);
    proxy.letIn();
    expect(await again).toEqual(await logOf(scene));
  });

  test('ends when its token is removed', async ({ onTestFinished }) => {
    const shelf = createApplicationShelf(store);
    const stage = await connect({ url: house.url, token: await add(shelf, 'Gone', ['play']) });
    onTestFinished(stage.close);
    const closed = new Promise<Error | undefined>((resolve) => stage.on('closed', resolve));
    await shelf.remove('Gone');
    expect(await closed).toMatchObject({ code: 'closed', message: expect.stringContaining('token') });
  });
});

describe('a stage of another version', () => {
  test('is no stage for this client: it says so, and does not dial again', async ({ onTestFinished }) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    await once(server, 'listening');
    let dialled = 0;
    server.on('connection', (socket) => {
      dialled += 1;
      socket.send(
        JSON.stringify({ type: 'error', code: 'version', message: 'This stage speaks dramatis.v2.' }),
      );
      socket.close(4000);
    });
    const { port } = server.address() as AddressInfo;
    await expect(connect({ url: `ws://127.0.0.1:${port}/stage`, token })).rejects.toMatchObject({
      code: 'version',
      message: 'This stage speaks dramatis.v2.',
    });
    expect(dialled).toBe(1);
  });
});

describe('a stage that is started anew', () => {
  test('has the client back; a line of before is for its writer to send again', async ({
    onTestFinished,
  }) => {
    const own = await openStore('memory:');
    const kept = { ...own, close: async () => {} };
    const first = await openWebHouse(library, { store: kept });
    const { port } = new URL(first.url);
    const stage = await connect({
      url: first.url,
      token: await add(createApplicationShelf(own), 'A game', ['play', 'direct']),
    });
    onTestFinished(stage.close);
    const { scene } = await stage.open({
      start: { cast: ['wenna'], setting: 'A quay.' },
      as: { name: 'Ada' },
    });
    const run = stage.hello.run;
    const offline = new Promise((resolve) => stage.on('offline', () => resolve(undefined)));
    const again = new Promise((resolve) => stage.on('opened', resolve));
    await first.close();
    await offline;
    const saying = stage.say('Is anybody there?').catch((error: unknown) => error);
    const second = await openWebHouse(library, { store: kept, port: Number(port) });
    onTestFinished(second.close);
    expect(await again).toMatchObject({ reset: true, scene: { id: scene.id } });
    expect(stage.hello.run).not.toBe(run);
    const failure = await saying;
    expect(failure).toBeInstanceOf(StageError);
    expect(failure).toMatchObject({ code: 'lost' });
    expect(await stage.say('Is anybody there?')).toMatchObject({ type: 'heard' });
  });
});
