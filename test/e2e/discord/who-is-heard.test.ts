import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre({ engine: { limits: { linesPerPlayerHour: 3 } } });
  await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
});
afterAll(() => theatre.close());

async function log(): Promise<string> {
  return JSON.stringify(await theatre.engine().replay(`discord:${theatre.channel.id}`));
}

describe('who is heard', () => {
  test('no bot, no webhook of another, and nothing that Discord says itself', async () => {
    const { double, server, channel, alice } = theatre;
    const robot = double.addUser({ username: 'robot', bot: true });
    double.addMember(server, robot);
    const proxy = double.addWebhook(channel, { name: 'proxy', creator: alice });
    double.say(channel, robot, 'ROBOT-TEXT Wenna?');
    double.webhookSays(proxy, 'PROXY-TEXT Wenna?', { username: 'Old Wenna' });
    double.welcome(channel, alice);
    double.say(channel, alice, 'One.');
    await expect.poll(log).toContain('One.');
    expect(await log()).not.toMatch(/ROBOT-TEXT|PROXY-TEXT/);
  });

  test('what was written reads as it was meant: names in the place of ids', async () => {
    const { double, channel, alice, bob } = theatre;
    double.say(channel, alice, `Two, <@${bob.id}> in <#${channel.id}> <:wave:123456789012345678>.`);
    await expect.poll(log).toContain('Two, @Bob in #quay :wave:.');
  });

  test('one who has said too much is told once in a while, and rings for nobody', async () => {
    const { double, channel, alice } = theatre;
    const from = double.position();
    double.say(channel, alice, 'Three.');
    double.say(channel, alice, 'Four.');
    double.say(channel, alice, 'Five.');
    await double.nextMessage(channel, ({ content }) => content.includes('3 lines'), { since: from });
    const said = double.slash(channel, alice, 'say', { text: 'Six.' });
    const { content, ephemeral } = await double.replied(said);
    expect(ephemeral).toBe(true);
    expect(content).toContain('3 lines');
    const told = double.messages(channel).filter(({ content }) => content.includes('3 lines'));
    expect(told).toHaveLength(1);
    expect(double.pings).toEqual([]);
    expect(await log()).toContain('Three.');
    expect(await log()).not.toMatch(/Four|Five|Six/);
  });

  test('nobody when the scene is halted, until the operator approves', async () => {
    const { double, channel, alice } = theatre;
    const halted = double.slash(channel, alice, 'dramatis halt');
    expect((await double.replied(halted)).content).toContain('1 scene was stopped');
    await theatre.cardSays('paused');
    const goesOn = double.slash(channel, alice, 'scene continue');
    expect((await double.replied(goesOn)).content).toContain('halted');
  });

  test('a server that removes the bot pauses its scenes', async () => {
    const { double } = theatre;
    const server = double.addServer({ name: 'Elsewhere' });
    const channel = double.addChannel(server, { name: 'there' });
    const managers = double.addRole(server, { permissions: ['ManageGuild'] });
    double.addMember(server, theatre.alice, { roles: [managers] });
    await theatre.start({ cast: 'Ines' }, channel);
    double.kick(server, double.botUserId);
    const status = async () => (await theatre.engine().info(`discord:${channel.id}`))?.record.status;
    await expect.poll(status).toBe('paused');
  });
});
