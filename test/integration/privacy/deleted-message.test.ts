import { expect, test } from 'vitest';
import type { AuditEntry } from '../../../src/engine/audit/audit-api.ts';
import type { Delivery } from '../../../src/engine/stage.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { allStored } from '../../e2e/discord/privacy/stored-words.ts';
import { playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { scriptedModel } from '../../support/scripted-model.ts';

const SCENE = 'discord:222222222222222222';
const SERVER = '111111111111111111';
const MARA = { id: 'p1', name: 'Mara' };
const JORY = { id: 'p2', name: 'Jory' };
const SAID = 'The letter with the SEALMARK lies under the third board of the pier.';

/** A character who repeats what it is told, aloud and in its thoughts, and remembers it across the server. */
async function open(stage = createRecordingStage('discord', true)) {
  const model = scriptedModel({
    turn: () =>
      `<system_thinking>She says: ${SAID}</system_thinking><role_thinking>So: ${SAID}</role_thinking>You say: ${SAID} Hm.`,
  });
  const store = await openStore('memory:');
  const { engine } = await playHouse({ stage, store, models: { actor: model }, tracing: true });
  await engine.start({
    id: SCENE,
    stage: 'discord',
    server: SERVER,
    owner: MARA,
    cast: ['wenna'],
    preset: 'conversation',
  });
  await engine.ledger.setServerMemory(SCENE, 'wenna', true);
  await engine.join(SCENE, MARA);
  await engine.hear(SCENE, { player: MARA, text: `Wenna! ${SAID}`, source: 'm-1' });
  await engine.idle(SCENE);
  engine.audit.note(SERVER, { kind: 'reported', text: 'Reported.', quote: SAID, log: `${SCENE}#1`, beat: 5 });
  await engine.audit.settled();
  return { engine, stage, store, model };
}

function standing({ stage }: Awaited<ReturnType<typeof open>>): string {
  return JSON.stringify([...stage.standing.values()]);
}

test('a message that is deleted is deleted in all that was derived from it', async () => {
  const house = await open();
  const { engine, store } = house;
  expect(standing(house)).toContain('SEALMARK');
  expect((await allStored(store)).split('SEALMARK').length).toBeGreaterThan(4);
  const moderator = { id: 'p9', moderator: true };
  expect(JSON.stringify(await engine.plans(SCENE, 6, moderator))).toContain('SEALMARK');
  await engine.retract(SCENE, 'm-1');
  await engine.idle(SCENE);
  await engine.audit.settled();
  expect(await allStored(store)).not.toContain('SEALMARK');
  expect(standing(house)).not.toContain('SEALMARK');
  expect(standing(house)).toContain('You say: …. Hm.');
  expect(JSON.stringify(await engine.backstage.mind(SCENE, 'wenna'))).not.toContain('SEALMARK');
  expect(await engine.plans(SCENE, 6, moderator)).toEqual([]);
  // Nor is it in what a model is asked from then on.
  const before = house.model.asked.length;
  await engine.next(SCENE, 'wenna');
  await engine.idle(SCENE);
  const asked = JSON.stringify(house.model.asked.slice(before));
  expect(asked.length).toBeGreaterThan(100);
  expect(asked).not.toContain('SEALMARK');
  await engine.close();
});

test('an edit takes away what is no longer said, and leaves what still is', async () => {
  const house = await open();
  const { engine, store } = house;
  await engine.amend(SCENE, 'm-1', 'Wenna! The letter lies under the third board of the pier.');
  await engine.idle(SCENE);
  const stored = await allStored(store);
  expect(stored).not.toContain('SEALMARK');
  expect(stored).toContain('under the third board of the pier');
  await engine.close();
});

test('what other players repeat of it is theirs, and stays', async () => {
  const { engine, store } = await open();
  await engine.join(SCENE, JORY);
  await engine.hear(SCENE, { player: JORY, text: `She told us: ${SAID}`, source: 'm-2' });
  await engine.idle(SCENE);
  await engine.retract(SCENE, 'm-1');
  await engine.idle(SCENE);
  expect(await allStored(store)).toContain(`She told us: ${SAID}`);
  await engine.close();
});

test('also what they put otherwise afterwards', async () => {
  const { engine } = await open();
  await engine.join(SCENE, JORY);
  await engine.hear(SCENE, { player: JORY, text: 'She told us something.', source: 'm-2' });
  await engine.amend(SCENE, 'm-2', `She told us: ${SAID}`);
  await engine.idle(SCENE);
  await engine.retract(SCENE, 'm-1');
  await engine.idle(SCENE);
  expect(JSON.stringify(await engine.replay(SCENE))).toContain(`She told us: ${SAID}`);
  await engine.close();
});

test('what was kept of an ended scene goes, too', async () => {
  const { engine, store } = await open();
  await engine.end(SCENE);
  expect(JSON.stringify(await store.get('server', `memory/${SERVER}/wenna`))).toContain('SEALMARK');
  await engine.retract(SCENE, 'm-1');
  expect(await allStored(store)).not.toContain('SEALMARK');
  await engine.close();
});

test('a character’s line that is reworded takes nothing from its other versions', async () => {
  const { engine, store } = await open();
  await engine.past.swipe(SCENE, 'again', { id: MARA.id, moderator: true });
  await engine.idle(SCENE);
  await engine.past.reword(SCENE, 6, 'I say nothing.');
  await engine.idle(SCENE);
  expect(JSON.stringify(await Array.fromAsync(store.read(`${SCENE}#1`, 7)))).toContain('SEALMARK');
  await engine.close();
});

test('of whoever is erased nothing that a character repeated stands in the moderators’ channel', async () => {
  const posted = new Map<string, string>();
  const stage = {
    ...createRecordingStage('discord', true),
    tellModerators: async (_server: string, _channel: string, entry: AuditEntry) => {
      const message = `log-${posted.size + 1}`;
      posted.set(message, entry.quote ?? '');
      return { messages: [message] };
    },
    untellModerators: async (_channel: string, { messages }: Delivery) => {
      for (const message of messages) posted.delete(message);
    },
  };
  const { engine } = await open(stage);
  await engine.settings.set(
    { level: 'server', id: SERVER, server: SERVER },
    'logChannel',
    '333333333333333333',
  );
  const said = `Old Wenna: You say: ${SAID} Hm.`;
  engine.audit.note(SERVER, { kind: 'reported', text: 'Reported.', quote: said, log: `${SCENE}#1`, beat: 6 });
  await engine.audit.settled();
  expect([...posted.values()]).toEqual([said]);
  await engine.privacy.erase(MARA.id);
  await engine.audit.settled();
  expect([...posted.values()]).toEqual([]);
  await engine.close();
});
