import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ApplicationShelf,
  createApplicationShelf,
} from '../../../src/stage/web/applications/application-shelf.ts';
import { newToken } from '../../../src/stage/web/applications/token.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { joinStage, type StageClient, tokenOf } from '../../unit/stage/web/stage-client.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';
import { add } from './dialling.ts';
import { type Listening, listen } from './listening.ts';

let house: WebHouse;
let shelf: ApplicationShelf;
let page: StageClient;
let scene: string;
beforeAll(async () => {
  const store = await openStore('memory:');
  shelf = createApplicationShelf(store);
  house = await openWebHouse(smallLibrary(), { store });
  page = await joinStage(house.url);
  page.send({ type: 'open' });
  scene = (await page.seen('opened')).scene.id;
  await house.engine.idle(scene);
});
afterAll(async () => {
  await page.close();
  await house.close();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const typesOf = ({ received }: Listening) => received.map(({ message }) => message.type);
const beatsOf = ({ received }: Listening) =>
  received.flatMap(({ message }) =>
    message.type === 'beat'
      ? [message.beat.n]
      : message.type === 'opened'
        ? message.beats.map(({ n }) => n)
        : [],
  );

describe('listening', () => {
  test('hears the scene as a socket that watches it does, and none of its thoughts', async () => {
    const ears = await listen(house.url, `scene=${scene}`, bearer(await add(shelf, 'Ears', [])));
    expect(ears.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(ears.response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(ears.response.headers.get('access-control-allow-origin')).toBeNull();
    await expect.poll(() => typesOf(ears)).toEqual(expect.arrayContaining(['hello', 'opened']));
    await page.ask({ type: 'say', text: 'Is there a boat tonight?' });
    await house.engine.idle(scene);
    const log = (await house.engine.replay(scene)).map(({ n }) => n);
    await expect.poll(() => beatsOf(ears)).toEqual(log);
    expect(ears.received.findLast(({ message }) => message.type === 'beat')?.id).toBe(log.at(-1));
    expect(JSON.stringify(ears.received)).not.toMatch(/THOUGHT|PLAN-|SECRET|"thoughts"/u);
    ears.close();
    await ears.ended;
  });

  test('goes on behind the last event that was heard', async () => {
    const token = await add(shelf, 'Comes back', []);
    const log = (await house.engine.replay(scene)).map(({ n }) => n);
    const last = log.at(-3) ?? 0;
    const back = await listen(house.url, `scene=${scene}`, { ...bearer(token), 'last-event-id': `${last}` });
    await expect.poll(() => beatsOf(back)).toEqual(log.slice(-2));
    // A number that this story never had: all of it.
    const lost = await listen(house.url, `scene=${scene}`, { ...bearer(token), 'last-event-id': '9000' });
    await expect.poll(() => beatsOf(lost)).toEqual(log);
    for (const one of [back, lost]) one.close();
  });

  test('is told thoughts where it asks, and its token lets it peek', async () => {
    const refused = await listen(
      house.url,
      `scene=${scene}&thoughts=true`,
      bearer(await add(shelf, 'Blind', ['play'])),
    );
    expect(refused.response.status).toBe(403);
    expect(await refused.response.text()).toContain('scope peek');
    const seer = await listen(
      house.url,
      `scene=${scene}&thoughts=true`,
      bearer(await add(shelf, 'Seer', ['peek'])),
    );
    await expect.poll(() => typesOf(seer)).toContain('opened');
    await page.ask({ type: 'next', who: 'tom' });
    await house.engine.idle(scene);
    await expect.poll(() => typesOf(seer)).toContain('thoughts');
    const at = seer.received.findIndex(({ message }) => message.type === 'thoughts');
    const [line, thoughts] = [seer.received[at - 1]?.message, seer.received[at]?.message];
    if (line?.type !== 'beat' || thoughts?.type !== 'thoughts') throw new Error('thoughts follow their line');
    expect(thoughts.beat).toBe(line.beat.n);
    expect(thoughts.thoughts).toHaveLength(line.beat.thoughts ?? 0);
    expect(JSON.stringify(seer.received)).not.toContain('PLAN-');
    seer.close();
  });

  test('ends when its token is removed', async () => {
    const ears = await listen(house.url, `scene=${scene}`, bearer(await add(shelf, 'Gone', [])));
    await expect.poll(() => typesOf(ears)).toContain('opened');
    await shelf.remove('Gone');
    await ears.ended;
  });

  test('is refused without a right token, from another page, and of a scene that is not there', async () => {
    const token = await add(shelf, 'Right', [], ['http://localhost:8080']);
    const status = async (headers: Record<string, string>, query = `scene=${scene}`) => {
      const one = await listen(house.url, query, headers);
      one.close();
      return one.response.status;
    };
    expect(await status({})).toBe(403);
    expect(await status(bearer(newToken()))).toBe(403);
    expect(await status({ authorization: `Basic ${btoa(`:${token}`)}` })).toBe(403);
    expect(await status({ ...bearer(token), origin: 'http://evil.example' })).toBe(403);
    expect(await status({ ...bearer(token), origin: 'http://localhost:8080' })).toBe(200);
    expect(await status(bearer(token), 'scene=web:nowhere')).toBe(404);
    expect(await status(bearer(token), '')).toBe(404);
    expect(await status({ ...bearer(await tokenOf(house.url)), origin: 'http://evil.example' })).toBe(403);
    expect(await status(bearer(await tokenOf(house.url)))).toBe(200);
    const posted = await fetch(`${house.url}/stage/events?scene=${scene}`, {
      method: 'POST',
      headers: bearer(token),
    });
    expect(posted.status).toBe(403);
  });

  test('ends with the stage', async () => {
    const store = await openStore('memory:');
    const other = await openWebHouse(smallLibrary(), { store });
    const client = await joinStage(other.url);
    client.send({ type: 'open' });
    const opened = await client.seen('opened');
    const token = await add(createApplicationShelf(store), 'Ears', []);
    const ears = await listen(other.url, `scene=${opened.scene.id}`, bearer(token));
    await expect.poll(() => typesOf(ears)).toContain('opened');
    await other.close();
    await ears.ended;
  });
});
