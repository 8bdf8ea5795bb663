import { afterEach, beforeEach, expect, test } from 'vitest';
import { render } from '../../../src/words/render.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
let scene: string;

async function open(tracing: boolean): Promise<void> {
  const model = scriptedModel({
    turn: (name) =>
      `<system_thinking>PLAN-CANARY</system_thinking><role_thinking>THOUGHT-CANARY</role_thinking>*nods* A turn of ${name}.`,
  });
  theatre = await openTheatre({
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 }, tracing },
  });
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
  await theatre.engine().next(scene, 'wenna');
  await theatre.calm();
}
beforeEach(() => open(false));
afterEach(() => theatre.close());

async function typed(user: { id: string }, command: string, values: Record<string, string> = {}) {
  const { double, channel } = theatre;
  const reply = await double.replied(double.slash(channel, user, command, values));
  expect(reply.ephemeral).toBe(true);
  return reply.content;
}

test('the policy decides who peeks, stands on the card, and each peek is in the log', async () => {
  const { alice, bob, double, server } = theatre;
  expect(await typed(bob, 'peek')).toContain('the scene’s owner and moderators may read them');
  expect(await typed(alice, 'peek')).toContain('THOUGHT-CANARY');

  await typed(alice, 'scene thoughts', { who: 'nobody' });
  expect(await typed(alice, 'peek')).toContain('nobody reads them');
  await theatre.cardSays('nobody reads them');

  const readers = double.addRole(server, { name: 'readers', permissions: [] });
  const here = { level: 'server', id: server.id, server: server.id } as const;
  await theatre.engine().settings.set(here, 'peekRoles', [readers.id]);
  await typed(alice, 'scene thoughts', { who: 'role' });
  expect(await typed(bob, 'peek')).toContain('certain roles');
  double.changeMember(server, bob, { roles: [readers] });
  expect(await typed(bob, 'peek')).toContain('THOUGHT-CANARY');

  await typed(alice, 'scene thoughts', { who: 'after' });
  expect(await typed(bob, 'peek')).toContain('when the scene has ended');
  await typed(alice, 'scene end');
  expect(await typed(bob, 'peek')).toContain('THOUGHT-CANARY');

  const entries = await theatre.engine().audit.recent(server.id, 50);
  expect(entries.filter(({ kind }) => kind === 'peeked').map(({ by }) => by)).toEqual([
    bob.id,
    bob.id,
    alice.id,
  ]);
  expect(JSON.stringify(entries)).not.toContain('CANARY');
});

test('one character’s thoughts may be open where the others’ are not', async () => {
  const { bob, channel, server } = theatre;
  const wenna = { level: 'character', id: 'wenna', server: server.id, channel: channel.id } as const;
  await theatre.engine().settings.set(wenna, 'peek', 'everyone');
  await theatre.cardSays('of Old Wenna everyone may read them');
  expect(await typed(bob, 'peek')).toContain('THOUGHT-CANARY');
  await theatre.engine().next(scene, 'tom');
  await theatre.calm();
  expect(await typed(bob, 'peek')).toContain('owner and moderators');
});

test('who opens the thoughts of a scene is in the log', async () => {
  const { alice, server } = theatre;
  await typed(alice, 'scene thoughts', { who: 'everyone' });
  const [entry] = await theatre.engine().audit.recent(server.id, 1);
  expect(entry).toMatchObject({ kind: 'configured', by: alice.id });
  expect(entry && render(entry.text)).toBe('peek in one scene: not set → everyone');
});

test('a plan is shown to moderators alone, and only where the operator traces', async () => {
  expect(await typed(theatre.alice, 'why')).not.toContain('PLAN-CANARY');
  await theatre.close();
  await open(true);
  const { alice, bob } = theatre;
  expect(await typed(alice, 'why')).toContain('PLAN-CANARY');
  expect(await typed(bob, 'why')).not.toContain('PLAN-CANARY');
  const inRoom = theatre.double.messages(theatre.channel);
  expect(JSON.stringify(inRoom)).not.toContain('CANARY');
});
