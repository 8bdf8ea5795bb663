import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApplicationShelf } from '../../../src/stage/web/applications/application-shelf.ts';
import type { WireBeat, WireScene } from '../../../src/stage/web/wire-shapes.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';
import { add } from '../applications/dialling.ts';
import { type Agent, startAgent } from './agent.ts';

let house: WebHouse;
let agent: Agent;
beforeAll(async () => {
  const store = await openStore('memory:');
  house = await openWebHouse(smallLibrary(), { store });
  const token = await add(createApplicationShelf(store), 'An agent', ['play', 'direct', 'peek']);
  agent = await startAgent(house.url, token);
});
afterAll(async () => {
  await agent.close();
  await house.close();
});

type Opened = { scene: WireScene; beats: WireBeat[] };
type News = { beats: WireBeat[]; whispers: { text: string }[]; notices: string[]; timed_out: boolean };

const wordsOf = (beats: readonly WireBeat[]) =>
  beats.flatMap(({ segments }) => segments.map(({ text }) => text)).join(' ');

/** Listens until something is heard that fits. */
async function listenFor(fits: (news: News) => boolean): Promise<News> {
  for (;;) {
    const news = await agent.call<News>('listen', { seconds: 20 });
    if (fits(news)) return news;
    if (news.timed_out) throw new Error('nothing was heard');
  }
}

test('every tool is offered, with what it takes and gives', async () => {
  const { tools } = await agent.client.listTools();
  expect(tools.map(({ name }) => name).sort()).toEqual([
    'act',
    'cast',
    'history',
    'interrupt',
    'list_scenes',
    'listen',
    'load',
    'move',
    'next_turn',
    'open_scene',
    'perceive',
    'save',
    'saves',
    'say',
    'set_cues',
    'start_scene',
    'thoughts',
    'whisper',
  ]);
  for (const { name, inputSchema, outputSchema, description } of tools) {
    expect([name, inputSchema.type, outputSchema?.['type'], Boolean(description)]).toEqual([
      name,
      'object',
      'object',
      true,
    ]);
  }
});

test('an agent starts a scene, plays in it, directs it, and reads what was thought', async () => {
  const found = await agent.call<{ scripts: { id: string }[]; characters: { id: string }[] }>('list_scenes');
  expect(found.scripts.map(({ id }) => id)).toEqual(['harbour']);
  expect(found.characters.map(({ id }) => id)).toEqual(['wenna', 'tom', 'ines']);

  const { scene } = await agent.call<Opened>('start_scene', {
    setting: 'A quay at night.',
    cast: ['wenna', 'tom'],
    as: { id: 'ada', name: 'Ada' },
  });
  expect(scene).toMatchObject({ you: 'Ada', setting: 'A quay at night.' });
  await agent.call('set_cues', { actions: [{ name: 'nod', means: 'nods' }] });

  const { beat } = await agent.call<{ beat: number }>('say', {
    text: 'Good evening, Tom.',
    addressed: ['tom'],
  });
  const answer = await listenFor(({ beats }) => beats.some(({ kind }) => kind === 'line'));
  expect(answer.beats.map(({ n }) => n)).not.toContain(beat);
  const line = answer.beats.find(({ kind }) => kind === 'line');
  expect(line?.speaker?.name).toBe('Tom Reddick');

  const turn = await agent.call<News>('next_turn', { who: 'wenna', seconds: 20 });
  expect(turn.timed_out).toBe(false);
  expect(turn.beats.at(-1)?.speaker?.name).toBe('Old Wenna');

  await agent.call('act', { text: 'lights a lamp' });
  await agent.call('whisper', { to: ['tom'], text: 'WHISPERED to Tom alone.' });
  await listenFor(({ whispers, beats }) => whispers.length + beats.length > 0);

  expect(await agent.told('cast', { character: 'ines', present: true })).toEqual({
    text: 'ines is on stage.',
    isError: false,
  });
  await agent.call('perceive', { text: 'A rope snaps.', witnesses: ['everyone'] });
  await agent.call('perceive', { text: 'SEEN-BY-INES A light goes out.', witnesses: ['ines'] });
  await agent.call('interrupt');

  const { beats } = await agent.call<{ beats: WireBeat[]; earlier: boolean }>('history');
  expect(wordsOf(beats)).toContain('lights a lamp');
  expect(wordsOf(beats)).toContain('A rope snaps.');
  const greeting = beats.find(({ thoughts }) => thoughts !== undefined);
  const thoughts = await agent.call<{ thoughts: { text: string }[] }>('thoughts', { beat: greeting?.n });
  expect(thoughts.thoughts[0]?.text).toMatch(/THOUGHT/);
  expect(JSON.stringify(beats)).not.toMatch(/THOUGHT|PLAN/);

  const { save } = await agent.call<{ save: { id: string } }>('save', { name: 'Before the boat' });
  expect(await agent.call('saves')).toMatchObject({ saves: [{ id: save.id, name: 'Before the boat' }] });
  const moved = await agent.call<{ place: string }>('move', { who: 'player', to: 'the mill' });
  expect(moved.place).toMatch(/^web:/);
  await agent.call('say', { text: 'Nobody hears this.' });

  const loaded = await agent.call<Opened>('load', { save: save.id });
  expect(loaded.scene.id).not.toBe(scene.id);
  expect(wordsOf(loaded.beats)).not.toContain('Nobody hears this.');
  expect((await agent.call<Opened>('open_scene', { scene: scene.id })).scene.id).toBe(scene.id);

  const { contents } = await agent.client.readResource({ uri: 'scene://current/transcript' });
  const transcript = contents.map((part) => ('text' in part ? part.text : '')).join('');
  expect(transcript).toContain('Good evening, Tom.');
  expect(transcript).not.toMatch(/THOUGHT|PLAN|WHISPERED|SEEN-BY-INES/);
});

test('what the stage refuses is a tool’s error in its own words', async () => {
  expect(await agent.told('open_scene', { scene: 'web:nowhere' })).toEqual({
    text: 'That scene is not here any more.',
    isError: true,
  });
  const wrong = await agent.told('next_turn', { who: 'nobody' });
  expect(wrong.isError).toBe(true);
  expect(wrong.text).not.toMatch(/at .*\.ts/);
  expect((await agent.told('say', { text: '' })).isError).toBe(true);
  expect((await agent.told('say', { text: 'x'.repeat(5000) })).isError).toBe(true);
});

test('waiting ends in time', async () => {
  await agent.call('start_scene', { setting: 'An empty room.', cast: [] });
  expect(await agent.call('listen', { seconds: 1 })).toMatchObject({ timed_out: true, beats: [] });
});
