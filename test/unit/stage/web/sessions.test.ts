import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import type { Library } from '../../../../src/cast/library/library-api.ts';
import type { SceneRecord } from '../../../../src/engine/scene-record.ts';
import { LARGEST_CARD_MESSAGE } from '../../../../src/stage/web/protocol.ts';
import { LONGEST_LINE } from '../../../../src/stage/web/protocol-fields.ts';
import { smallLibrary } from '../../../support/small-library.ts';
import { joinStage, type StageClient } from './stage-client.ts';
import { openWebHouse, type WebHouse } from './web-house.ts';

async function house(library: Library = smallLibrary(), options = {}): Promise<WebHouse> {
  const opened = await openWebHouse(library, options);
  onTestFinished(() => opened.close());
  return opened;
}

/** A client in the demo, once it has come to rest on its hook. */
async function atTheHook(web: WebHouse): Promise<StageClient & { scene: string }> {
  const client = await joinStage(web.url);
  client.send({ type: 'open' });
  const { scene } = await client.seen('opened');
  await client.seen('scene', (message) => message.scene.chips.length === 2);
  await web.engine.idle(scene.id);
  return { ...client, scene: scene.id };
}

async function recordOf(web: WebHouse, scene: string): Promise<SceneRecord> {
  const info = await web.engine.info(scene);
  if (!info) throw new Error('no such scene');
  return info.record;
}

const numbers = ({ received }: StageClient) =>
  received.flatMap((message) =>
    message.type === 'beat'
      ? [message.beat.n]
      : message.type === 'opened'
        ? message.beats.map(({ n }) => n)
        : [],
  );

test('the first who comes finds the demo in motion, the second the same scene', async () => {
  const web = await house();
  const first = await atTheHook(web);
  const second = await joinStage(web.url);
  second.send({ type: 'open' });
  const { scene, beats, reset } = await second.seen('opened');
  expect(scene.id).toBe(first.scene);
  expect(reset).toBe(true);
  expect(beats.map(({ n }) => n)).toEqual(numbers(first));
  expect(beats.slice(0, 3).map(({ kind, speaker }) => `${kind} ${speaker?.name}`)).toEqual([
    'narration Environment',
    'line Old Wenna',
    'line Tom Reddick',
  ]);

  await second.ask({ type: 'say', text: 'Is there a boat?' });
  const heard = await first.seen('beat', ({ beat }) => beat.speaker?.id === 'player:local');
  expect(heard.beat.segments).toEqual([{ kind: 'speech', text: 'Is there a boat?' }]);
  expect(heard.beat.speaker?.name).toBe('A traveller');
});

test('two who come at once start one demo', async () => {
  const web = await house();
  const both = await Promise.all([joinStage(web.url), joinStage(web.url)]);
  for (const client of both) client.send({ type: 'open' });
  const scenes = await Promise.all(both.map((client) => client.seen('opened')));
  expect(new Set(scenes.map(({ scene }) => scene.id)).size).toBe(1);
});

test('what is not the protocol is answered, and the session goes on', async () => {
  const web = await house();
  const client = await joinStage(web.url);
  const complaints: [unknown, string][] = [
    ['not json', 'malformed'],
    ['[]', 'malformed'],
    [{ type: 'shout' }, 'unknown-type'],
    [{ type: 'say', text: 'x', extra: 1 }, 'malformed'],
    [{ type: 'say', text: 'x' }, 'no-scene'],
    [{ type: 'open', scene: 'web:nowhere' }, 'player'],
    [{ type: 'open', scene: 'discord:1' }, 'player'],
  ];
  for (const [i, [message, code]] of complaints.entries()) {
    client.send(message);
    await expect.poll(() => client.received.filter(({ type }) => type === 'error').length).toBe(i + 1);
    expect(client.received.findLast(({ type }) => type === 'error')).toMatchObject({ code });
  }
  client.send({ type: 'open', start: { setting: 'A quiet room.' } });
  const { scene } = await client.seen('opened');
  expect(scene.setting).toBe('A quiet room.');
  expect(scene.title).toBe('A quiet room');
  const tooLong = await client.ask({ type: 'say', text: 'x'.repeat(LONGEST_LINE + 1) });
  expect(tooLong).toMatchObject({
    type: 'error',
    code: 'malformed',
    message: expect.stringContaining('at most'),
  });
});

