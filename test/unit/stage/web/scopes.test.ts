import { expect, test } from 'vitest';
import { createEngine } from '../../../../src/engine/engine.ts';
import { silentLog } from '../../../../src/log.ts';
import { createLineKeys } from '../../../../src/stage/web/line-keys.ts';
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
async function sessionWith(scopes: readonly Scope[]) {
  const library = smallLibrary();
  const engine = createEngine({
    store: await openStore('memory:'),
    library,
    clock: quickClock,
    tracing: true,
  });
  const room = createRoom(engine.backstage);
  engine.attach(room.stage);
  const house: StageHouse = {
    engine,
    library,
    commands: [],
    room,
    door: createSceneDoor({ engine, library, demoScene: 'harbour' }),
    lineKeys: createLineKeys(),
    run: 'run',
    facts: () => [{ what: 'store', is: 'FACT', change: 'FACT' }],
    offers: async () => [],
    connect: () => Promise.reject(new Error('not in this test')),
    log: silentLog,
    signal: new AbortController().signal,
    announce: () => {},
  };
  const sent: ServerMessage[] = [];
  const session = createSession({ house, scopes: new Set(scopes), send: (message) => sent.push(message) });
  await session.receive(JSON.stringify({ type: 'open' }));
  const opened = sent.find((message) => message.type === 'opened');
  if (opened?.type !== 'opened') throw new Error('nothing was opened');
  await engine.idle(opened.scene.id);
  await room.close();
  const ask = async (message: ClientMessage): Promise<ServerMessage | undefined> => {
    await session.receive(JSON.stringify({ ...message, re: 'x' }));
    return sent.findLast((one) => 're' in one && one.re === 'x');
  };
  return { ask, session, sent, engine, scene: opened.scene.id };
}

const HIDDEN = /THOUGHT|PLAN-|SECRET|PRIVATE-CARD|MOTIVE|WRONG-REASON|Double, then|FACT/;

test('a session without scopes perceives the room and is refused the rest', async () => {
  const { ask, sent, engine, scene } = await sessionWith([]);
  const probes: ClientMessage[] = [
    { type: 'peek', beat: 6 },
    { type: 'mind', character: 'tom' },
    { type: 'xray', on: true },
    { type: 'share' },
    { type: 'offers' },
    { type: 'connect', offer: 'x' },
    { type: 'card', name: 'a.json', data: 'e30=' },
  ];
  expect(probes.map(({ type }) => type).sort()).toEqual(Object.keys(scopeNeeded).sort());
  for (const probe of probes) {
    expect(await ask(probe)).toMatchObject({ type: 'error', code: 'forbidden' });
  }
  await ask({ type: 'whisper', to: ['tom'], text: 'I will pay.' });
  await engine.idle(scene);
  await ask({ type: 'history', before: 100 });
  expect(sent.some(({ type }) => type === 'beat')).toBe(true);
  expect(JSON.stringify(sent)).not.toMatch(HIDDEN);
  expect(JSON.stringify(sent)).not.toContain('"thoughts"');
});

test('each scope opens its own door only', async () => {
  const { ask, sent } = await sessionWith(['peek']);
  expect(await ask({ type: 'peek', beat: 6 })).toMatchObject({ thoughts: [{ text: 'THOUGHT-OPENING' }] });
  expect(await ask({ type: 'xray', on: true })).toMatchObject({ code: 'forbidden' });
  expect(await ask({ type: 'mind', character: 'tom' })).toMatchObject({ code: 'forbidden' });
  expect(JSON.stringify(sent)).not.toContain('PLAN-');
});

test('only a session with admin may send large messages', async () => {
  const { session, sent } = await sessionWith([]);
  await session.receive(`{"type":"say","text":"${'x'.repeat(LARGEST_MESSAGE)}"}`);
  expect(sent.at(-1)).toMatchObject({ type: 'error', code: 'too-large' });
});
