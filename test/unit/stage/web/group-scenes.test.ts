import { expect, onTestFinished, test } from 'vitest';
import type { Library } from '../../../../src/cast/library/library-api.ts';
import { smallLibrary } from '../../../support/small-library.ts';
import { joinStage, type StageClient } from './stage-client.ts';
import { openWebHouse, type WebHouse } from './web-house.ts';

async function house(library: Library = smallLibrary(), options = {}): Promise<WebHouse> {
  const opened = await openWebHouse(library, options);
  onTestFinished(() => opened.close());
  return opened;
}

const numbers = ({ received }: StageClient) =>
  received.flatMap((message) =>
    message.type === 'beat'
      ? [message.beat.n]
      : message.type === 'opened'
        ? message.beats.map(({ n }) => n)
        : [],
  );

/** One character alone with the player, whose lines can be swiped. */
async function atTheTable(web: WebHouse): Promise<StageClient & { scene: string }> {
  const client = await joinStage(web.url);
  client.send({ type: 'open', start: { setting: 'A landing.', cast: ['wenna', 'tom'] } });
  const { scene } = await client.seen('opened');
  await web.engine.idle(scene.id);
  await client.ask({ type: 'say', text: 'Wenna, when does the boat leave?' });
  await web.engine.idle(scene.id);
  return { ...client, scene: scene.id };
}

const swipesNow = ({ received }: StageClient) =>
  received.findLast((message) => message.type === 'scene')?.scene.swipes;

test('the newest line has versions: they are drafted, gone through, and shown in its place', async () => {
  const web = await house();
  const client = await atTheTable(web);
  const line = await web.engine.past.swipes(client.scene);
  if (!line) throw new Error('nothing to swipe');
  await expect.poll(() => swipesNow(client)).toEqual([{ n: line.n, version: 1, versions: 1 }]);
  expect(await client.ask({ type: 'swipe', beat: line.n, step: 'again' })).toMatchObject({ type: 'done' });
  const { beat } = await client.seen('update', ({ n }) => n === line.n);
  expect(beat).toMatchObject({ n: line.n, kind: 'line' });
  await expect.poll(() => swipesNow(client)).toEqual([{ n: line.n, version: 2, versions: 2 }]);
  expect(await client.ask({ type: 'swipe', beat: line.n, step: 'previous' })).toMatchObject({ type: 'done' });
  await expect.poll(() => swipesNow(client)).toEqual([{ n: line.n, version: 1, versions: 2 }]);
  expect(await client.ask({ type: 'swipe', beat: line.n, step: 'previous' })).toMatchObject({
    type: 'error',
    code: 'player',
  });
  // Nothing of it was a beat of its own.
  const shown = (await web.engine.replay(client.scene)).map(({ n }) => n);
  expect(numbers(client)).toEqual(shown);
});

test('a line that is edited reads so for everyone; a rewind shows the log anew', async () => {
  const web = await house();
  const client = await atTheTable(web);
  const beats = await web.engine.replay(client.scene);
  const said = beats.find(({ speaker }) => speaker?.id === 'player:local');
  const line = beats.findLast(({ speaker }) => speaker?.id.startsWith('character:'));
  if (!said || !line) throw new Error('nobody spoke');
  await client.ask({ type: 'reword', beat: line.n, text: '*points* Never.' });
  const update = await client.seen('update');
  expect(update.beat?.segments).toEqual([
    { kind: 'action', text: 'points' },
    { kind: 'speech', text: 'Never.' },
  ]);
  expect(await client.ask({ type: 'reword', beat: said.n, text: 'x' })).toMatchObject({ code: 'player' });

  await client.ask({ type: 'rewind', beat: said.n });
  const opened = await client.seen('opened', ({ revision }) => revision > update.revision);
  expect(opened.reset).toBe(true);
  expect(opened.beats.at(-1)).toMatchObject({ n: said.n });
});

test('a room is opened by its own id: lines are said there, and say where they were said', async () => {
  const web = await house();
  const client = await atTheTable(web);
  const cellar = 'web:cellar';
  await web.engine.ledger.openRoom(client.scene, { id: cellar, name: 'Cellar' });
  await client.seen('scene', ({ scene }) => scene.rooms.some(({ name }) => name === 'Cellar'));
  client.send({ type: 'open', scene: cellar });
  const opened = await client.seen('opened', ({ place }) => place !== undefined);
  expect(opened).toMatchObject({ place: cellar, scene: { id: client.scene } });
  await client.ask({ type: 'say', text: 'Hello? It is dark in here.' });
  const { beat } = await client.seen('beat', (message) =>
    message.beat.segments.some(({ text }) => text.startsWith('Hello?')),
  );
  expect(beat.place).toBe(cellar);
  await client.seen('scene', ({ scene }) => scene.players.some(({ place }) => place === cellar));

  const record = (await web.engine.info(client.scene))?.record;
  if (!record) throw new Error('no such scene');
  web.stage.typing(record, { id: 'character:tom', name: 'Tom Reddick' }, cellar);
  await client.seen('typing', ({ place }) => place === cellar);
  await web.stage.notice(record, { kind: 'info', text: 'A draught.', place: cellar });
  await client.seen('notice', ({ place }) => place === cellar);
});

test('the room reads who is next, and why', async () => {
  const web = await house();
  const client = await atTheTable(web);
  const { who, why } = await client.seen('typing', (message) => message.who?.name === 'Old Wenna');
  expect(who?.id).toBe('character:wenna');
  expect(why).toMatch(/\S/);
});

test('an edit on the page is a choice of who made it, where they opted in', async () => {
  const web = await house();
  const client = await atTheTable(web);
  await client.ask({ type: 'command', text: '/privacy opt-in choices: yes' });
  const beats = await web.engine.replay(client.scene);
  const line = beats.findLast(({ speaker }) => speaker?.id.startsWith('character:'));
  if (!line) throw new Error('nobody spoke');
  await client.ask({ type: 'reword', beat: line.n, text: 'Never.' });
  expect(await web.engine.privacy.what('local')).toMatchObject({ chosen: 1 });
});
