import { expect, test } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import type { Command } from '../../../../src/engine/command/command.ts';
import { createEngine } from '../../../../src/engine/engine.ts';
import { silentLog } from '../../../../src/log.ts';
import { createLineKeys } from '../../../../src/stage/web/line-keys.ts';
import { NO_MODELS } from '../../../../src/stage/web/model-answers.ts';
import { blankCard } from '../../../../src/stage/web/page/editor/card-draft.ts';
import {
  type ClientMessage,
  LARGEST_MESSAGE,
  type Scope,
  scopeNeeded,
} from '../../../../src/stage/web/protocol.ts';
import { createRoom } from '../../../../src/stage/web/room.ts';
import { createSceneDoor } from '../../../../src/stage/web/scene-door.ts';
import type { ServerMessage } from '../../../../src/stage/web/server-message.ts';
import { createSession } from '../../../../src/stage/web/session.ts';
import type { StageHouse } from '../../../../src/stage/web/stage-house.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { smallLibrary } from '../../../support/small-library.ts';
import { quickClock } from './web-house.ts';

/** A session with these scopes in a demo that has come to rest, and all that it was sent. */
async function sessionWith(scopes: readonly Scope[], known: readonly Command[] = []) {
  const library = smallLibrary();
  const engine = createEngine({
    store: await openStore('memory:'),
    library,
    clock: quickClock,
    tracing: true,
  });
  const room = createRoom(engine);
  engine.attach(room.stage);
  const house: StageHouse = {
    engine,
    library,
    commands: known,
    room,
    door: createSceneDoor({ engine, library, demoScene: 'harbour' }),
    lineKeys: createLineKeys(),
    run: 'run',
    facts: () => [{ what: 'store', is: 'FACT', change: 'FACT' }],
    offers: async () => [],
    connect: () => Promise.reject(new Error('not in this test')),
    models: NO_MODELS,
    log: silentLog,
    signal: new AbortController().signal,
    announce: () => {},
  };
  const sent: ServerMessage[] = [];
  const session = createSession({ house, scopes: new Set(scopes), send: (message) => sent.push(message) });
  // The page has been here before.
  await session.receive(JSON.stringify({ type: 'open', scene: await house.door.openDefault() }));
  const opened = sent.find((message) => message.type === 'opened');
  if (opened?.type !== 'opened') throw new Error('nothing was opened');
  await engine.idle(opened.scene.id);
  await room.close();
  const ask = async (message: ClientMessage): Promise<ServerMessage | undefined> => {
    await session.receive(JSON.stringify({ ...message, re: 'x' }));
    return sent.findLast((one) => 're' in one && one.re === 'x');
  };
  /** Events leave in order: what comes before this one in the scene has been sent, or never will be. */
  const sees = (text: string) => expect.poll(() => JSON.stringify(sent)).toContain(text);
  return { ask, session, sent, engine, scene: opened.scene.id, sees };
}

const HIDDEN = /THOUGHT|PLAN-|SECRET|PRIVATE-CARD|MOTIVE|WRONG-REASON|Double, then|FACT/;

