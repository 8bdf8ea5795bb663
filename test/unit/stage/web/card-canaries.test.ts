import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openLibrary } from '../../../../src/cast/library/library.ts';
import { createEngine } from '../../../../src/engine/engine.ts';
import { silentLog } from '../../../../src/log.ts';
import { createLineKeys } from '../../../../src/stage/web/line-keys.ts';
import { NO_MODELS } from '../../../../src/stage/web/model-answers.ts';
import { blankCard } from '../../../../src/stage/web/page/editor/card-draft.ts';
import { type ClientMessage, type Scope, scopeSchema } from '../../../../src/stage/web/protocol.ts';
import { createRoom } from '../../../../src/stage/web/room.ts';
import { createSceneDoor } from '../../../../src/stage/web/scene-door.ts';
import type { ServerMessage } from '../../../../src/stage/web/server-message.ts';
import { createSession, type Session } from '../../../../src/stage/web/session.ts';
import type { StageHouse } from '../../../../src/stage/web/stage-house.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { heldModel } from '../../../support/held-model.ts';
import { quickClock } from './web-house.ts';

/** Every field that is for its own character or for nobody's prompt holds a mark of its own. */
const HIDING = {
  ...blankCard(),
  name: 'Vesna Morn',
  description: 'CANARY-DESCRIPTION',
  personality: 'CANARY-PERSONALITY',
  first_mes: '<role_thinking>CANARY-GREETING</role_thinking>You came up the stairs.',
  alternate_greetings: ['<role_thinking>CANARY-ALTERNATE</role_thinking>Yes?'],
  mes_example: '<START>\n{{char}}: CANARY-EXAMPLE',
  creator_notes: 'CANARY-NOTES',
  system_prompt: 'CANARY-SYSTEM',
  post_history_instructions: 'CANARY-HISTORY',
  character_book: {
    entries: [{ keys: ['lamp'], content: 'CANARY-LORE', enabled: true, constant: true }],
  },
  extensions: {
    depth_prompt: { prompt: 'CANARY-DEPTH', depth: 4 },
    dramatis: {
      ...blankCard().extensions.dramatis,
      motivation: 'CANARY-MOTIVE',
      background: 'CANARY-BACKGROUND',
      relations: 'CANARY-RELATIONS',
      manner: 'CANARY-MANNER',
      public_sheet: 'A keeper.',
      examples: [{ to: 'CANARY-CUE', turn: '<role_thinking>CANARY-TURN</role_thinking>It is lit.' }],
    },
  },
};

/** One stage, and sessions with these scopes each; all that each was sent. */
async function stageWith(...scopes: readonly (readonly Scope[])[]) {
  const ownDir = await mkdtemp(join(tmpdir(), 'dramatis-canaries-'));
  const shippedDir = fileURLToPath(new URL('../../../../characters', import.meta.url));
  const library = await openLibrary({ shippedDir, ownDir });
  const engine = createEngine({ store: await openStore('memory:'), library, clock: quickClock });
  const room = createRoom(engine);
  engine.attach(room.stage);
  const sessions: Session[] = [];
  const house: StageHouse = {
    engine,
    library,
    commands: [],
    room,
    door: createSceneDoor({ engine, library, demoScene: library.scenes()[0]?.id ?? '' }),
    lineKeys: createLineKeys(),
    run: 'run',
    facts: () => [],
    offers: async () => [],
    connect: () => Promise.reject(new Error('not in this test')),
    models: NO_MODELS,
    log: silentLog,
    signal: new AbortController().signal,
    announce: (message) => {
      for (const session of sessions) session.announce(message);
    },
  };
  onTestFinished(async () => {
    for (const session of sessions) await session.close();
    await room.close();
    await engine.close();
    await library.close();
    await rm(ownDir, { recursive: true });
  });
  const opened = scopes.map((held) => {
    const sent: ServerMessage[] = [];
    const session = createSession({ house, scopes: new Set(held), send: (message) => sent.push(message) });
    sessions.push(session);
    const ask = async (message: ClientMessage): Promise<ServerMessage | undefined> => {
      await session.receive(JSON.stringify({ ...message, re: 'x' }));
      return sent.findLast((one) => 're' in one && one.re === 'x');
    };
    return { sent, ask, session };
  });
  for (const { ask } of opened) await ask({ type: 'open' });
  return { engine, opened };
}

test('what is private in a card comes to no session without admin, whatever is done with the card', async () => {
  const { engine, opened } = await stageWith(scopeSchema.options, ['play', 'direct', 'peek', 'mind']);
  const [author, guest] = opened;
  if (!author || !guest) throw new Error('two sessions were asked for');
  const { ask } = author;
  expect(await ask({ type: 'card-save', card: HIDING })).toMatchObject({ type: 'card-saved' });
  const whole = await ask({ type: 'card-open', character: 'vesna-morn' });
  for (const mark of JSON.stringify(HIDING).match(/CANARY-[A-Z]+/g) ?? []) {
    expect(JSON.stringify(whole)).toContain(mark);
  }
  await ask({ type: 'card-preview', card: HIDING });
  await ask({ type: 'card-try', card: HIDING, cue: 'Is the lamp lit?' });
  await ask({ type: 'card-export', character: 'vesna-morn', as: 'v3' });
  const started = await guest.ask({
    type: 'open',
    start: { setting: 'A lamp room.', cast: ['vesna-morn', 'mr-darcy'] },
  });
  if (started?.type !== 'opened') throw new Error('nothing was opened');
  await engine.idle(started.scene.id);
  await guest.ask({ type: 'say', text: 'Is the lamp lit?' });
  await engine.idle(started.scene.id);
  await guest.ask({ type: 'history', before: 1000 });
  await expect.poll(() => guest.sent.filter(({ type }) => type === 'beat').length).toBeGreaterThan(1);
  const text = JSON.stringify(guest.sent);
  expect(text).toContain('Vesna Morn');
  expect(text).toContain('A keeper.');
  expect(text).not.toMatch(/CANARY-/);
});

test('a turn that is tried ends where its author leaves', async () => {
  const { engine, opened } = await stageWith(scopeSchema.options);
  const [author] = opened;
  if (!author) throw new Error('a session was asked for');
  const actor = heldModel();
  engine.useModels({ actor });
  const trying = author.ask({ type: 'card-try', card: HIDING, cue: 'Is the lamp lit?' });
  await actor.asked(1);
  await author.session.close();
  await trying;
  expect(actor.aborted()).toBe(1);
});