test('a message beyond all measure ends that socket and no other', async () => {
  const web = await house();
  const [one, other] = await Promise.all([joinStage(web.url), joinStage(web.url)]);
  const closed = once(one.socket, 'close') as Promise<[number]>;
  one.send('x'.repeat(LARGEST_CARD_MESSAGE + 1));
  expect((await closed)[0]).toBe(1009);
  other.send({ type: 'open' });
  expect((await other.seen('opened')).scene.title).toBe('The last boat');
});

test('/help names the commands', async () => {
  const web = await house();
  const client = await atTheHook(web);
  const reply = await client.ask({ type: 'command', text: '/help' });
  expect(reply).toMatchObject({
    type: 'reply',
    text: expect.stringMatching(/^\/whisper: Say something/m),
  });
});

test('who leaves comes back under another name, and is told how the scene calls them', async () => {
  const web = await house();
  const client = await atTheHook(web);
  await client.ask({ type: 'say', text: 'Good evening.' });
  await client.ask({ type: 'command', text: '/scene leave' });
  client.send({ type: 'open', scene: client.scene, as: { name: 'Tom Reddick' } });
  await client.seen('opened', (message) => message.scene.you === 'Tom Reddick');
  await client.ask({ type: 'say', text: 'It is me.' });
  const { beat } = await client.seen('beat', (message) =>
    message.beat.segments.some(({ text }) => text === 'It is me.'),
  );
  // Nobody speaks under a character's own name.
  expect(beat.speaker?.name).toMatch(/^Tom Reddick .+/);
  await client.seen('scene', (message) => message.scene.you === beat.speaker?.name);
});

test('a line sent again under its key is heard once', async () => {
  const web = await house();
  const client = await atTheHook(web);
  const first = await client.ask({ type: 'say', text: 'A boat?', key: 'k1' });
  const again = await (await rejoined(web, client)).ask({ type: 'say', text: 'A boat?', key: 'k1' });
  expect(first).toMatchObject({ type: 'heard', beat: expect.any(Number) });
  expect({ ...again, re: '' }).toEqual({ ...first, re: '' });
  await web.engine.idle(client.scene);
  const lines = await web.engine.replay(client.scene);
  expect(lines.filter(({ speaker }) => speaker?.id === 'player:local')).toHaveLength(1);
});

async function rejoined(web: WebHouse, client: { scene: string }): Promise<StageClient> {
  const back = await joinStage(web.url);
  back.send({ type: 'open', scene: client.scene });
  await back.seen('opened');
  return back;
}

test('who comes back is sent what is new, once', async () => {
  const web = await house();
  const client = await atTheHook(web);
  const { run } = await client.seen('hello');
  const { revision } = await client.seen('opened');
  await client.close();
  const last = Math.max(...numbers(client));
  await web.engine.hear(client.scene, { player: { id: 'local', name: 'A traveller' }, text: 'A boat?' });
  await web.engine.idle(client.scene);

  const back = await joinStage(web.url);
  back.send({ type: 'open', scene: client.scene, after: last, revision, run });
  const opened = await back.seen('opened');
  expect(opened.reset).toBe(false);
  const all = await web.engine.replay(client.scene);
  expect([...numbers(client), ...opened.beats.map(({ n }) => n)]).toEqual(all.map(({ n }) => n));
});

