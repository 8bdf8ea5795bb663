import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Channel } from '../../doubles/discord/world/entities.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre({ engine: { limits: { linesPerPlayerHour: 2 } } });
});
afterAll(async () => {
  expect(theatre.double.unexpected).toEqual([]);
  expect(theatre.double.pings).toEqual([]);
  expect(mentionsAllowed(theatre.double).careless).toEqual([]);
  await theatre.close();
});

/** Another server, which Alice manages and Bob is in. */
function anotherServer(withBot: boolean): Channel {
  const { double, alice, bob } = theatre;
  const server = double.addServer({ name: 'Elsewhere', withBot });
  const managers = double.addRole(server, { permissions: ['ManageGuild'] });
  double.addMember(server, alice, { roles: [managers] });
  double.addMember(server, bob);
  return double.addChannel(server, { name: 'there' });
}

describe('where scenes play', () => {
  test('in the text chat of a voice channel', async () => {
    const { double, server, alice } = theatre;
    const voice = double.addChannel(server, { type: 'voice', name: 'table' });
    expect(await theatre.start({ cast: 'Old Wenna' }, voice)).toContain('On stage: Old Wenna');
    const from = double.position();
    double.say(voice, alice, 'Wenna, do you hear me?');
    expect((await theatre.line(/./, voice, from)).author).toBe('Old Wenna');
    await theatre.calm(voice);
    expect(double.webhooksIn(voice)).toHaveLength(1);
    const answer = await theatre.start({ cast: 'Ines', thread: true }, voice);
    expect(answer).toContain('no threads in a channel like this');
  });

  test('not in a direct message: no command is offered there', () => {
    const { double, alice } = theatre;
    expect(() => double.slash(double.dm(alice), alice, 'scene start')).toThrow('not offered here');
  });

  test('not in a server to which only the commands were added; who uses one is told how to invite the bot', async () => {
    const { double, alice } = theatre;
    const there = anotherServer(false);
    const asked = double.slash(there, alice, 'scene start');
    const { content, ephemeral } = await double.replied(asked);
    expect(content).toContain(theatre.stage().inviteLink);
    expect(ephemeral).toBe(true);
    await expect(double.autocomplete(there, alice, 'summon', {}, 'name')).resolves.toEqual([]);
  });

  test('in two servers at once, each with a cast, players and caps of its own', async () => {
    const { double, channel, alice, bob } = theatre;
    const there = anotherServer(true);
    await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
    await theatre.start({ cast: 'Tom Reddick', preset: 'called-only' }, there);
    const from = double.position();
    for (const text of ['one?', 'two?', 'three?']) double.say(channel, bob, `Wenna, HERE ${text}`);
    double.say(there, bob, 'Tom Reddick, THERE one?');
    expect((await theatre.line(/./, there, from)).author).toBe('Tom Reddick');
    await double.nextMessage(channel, ({ content }) => content.includes('2 lines'), { since: from });
    await theatre.calm();
    await theatre.calm(there);
    const here = JSON.stringify(await theatre.engine().replay(`discord:${channel.id}`));
    const elsewhere = JSON.stringify(await theatre.engine().replay(`discord:${there.id}`));
    expect(here).toContain('HERE two?');
    expect(here).not.toMatch(/THERE|HERE three/);
    expect(elsewhere).toContain('THERE one?');
    expect(elsewhere).not.toContain('HERE two?');
    // Halting one server leaves the other alone.
    await double.replied(double.slash(channel, alice, 'dramatis halt'));
    expect((await theatre.engine().info(`discord:${channel.id}`))?.record.status).toBe('paused');
    expect((await theatre.engine().info(`discord:${there.id}`))?.record.status).toBe('playing');
  });

  test('again in a server that removed the bot and took it back, from the very line', async () => {
    const { double, alice } = theatre;
    const there = anotherServer(true);
    const server = there.serverId ?? '';
    const scene = `discord:${there.id}`;
    await theatre.start({ cast: 'Ines', preset: 'called-only' }, there);
    double.kick(server, double.botUserId);
    const status = async () => (await theatre.engine().info(scene))?.record.status;
    await expect.poll(status).toBe('paused');
    double.inviteBot(server);
    await double.replied(double.slash(there, alice, 'scene continue'));
    const from = double.position();
    double.say(there, alice, 'Ines, still there?');
    expect((await theatre.line(/./, there, from)).author).toBe('Ines');
    await theatre.calm(there);
    expect(double.webhooksIn(there)).toHaveLength(1);
  });

  test('to the end, where the channel is deleted in the middle of a turn', async () => {
    const { double, server } = theatre;
    const pier = double.addChannel(server, { name: 'pier' });
    await theatre.engine().servers.approve(server.id);
    await theatre.start({ cast: 'Ines', preset: 'called-only' }, pier);
    const posting = double.inject({ method: 'POST', match: /^\/webhooks\/\d+\/[^/]+$/, delayMs: 50 });
    const carol = double.addUser({ username: 'carol', globalName: 'Carol' });
    double.addMember(server, carol);
    double.say(pier, carol, 'Ines, mind the step!');
    await expect.poll(posting.hits).toBe(1);
    double.removeChannel(pier);
    const status = async () => (await theatre.engine().info(`discord:${pier.id}`))?.record.status;
    await expect.poll(status).toBe('ended');
    await theatre.calm(pier);
    expect(theatre.logged.filter(({ event }) => event === 'task-failed')).toEqual([]);
  });
});
