import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Channel } from '../../doubles/discord/world/entities.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

let theatre: Theatre;
let office: Channel;

beforeEach(async () => {
  const model = scriptedModel({
    turn: (name) =>
      `<system_thinking>PLAN-CANARY</system_thinking><role_thinking>THOUGHT-CANARY</role_thinking>*nods* A line of ${name}.`,
  });
  theatre = await openTheatre({
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 } },
  });
  office = addOffice();
  await setLog(office.id);
});
afterEach(() => theatre.close());

/** As a channel for moderators is: hidden from everyone else, open to the bot. */
function addOffice(): Channel {
  const { double, server } = theatre;
  const hidden = double.addChannel(server, { name: 'office' });
  double.setOverwrite(hidden, double.botUserId, { allow: ['ViewChannel', 'SendMessages'] });
  double.setOverwrite(hidden, server, { deny: ['ViewChannel'] });
  return hidden;
}

async function setLog(channel: string): Promise<void> {
  const here = { level: 'server', id: theatre.server.id, server: theatre.server.id } as const;
  await theatre.engine().settings.set(here, 'logChannel', channel);
}

async function shown(): Promise<string[]> {
  await theatre.engine().audit.settled();
  return theatre.double.messages(office).map(({ content }) => content);
}

async function typed(user: { id: string }, command: string, values: Record<string, string | number> = {}) {
  const { double, channel } = theatre;
  return (await double.replied(double.slash(channel, user, command, values))).content;
}

test('the log channel tells who opened, summoned, sent away and ended, and rings nobody', async () => {
  const { alice, channel, double } = theatre;
  await theatre.start({ preset: 'called-only' });
  await typed(alice, 'summon', { name: 'Old Wenna' });
  await typed(alice, 'dismiss', { name: 'Old Wenna' });
  await typed(alice, 'scene end');
  const log = (await shown()).join('\n');
  for (const words of [
    'A scene was opened.',
    'Old Wenna came on stage.',
    'Old Wenna was sent away.',
    'The scene was ended.',
  ]) {
    expect(log).toContain(words);
  }
  expect(log).toContain(`<@${alice.id}> · <#${channel.id}>`);
  expect(mentionsAllowed(double).careless).toEqual([]);
  expect(await typed(alice, 'dramatis log', { entries: 2 })).toContain('The scene was ended.');
});

test('whispers and secrets stand there without a thought, and players are told so', async () => {
  const { alice, double } = theatre;
  await theatre.start({ cast: 'Tom Reddick', preset: 'called-only' });
  const answer = await typed(alice, 'whisper', {
    to: 'Tom Reddick',
    text: 'WHISPER-MARK at dusk',
  });
  expect(answer).toContain('Only Tom Reddick heard that.');
  expect(answer).toContain('Moderators of this server can read whispers and secrets');
  await typed(alice, 'secret give', { player: 'Alice', text: 'SECRET-MARK' });
  expect(await typed(alice, 'secret show')).toContain('Moderators of this server can read');
  await theatre.calm();
  await theatre.cardSays('moderators can read them');
  const log = (await shown()).join('\n');
  expect(log).toContain('> WHISPER-MARK at dusk');
  expect(log).toContain('SECRET-MARK');
  expect(log).toContain('Tom Reddick whispered to');
  expect(log).not.toContain('CANARY');
  expect(JSON.stringify(double.messages(office))).not.toContain('CANARY');
});

test('in a channel that everyone can read stands nobody’s word, and moderators are told why', async () => {
  const { alice, double, server } = theatre;
  const hall = double.addChannel(server, { name: 'hall' });
  const set = await typed(alice, 'config set', {
    name: 'logChannel',
    value: `<#${hall.id}>`,
    level: 'server',
  });
  expect(set).toContain(`Everyone can read <#${hall.id}>`);
  expect(await typed(alice, 'dramatis check')).toContain(`Everyone can read <#${hall.id}>`);
  await theatre.start({ cast: 'Tom Reddick', preset: 'called-only' });
  await typed(alice, 'whisper', { to: 'Tom Reddick', text: 'WHISPER-MARK at dusk' });
  await typed(alice, 'secret give', { player: 'Alice', text: 'SECRET-MARK' });
  await theatre.calm();
  await theatre.engine().audit.settled();
  const open = double.messages(hall).map(({ content }) => content);
  expect(open.join('\n')).toContain('A scene was opened.');
  expect(open.filter((content) => content.includes('Everyone can read this channel'))).not.toEqual([]);
  expect(open.join('\n')).not.toMatch(/MARK|Tom Reddick whispered|was given a secret/u);
  expect(await typed(alice, 'dramatis log')).toContain('WHISPER-MARK at dusk');

  double.setOverwrite(hall, double.botUserId, { allow: ['ViewChannel', 'SendMessages'] });
  double.setOverwrite(hall, server, { deny: ['ViewChannel'] });
  await expect.poll(() => typed(alice, 'dramatis check')).not.toContain('Everyone can read');
  await typed(alice, 'whisper', { to: 'Tom Reddick', text: 'LATER-MARK' });
  await theatre.calm();
  await theatre.engine().audit.settled();
  expect(JSON.stringify(double.messages(hall))).toContain('LATER-MARK');
});

test('where the server keeps whispers from its moderators, none is told of', async () => {
  const { alice, server } = theatre;
  const here = { level: 'server', id: server.id, server: server.id } as const;
  await theatre.engine().settings.set(here, 'logWhispers', false);
  await theatre.start({ cast: 'Tom Reddick', preset: 'called-only' });
  const answer = await typed(alice, 'whisper', { to: 'Tom Reddick', text: 'WHISPER-MARK' });
  expect(answer).toBe('Only Tom Reddick heard that.');
  await theatre.calm();
  expect((await shown()).join('\n')).not.toContain('whispered');
  expect(theatre.card().text).not.toContain('Whispers');
});

test('a log channel that is gone, or closed to the bot, is told of where the log is looked at', async () => {
  const { alice, bob, double } = theatre;
  double.setOverwrite(office, double.botUserId, { deny: ['SendMessages'] });
  await theatre.start({ preset: 'called-only' });
  await shown();
  expect(await typed(alice, 'dramatis log')).toContain('The bot may not write in the log channel');
  double.removeChannel(office);
  await typed(alice, 'scene end');
  await theatre.engine().audit.settled();
  const log = await typed(alice, 'dramatis log');
  expect(log).toContain('The log channel does not exist any more');
  expect(log).toContain('The scene was ended.');
  expect(await typed(bob, 'dramatis log')).toContain('Only moderators');
});

test('a channel of another server is none for the log', async () => {
  const other = theatre.double.addChannel(theatre.double.addServer({ name: 'Elsewhere' }), { name: 'there' });
  await setLog(other.id);
  await theatre.start({ preset: 'called-only' });
  await theatre.engine().audit.settled();
  expect(theatre.double.messages(other)).toEqual([]);
  expect(await typed(theatre.alice, 'dramatis log')).toContain('does not exist any more');
});
