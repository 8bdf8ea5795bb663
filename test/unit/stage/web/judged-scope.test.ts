import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import { createEngine } from '../../../../src/engine/engine.ts';
import type { Engine } from '../../../../src/engine/engine-api.ts';
import { silentLog } from '../../../../src/log.ts';
import { createLineKeys } from '../../../../src/stage/web/line-keys.ts';
import { NO_MODELS } from '../../../../src/stage/web/model-answers.ts';
import type { ClientMessage, Scope } from '../../../../src/stage/web/protocol.ts';
import { createRoom, type Room } from '../../../../src/stage/web/room.ts';
import { createSceneDoor } from '../../../../src/stage/web/scene-door.ts';
import { type ServerMessage, serverMessageSchema } from '../../../../src/stage/web/server-message.ts';
import { createSession } from '../../../../src/stage/web/session.ts';
import type { StageHouse } from '../../../../src/stage/web/stage-house.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { type ModelDouble, startModelDouble } from '../../../doubles/model/model-double.ts';
import { bestOfModels } from '../../../support/best-of-models.ts';
import { smallLibrary } from '../../../support/small-library.ts';
import { quickClock } from './web-house.ts';

let mind: ModelDouble;
let engine: Engine;
let room: Room;
let house: StageHouse;
let scene = '';
beforeAll(async () => {
  mind = await startModelDouble();
  const library = smallLibrary();
  engine = createEngine({
    store: await openStore('memory:'),
    library,
    models: bestOfModels(mind.url),
    limits: { bestOf: 3, gatherMs: 0, turnsPerLine: 1 },
    clock: quickClock,
    tracing: true,
  });
  room = createRoom(engine);
  engine.attach(room.stage);
  house = {
    engine,
    library,
    commands,
    room,
    door: createSceneDoor({ engine, library, demoScene: 'harbour' }),
    lineKeys: createLineKeys(),
    run: 'run',
    facts: () => [],
    offers: async () => [],
    connect: () => Promise.reject(new Error('not in this test')),
    models: NO_MODELS,
    log: silentLog,
    signal: new AbortController().signal,
    announce: () => {},
  };
});
afterAll(async () => {
  await room.close();
  await engine.close();
  await mind.close();
});

async function join(scopes: readonly Scope[]) {
  const sent: ServerMessage[] = [];
  const session = createSession({
    house,
    scopes: new Set(scopes),
    send: (message) => sent.push(serverMessageSchema.parse(message)),
  });
  const ask = (message: ClientMessage) => session.receive(JSON.stringify(message));
  await ask(scene === '' ? { type: 'open', start: { cast: ['tom'] } } : { type: 'open', scene });
  const opened = sent.find((message) => message.type === 'opened');
  if (opened?.type !== 'opened') throw new Error('nothing was opened');
  scene = opened.scene.id;
  return { sent, ask, session };
}

const verdictsIn = (sent: readonly ServerMessage[]) =>
  sent.flatMap((message) => (message.type === 'judged' ? [message.judged] : []));