test('who comes back to a scene that was changed, or to another process, starts over', async () => {
  const web = await house();
  const client = await atTheHook(web);
  const { run } = await client.seen('hello');
  const last = Math.max(...numbers(client));
  const record = await recordOf(web, client.scene);
  await web.stage.update(record, last, { messages: [] }, undefined, new AbortController().signal);
  const gone = await client.seen('update');
  expect(gone).toMatchObject({ n: last, revision: 1 });
  expect(gone.beat).toBeUndefined();

  for (const known of [
    { revision: 0, run },
    { revision: 1, run: 'another' },
  ]) {
    const back = await joinStage(web.url);
    back.send({ type: 'open', scene: client.scene, after: last, ...known });
    const opened = await back.seen('opened');
    expect(opened.reset).toBe(true);
    expect(opened.revision).toBe(1);
  }
});

test('beats and pieces that come while the log is read are neither lost nor doubled', async () => {
  const web = await house();
  const client = await atTheHook(web);
  const joining = await Promise.all(Array.from({ length: 5 }, () => joinStage(web.url)));
  for (const [i, one] of joining.entries()) {
    one.send({ type: 'open', scene: client.scene });
    await web.engine.narrate(client.scene, `Tick ${i}.`);
  }
  await Promise.all(joining.map((one) => one.seen('opened')));
  const all = (await web.engine.replay(client.scene)).map(({ n }) => n);
  for (const one of joining) {
    await expect.poll(() => numbers(one).length).toBe(all.length);
    expect(numbers(one)).toEqual(all);
  }
});

test('who comes in the middle of a turn sees its pieces, until its beat takes their place', async () => {
  const web = await house();
  const client = await atTheHook(web);
  const record = await recordOf(web, client.scene);
  const wenna = { id: 'character:wenna', name: 'Old Wenna' };
  web.stage.typing(record, wenna);
  web.stage.partial(record, 't9', wenna, { kind: 'speech', text: 'The tide' });
  await client.seen('partial');
  const late = await rejoined(web, client);
  expect(await late.seen('partial')).toMatchObject({ turn: 't9', segment: { text: 'The tide' } });
  expect(await late.seen('typing')).toMatchObject({ who: wenna });
  web.stage.withdraw(record, 't9');
  expect(await late.seen('withdraw')).toMatchObject({ turn: 't9' });
  const later = await rejoined(web, client);
  await web.engine.narrate(client.scene, 'A gull.');
  await later.seen('beat');
  expect(later.received.filter(({ type }) => type === 'partial')).toEqual([]);
});

test('a long scene opens with its newest beats, and the rest when asked for', async () => {
  const web = await house();
  const client = await atTheHook(web);
  for (let i = 0; i < 310; i += 1) await web.engine.narrate(client.scene, `Tick ${i}.`);
  const back = await rejoined(web, client);
  const opened = await back.seen('opened');
  expect(opened.beats).toHaveLength(300);
  expect(opened.earlier).toBe(true);
  const first = opened.beats[0]?.n ?? 0;
  const history = await back.ask({ type: 'history', before: first });
  if (history.type !== 'history') throw new Error('no history');
  const all = await web.engine.replay(client.scene);
  expect([...history.beats, ...opened.beats].map(({ n }) => n)).toEqual(all.map(({ n }) => n));
  expect(history.earlier).toBe(false);
});

test('a whisper reaches its addressee’s mind, the whisperer’s page, and nothing else', async () => {
  const web = await house();
  const client = await atTheHook(web);
  await client.ask({ type: 'whisper', to: ['tom'], text: 'CANARY-WHISPER' });
  const { whisper } = await client.seen('whisper');
  expect(whisper).toMatchObject({ text: 'CANARY-WHISPER', to: [{ name: 'Tom Reddick' }] });
  await web.engine.idle(client.scene);
  const tom = await client.ask({ type: 'mind', character: 'tom' });
  const wenna = await client.ask({ type: 'mind', character: 'wenna' });
  expect(JSON.stringify(tom)).toContain('CANARY-WHISPER');
  expect(JSON.stringify(wenna)).not.toContain('CANARY-WHISPER');
  expect(JSON.stringify(await web.engine.replay(client.scene))).not.toContain('CANARY-WHISPER');

  // The answer comes back as a whisper, to this player alone.
  const answer = await client.seen('whisper', (message) => message.whisper.from.name === 'Tom Reddick');
  expect(answer.whisper.to).toEqual([whisper.from]);
  const back = await rejoined(web, client);
  expect((await back.seen('opened')).whispers).toEqual([whisper, answer.whisper]);
});

