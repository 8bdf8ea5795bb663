import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Channel } from '../../doubles/discord/world/entities.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
let office: Channel;
let scene: string;
let turns = 0;

beforeEach(async () => {
  const model = scriptedModel({
    turn: (name) => `<role_thinking>THOUGHT-CANARY</role_thinking>*nods* Turn ${++turns} of ${name}.`,
  });
  theatre = await openTheatre({
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 } },
  });
  office = theatre.double.addChannel(theatre.server, { name: 'office' });
  theatre.double.setOverwrite(office, theatre.double.botUserId, { allow: ['ViewChannel', 'SendMessages'] });
  theatre.double.setOverwrite(office, theatre.server, { deny: ['ViewChannel'] });
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
});
afterEach(() => theatre.close());

async function turn(): Promise<string> {
  const from = theatre.double.position();
  await theatre.engine().next(scene, 'wenna');
  const { id } = await theatre.line(/Turn/, theatre.channel, from);
  await theatre.calm();
  return id;
}

async function report(line: string, reason: string): Promise<string> {
  const { double, channel, bob } = theatre;
  const asked = double.messageCommand(channel, bob, 'Report', line);
  await double.replied(asked);
  return (await double.replied(double.submitModal(asked, { text: reason }))).content;
}

test('a report brings the line, what stood before it, the reason and a link to the moderators', async () => {
  const { server, channel, bob, double } = theatre;
  const here = { level: 'server', id: server.id, server: server.id } as const;
  await theatre.engine().settings.set(here, 'logChannel', office.id);
  await turn();
  const before = `Turn ${turns}`;
  const line = await turn();
  expect(await report(line, 'REASON-MARK @everyone')).toBe(
    'Thank you. The moderators of this server are told.',
  );
  await theatre.engine().audit.settled();
  const told = double.messages(office).find(({ content }) => content.includes('**Report**'))?.content ?? '';
  const n = await theatre.engine().past.beatOf(scene, line);
  expect(told).toContain(`#${n} of Old Wenna was reported.`);
  expect(told).toContain('REASON-MARK');
  expect(told).not.toContain('@everyone');
  expect(told).toContain(before);
  expect(told).toContain(`Turn ${turns} of Old Wenna`);
  expect(told).toContain(`<@${bob.id}>`);
  expect(told).toContain(`https://discord.com/channels/${server.id}/${channel.id}/${line}`);
  expect(told).not.toContain('CANARY');
});

test('without a log channel it waits in /dramatis log; a deleted line takes its words out of it', async () => {
  const { alice, channel, double } = theatre;
  const line = await turn();
  await report(line, '');
  const asked = async () =>
    (await double.replied(double.slash(channel, alice, 'dramatis log', { entries: 25 }))).content;
  expect(await asked()).toContain(`Turn ${turns} of Old Wenna`);
  await theatre.engine().retract(scene, line);
  await theatre.calm();
  const after = await asked();
  expect(after).toContain('was reported.');
  expect(after).toContain('was deleted.');
  expect(after).not.toContain(`Turn ${turns} of Old Wenna`);
});