test('a verdict goes to the session that has x-ray on, and not a word of it to any other', async () => {
  const all = ['play', 'direct', 'peek', 'mind', 'xray', 'admin'] as const;
  const open = await join(all);
  const off = await join(all);
  const bare = await join(['play', 'direct']);
  const others = await join(['play', 'direct', 'peek', 'mind', 'admin']);
  await open.ask({ type: 'xray', on: true });
  await bare.ask({ type: 'xray', on: true });
  await bare.ask({ type: 'say', text: 'Tom, where were you?' });
  await engine.idle(scene);
  await expect.poll(() => verdictsIn(open.sent)).toHaveLength(1);
  await expect.poll(() => bare.sent.some(({ type }) => type === 'beat')).toBe(true);

  const [verdict] = verdictsIn(open.sent);
  expect(verdict?.candidates).toHaveLength(3);
  expect(verdict?.matches).toHaveLength(2);
  const candidates = open.sent.flatMap((one) => (one.type === 'draft' ? [one.draft.candidate] : []));
  expect(candidates.filter(Boolean)).toHaveLength(3);
  expect(mind.canaries.judge).toHaveLength(4);
  const words = JSON.stringify(open.sent);
  for (const canary of mind.canaries.judge) expect(words).toContain(canary);

  for (const text of ['/why', '/scene report', '/usage', '/scene info', '/principles list', '/swipe']) {
    await bare.ask({ type: 'command', text });
    await others.ask({ type: 'command', text });
  }
  for (const { sent } of [off, bare, others]) {
    expect(sent.some(({ type }) => type === 'judged' || type === 'draft')).toBe(false);
    expect(JSON.stringify(sent)).not.toContain('JUDGE-CANARY');
  }
  expect(JSON.stringify(bare.sent)).not.toMatch(/THOUGHT-CANARY|PLAN-CANARY/);

  // Who switches it on later is shown what was before; and nothing once it is off.
  await off.ask({ type: 'xray', on: true });
  expect(verdictsIn(off.sent)).toEqual([verdict]);
  await off.ask({ type: 'xray', on: false });
  await bare.ask({ type: 'say', text: 'Tom, and then?' });
  await engine.idle(scene);
  await expect.poll(() => verdictsIn(open.sent)).toHaveLength(2);
  expect(verdictsIn(off.sent)).toHaveLength(1);
  for (const { session } of [open, off, bare, others]) await session.close();
});

test('what was drafted for a story that the scene left is shown to nobody any more', async () => {
  const { ask, sent, session } = await join(['play', 'direct', 'peek', 'mind', 'xray', 'admin']);
  const [first, second] = room.verdicts(scene);
  const line = first?.candidates[first.ranking[0] ?? 0]?.beat ?? 0;
  await ask({ type: 'rewind', beat: line });
  await ask({ type: 'xray', on: true });
  expect(verdictsIn(sent).map(({ turn }) => turn)).toEqual([first?.turn]);
  const turns = new Set(sent.flatMap((one) => (one.type === 'draft' ? [one.draft.turn] : [])));
  expect(turns.has(second?.turn ?? '')).toBe(false);
  const record = (await engine.info(scene))?.record;
  if (!record) throw new Error('no scene');
  // The line is taken back.
  await room.stage.update(record, line, { messages: [] }, undefined, new AbortController().signal);
  await expect.poll(() => room.verdicts(scene)).toEqual([]);
  await ask({ type: 'say', text: 'Tom, once more?' });
  await engine.idle(scene);
  await session.close();
});

test('the scene says who chooses and whose choices count; a thumb is taken from who opted in', async () => {
  const { sent, ask, session } = await join(['play', 'direct']);
  const last = () => sent.findLast((one) => one.type === 'rated' || one.type === 'error');
  const sceneNow = () => sent.findLast((one) => one.type === 'scene' || one.type === 'opened');
  expect(sceneNow()).toMatchObject({ scene: { bestOf: 3, judge: 'judge-1' } });
  expect(sceneNow()).not.toHaveProperty('scene.choicesOf');
  const beat = (await engine.past.swipes(scene))?.n ?? 0;
  await ask({ type: 'rate', beat, thumb: 'down' });
  expect(last()).toEqual({ type: 'rated', beat, counted: false });
  await ask({ type: 'command', text: '/privacy opt-in choices: yes' });
  await ask({ type: 'rate', beat, thumb: 'down' });
  expect(last()).toEqual({ type: 'rated', beat, counted: true });
  await expect.poll(sceneNow).toMatchObject({ scene: { choicesOf: [{ id: 'player:local' }] } });
  await ask({ type: 'rate', beat: beat - 1, thumb: 'up' });
  expect(last()).toMatchObject({ type: 'error', code: 'player' });
  await session.close();
});

test('what was drafted goes with words that are gone, whoever turns x-ray on later', async () => {
  const said = 'Wenna, the code is GONE-CANARY.';
  await engine.hear(scene, { player: { id: 'local', name: 'Guest' }, text: said, source: 'gone' });
  await engine.idle(scene);
  expect(room.drafts(scene).length).toBeGreaterThan(0);
  await engine.amend(scene, 'gone', 'Wenna, never mind.');
  expect(room.drafts(scene)).toEqual([]);
  expect(room.verdicts(scene)).toEqual([]);
});