test('thoughts come one by one when asked for, plans only under x-ray', async () => {
  const web = await house();
  const client = await atTheHook(web);
  const wenna = await client.seen('beat', ({ beat }) => beat.speaker?.name === 'Old Wenna');
  expect(wenna.beat.thoughts).toBe(1);
  expect(client.wire.join()).not.toMatch(/THOUGHT-OPENING|PLAN-OPENING|SECRET-OF-TOM|PRIVATE-CARD|MOTIVE/);
  expect(await client.ask({ type: 'peek', beat: wenna.beat.n })).toMatchObject({
    thoughts: [{ kind: 'thought', text: 'THOUGHT-OPENING' }],
  });
  expect(client.wire.join()).not.toContain('PLAN-OPENING');
  await client.ask({ type: 'xray', on: true });
  const { draft } = await client.seen('draft', (message) => message.draft.beat === wenna.beat.n);
  expect(draft).toMatchObject({ systemThinking: 'PLAN-OPENING', scripted: true, attempt: 1 });
  expect(client.wire.join()).not.toMatch(/SECRET-OF-TOM|PRIVATE-CARD|MOTIVE/);
});

test('commands run as typed, and complete as typed', async () => {
  const web = await house();
  const client = await atTheHook(web);
  const completed = await client.ask({ type: 'complete', text: '/summon In' });
  expect(completed).toMatchObject({
    completions: [{ text: '/summon Ines', label: expect.stringMatching(/^Ines/) }],
  });
  expect(await client.ask({ type: 'command', text: '/summon Ines' })).toMatchObject({ type: 'reply' });
  await client.seen('scene', ({ scene }) => scene.cast.some(({ id, present }) => id === 'ines' && present));
  expect(await client.ask({ type: 'command', text: '/sumon Ines' })).toMatchObject({
    type: 'error',
    code: 'player',
    message: expect.stringContaining('/summon'),
  });
  const threaded = await client.ask({
    type: 'command',
    text: '/scene start setting: A cold inn. thread: yes',
  });
  expect(threaded).toMatchObject({ type: 'reply', moved: expect.stringMatching(/^web:/) });
});

test('a scene that follows another in the same place replaces it on every page', async () => {
  const web = await house();
  const client = await atTheHook(web);
  await client.ask({ type: 'command', text: '/scene end' });
  await client.seen('scene', ({ scene }) => scene.status === 'ended');
  await client.ask({ type: 'command', text: '/scene start setting: A cold inn.' });
  const { scene, reset } = await client.seen('opened', (message) => message.scene.setting === 'A cold inn.');
  expect(scene.id).toBe(client.scene);
  expect(reset).toBe(true);
});

test('a page that does not read is dropped, and the others do not wait for it', async () => {
  const dropped: string[] = [];
  const log = { debug() {}, info() {}, error() {}, warn: (event: string) => void dropped.push(event) };
  const web = await house(smallLibrary(), { log });
  const reading = await atTheHook(web);
  const stuck = await rejoined(web, reading);
  stuck.socket.pause();
  const record = await recordOf(web, reading.scene);
  const text = 'x'.repeat(256 * 1024);
  for (let i = 0; i < 200 && dropped.length === 0; i += 1) {
    await web.stage.notice(record, { kind: 'info', text });
    await expect.poll(() => reading.received.filter(({ type }) => type === 'notice').length).toBe(i + 1);
  }
  expect(dropped).toContain('session-dropped');
  stuck.socket.terminate();
});

test('closing ends every socket and lets nothing hang', async () => {
  const web = await house();
  const client = await atTheHook(web);
  const closed = once(client.socket, 'close') as Promise<[number]>;
  await web.close();
  expect((await closed)[0]).toBe(1001);
  await expect(fetch(web.url)).rejects.toThrow();
});