test('a session without scopes perceives the room and is refused the rest', async () => {
  const { ask, session, sent, engine, scene } = await sessionWith([]);
  const probes: ClientMessage[] = [
    { type: 'say', text: 'Hello?' },
    { type: 'act', text: 'waves' },
    { type: 'whisper', to: ['tom'], text: 'I will pay.' },
    { type: 'rate', beat: 6, thumb: 'up' },
    { type: 'cast', character: 'tom', present: false },
    { type: 'next' },
    { type: 'stop' },
    { type: 'retry' },
    { type: 'swipe', beat: 6, step: 'again' },
    { type: 'command', text: '/help' },
    { type: 'complete', text: '/he' },
    { type: 'peek', beat: 6 },
    { type: 'mind', character: 'tom' },
    { type: 'xray', on: true },
    { type: 'share' },
    { type: 'rewind', beat: 6 },
    { type: 'reword', beat: 6, text: 'No.' },
    { type: 'undo', beat: 6 },
    { type: 'offers' },
    { type: 'connect', offer: 'x' },
    { type: 'models' },
    { type: 'model-fetch', model: 'qwen3-0.6b' },
    { type: 'model-stop', model: 'qwen3-0.6b' },
    { type: 'card', name: 'a.json', data: 'e30=' },
    { type: 'card-part', upload: 'one', data: 'e30=' },
    { type: 'card-open', character: 'tom' },
    { type: 'card-save', character: 'tom', card: { ...blankCard(), name: 'Tom' } },
    { type: 'card-delete', character: 'tom' },
    { type: 'card-export', character: 'tom', as: 'v3' },
    { type: 'card-preview', card: { ...blankCard(), name: 'Tom' } },
    { type: 'card-try', card: { ...blankCard(), name: 'Tom' }, cue: 'Well?' },
    { type: 'card-enrich', card: { ...blankCard(), name: 'Tom' } },
    { type: 'card-take', card: { ...blankCard(), name: 'Tom' }, changes: [] },
    { type: 'world-list' },
    { type: 'world-open', world: 'harbour' },
    { type: 'world-export', world: 'harbour' },
    { type: 'world-delete', world: 'harbour' },
    { type: 'story' },
    { type: 'story-look', beat: 1 },
    { type: 'branch', beat: 1 },
    { type: 'settings' },
    { type: 'why', beat: 6 },
    { type: 'memory', character: 'tom' },
    { type: 'perceive', text: 'A mug breaks.', witnesses: ['everyone'] },
    { type: 'cues', actions: [] },
    { type: 'pace', deadline_ms: null },
    { type: 'interrupt' },
    { type: 'save', name: 'Here' },
    { type: 'saves' },
    { type: 'load', save: 'none' },
    { type: 'move', who: 'tom', to: 'main' },
  ];
  expect(probes.map(({ type }) => type).sort()).toEqual(Object.keys(scopeNeeded).sort());
  for (const probe of probes) {
    const scope = scopeNeeded[probe.type];
    expect(await ask(probe)).toMatchObject({
      type: 'error',
      code: 'forbidden',
      message: expect.stringMatching(new RegExp(`scope ${scope}\\b`, 'u')),
    });
  }
  expect(await ask({ type: 'open', start: { cast: ['tom'] } })).toMatchObject({ code: 'forbidden' });
  session.announce({ type: 'house', house: [{ what: 'store', is: 'FACT', change: 'FACT' }] });
  session.announce({ type: 'models', models: [], installed: false, install: 'FACT' });
  session.announce({ type: 'model-progress', model: 'FACT', bytes: 1, of: 2 });
  await engine.whisper(scene, { player: { id: 'other', name: 'Mara' }, to: ['tom'], text: 'SECRET' });
  await engine.idle(scene);
  await ask({ type: 'history', before: 100 });
  expect(sent.some(({ type }) => type === 'beat')).toBe(true);
  expect(JSON.stringify(sent)).not.toMatch(HIDDEN);
  expect(JSON.stringify(sent)).not.toContain('"thoughts"');
});

test('a benchmark is for the page’s own session alone: a game that plays here may not spend', async () => {
  for (const text of ['/bench quick', '/bench quick confirm: yes', '/bench show', '/bench stop']) {
    const { ask } = await sessionWith(['direct', 'peek'], commands);
    const message = 'Only the operator of this bot may do that.';
    expect(await ask({ type: 'command', text })).toMatchObject({ type: 'error', message });
  }
  const { ask } = await sessionWith(['direct', 'admin'], commands);
  expect(await ask({ type: 'command', text: '/bench show' })).toMatchObject({
    type: 'reply',
    text: 'No benchmark was run since the bot started. /bench quick tells what one takes.',
  });
});

