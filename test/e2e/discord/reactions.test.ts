import { afterEach, beforeEach, expect, test } from 'vitest';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
let scene: string;

beforeEach(async () => {
  const model = scriptedModel({
    turn: (name) => `<role_thinking>THOUGHT-CANARY</role_thinking>*nods* A turn of ${name}.`,
  });
  theatre = await openTheatre({
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 } },
  });
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
});
afterEach(() => theatre.close());

async function turn(): Promise<string> {
  const from = theatre.double.position();
  await theatre.engine().next(scene, 'wenna');
  const { id } = await theatre.line(/A turn/, theatre.channel, from);
  await theatre.calm();
  return id;
}

function allowTakingAway(): void {
  const { double, channel } = theatre;
  double.setOverwrite(channel, double.botUserId, { allow: ['ManageMessages'] });
}

test('❓ tells who asked who this is, alone, and goes where the bot may take it away', async () => {
  const { bob, double, alice } = theatre;
  allowTakingAway();
  const line = await turn();
  const dm = double.dm(bob);
  double.react(line, bob, '❓');
  const { content } = await double.nextMessage(dm, () => true);
  expect(content).toContain('**Old Wenna** is played by the bot');
  expect(content).toContain(`<@${alice.id}>`);
  expect(content).not.toContain('CANARY');
  await expect.poll(() => double.reactions(line)).toEqual([]);
});

test('❓ of somebody with closed direct messages comes to nothing', async () => {
  const { bob, double, logged } = theatre;
  bob.dmsClosed = true;
  const line = await turn();
  double.react(line, bob, '❓');
  await expect.poll(() => logged.map(({ event }) => event)).toContain('reaction-unanswered');
  expect(double.reactions(line)).toEqual(['❓']);
});

test('❌ deletes a line for the scene’s owner, everywhere, and the log tells who did it', async () => {
  const { alice, double, server } = theatre;
  const line = await turn();
  double.react(line, alice, '❌');
  await expect.poll(() => theatre.lines().filter((said) => said.includes('A turn'))).toEqual([]);
  await theatre.calm();
  expect(JSON.stringify(await theatre.engine().replay(scene))).not.toContain('A turn of');
  const entries = await theatre.engine().audit.recent(server.id);
  expect(entries.find(({ kind }) => kind === 'deleted')?.by).toBe(alice.id);
});

test('❌ of anyone else changes nothing', async () => {
  const { bob, double } = theatre;
  allowTakingAway();
  const line = await turn();
  double.react(line, bob, '❌');
  await expect.poll(() => double.reactions(line)).toEqual([]);
  await theatre.calm();
  expect(JSON.stringify(await theatre.engine().replay(scene))).toContain('A turn of');
});

test('❌ deletes a player’s own line that stands under their persona', async () => {
  const { bob, channel, double } = theatre;
  const asked = double.slash(channel, bob, 'say', { text: 'OWN-LINE' });
  await double.replied(asked);
  const { id } = await theatre.line('OWN-LINE');
  await theatre.calm();
  double.react(id, bob, '❌');
  await expect.poll(() => theatre.lines().filter((said) => said.includes('OWN-LINE'))).toEqual([]);
});