test('what a scope is needed for cannot be had by command either', async () => {
  const { ask, sent } = await sessionWith(['direct'], commands);
  for (const text of [
    '/peek',
    '/peek 6',
    ' /PEEK',
    '/scene export',
    '/Scene  Export',
    '/knows Tom',
    '/memory show Tom',
    '/why',
  ]) {
    expect(await ask({ type: 'command', text })).toMatchObject({ type: 'error', code: 'forbidden' });
  }
  expect(await ask({ type: 'command', text: '/scene info' })).toMatchObject({ type: 'reply' });
  expect(JSON.stringify(sent)).not.toMatch(HIDDEN);
  const peeking = await sessionWith(['direct', 'peek'], commands);
  expect(await peeking.ask({ type: 'command', text: '/peek 6' })).toMatchObject({ type: 'reply' });
  expect(await peeking.ask({ type: 'command', text: '/knows Tom' })).toMatchObject({ code: 'forbidden' });
});

test('each scope opens its own door only', async () => {
  const { ask, sent } = await sessionWith(['peek']);
  expect(await ask({ type: 'peek', beat: 6 })).toMatchObject({ thoughts: [{ text: 'THOUGHT-OPENING' }] });
  expect(await ask({ type: 'xray', on: true })).toMatchObject({ code: 'forbidden' });
  expect(await ask({ type: 'mind', character: 'tom' })).toMatchObject({ code: 'forbidden' });
  expect(JSON.stringify(sent)).not.toContain('PLAN-');
});

test('only a session with admin may send large messages', async () => {
  const { session, sent } = await sessionWith(['play']);
  await session.receive(`{"type":"say","text":"${'x'.repeat(LARGEST_MESSAGE)}"}`);
  expect(sent.at(-1)).toMatchObject({ type: 'error', code: 'too-large' });
});

test('a session without admin perceives where its player is, and nothing of the other rooms', async () => {
  const { ask, sent, engine, scene, sees } = await sessionWith(['play']);
  await ask({ type: 'say', text: 'Anyone there?' });
  await engine.idle(scene);
  const cellar = 'web:cellar';
  await engine.ledger.openRoom(scene, { id: cellar, name: 'Cellar' });
  await engine.ledger.move(scene, 'tom', cellar);
  await engine.narrate(cellar, 'IN-THE-CELLAR a rat.');
  await engine.narrate(scene, 'ON-THE-LANDING a gull.');
  await sees('ON-THE-LANDING');
  const textOf = () => JSON.stringify(sent);
  expect(textOf()).toContain('Tom Reddick goes to Cellar.');
  expect(textOf()).not.toContain('IN-THE-CELLAR');

  // They go down: from now on the cellar is before their eyes, and the landing is not.
  await ask({ type: 'open', scene: cellar });
  await ask({ type: 'say', text: 'Tom?' });
  await engine.narrate(scene, 'NOW-ON-THE-LANDING a bell.');
  await engine.narrate(cellar, 'NOW-IN-THE-CELLAR a drip.');
  await sees('NOW-IN-THE-CELLAR');
  expect(textOf()).not.toMatch(/"IN-THE-CELLAR|NOW-ON-THE-LANDING/);
  // Nor in what is asked for anew.
  sent.length = 0;
  await ask({ type: 'open', scene: cellar });
  await ask({ type: 'history', before: 1000 });
  expect(textOf()).toContain('NOW-IN-THE-CELLAR');
  expect(textOf()).toContain('ON-THE-LANDING a gull');
  expect(textOf()).not.toMatch(/"IN-THE-CELLAR|NOW-ON-THE-LANDING/);
});

test('a whisper to the player comes to a session that may only play', async () => {
  const { ask, sent, engine, scene } = await sessionWith(['play']);
  await ask({ type: 'whisper', to: ['tom'], text: 'Is the rope sound?' });
  await engine.idle(scene);
  await expect.poll(() => sent.filter(({ type }) => type === 'whisper').length).toBe(2);
  const whispers = sent.flatMap((message) => (message.type === 'whisper' ? [message.whisper] : []));
  expect(whispers.map(({ from, to }) => [from.id, to.map(({ id }) => id)])).toEqual([
    ['player:local', []],
    ['character:tom', ['player:local']],
  ]);
  expect(JSON.stringify(sent)).not.toMatch(HIDDEN);
});
