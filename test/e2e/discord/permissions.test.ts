import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre({ engine: { listedServers: [] }, operators: ['bob'] });
});
afterAll(() => theatre.close());

describe('safe before any set-up', () => {
  test('a server that nobody allowed gets one clear line, for the one who asked alone', async () => {
    const { double, channel, server, alice } = theatre;
    const asked = double.slash(channel, alice, 'scene start', { cast: 'Old Wenna' });
    const { content, ephemeral } = await double.replied(asked);
    expect(ephemeral).toBe(true);
    expect(content).toContain(`SERVERS=${server.id}`);
    expect(content).not.toContain('\n');
    expect(double.messages(channel)).toEqual([]);
  });

  test('approving is the operator’s', async () => {
    const { double, channel, alice } = theatre;
    const asked = double.slash(channel, alice, 'dramatis approve');
    expect((await double.replied(asked)).content).toContain('Only the operator');
  });

  test('a server that the operator owns needs no approval, and another can be approved from there', async () => {
    const { double, server, channel, alice, bob } = theatre;
    const own = double.addServer({ name: 'Bob’s own', owner: bob });
    const hall = double.addChannel(own, { name: 'hall' });
    const managers = double.addRole(own, { permissions: ['ManageGuild'] });
    double.addMember(own, alice, { roles: [managers] });
    expect(await theatre.start({ cast: 'Ines' }, hall)).toContain('On stage: Ines.');
    const approved = double.slash(hall, bob, 'dramatis approve', { server: server.id });
    expect((await double.replied(approved)).content).toContain(`Server ${server.id} may host scenes now.`);
    expect(await theatre.start({ cast: 'Ines' })).toContain('On stage: Ines.');
    const ended = double.slash(channel, alice, 'scene end');
    expect((await double.replied(ended)).content).toContain('has ended');
  });

  test('only moderators may start a scene', async () => {
    const { double, server, channel } = theatre;
    const carol = double.addUser({ username: 'carol' });
    double.addMember(server, carol);
    const asked = double.slash(channel, carol, 'scene start');
    expect((await double.replied(asked)).content).toContain('Only moderators');
  });

  test('halting stops every scene of the server at once, and no other’s', async () => {
    const { double, server, alice } = theatre;
    const places = ['one', 'two', 'three'].map((name) => double.addChannel(server, { name }));
    for (const place of places) await theatre.start({ cast: 'Ines' }, place);
    const [first, ...rest] = places;
    if (!first) throw new Error('There is no place.');
    const halted = double.slash(first, alice, 'dramatis halt');
    expect((await double.replied(halted)).content).toContain('3 scenes were stopped');
    for (const place of rest) await theatre.cardSays('paused', place);
    expect(await theatre.start({ cast: 'Ines' })).toContain('halted');
    await theatre.engine().servers.approve(server.id);
  });
});

describe('permissions', () => {
  test('what is missing is said before a scene starts, and where to change it', async () => {
    const { double, channel, server } = theatre;
    double.setOverwrite(channel, double.botUserId, { deny: ['ManageWebhooks', 'AttachFiles'] });
    const answer = await theatre.start({ cast: 'Old Wenna' });
    expect(answer).toContain('Missing: Manage Webhooks and Attach Files.');
    expect(answer).toContain('Edit Channel > Permissions');
    expect((await theatre.engine().info(`discord:${channel.id}`))?.record.status).toBe('ended');
    double.setOverwrite(channel, double.botUserId, {});
    expect(await theatre.start({ cast: 'Old Wenna' })).toContain('On stage: Old Wenna');
    expect(server.id).toBeTruthy();
  });

  test('what is lost while it plays stops the scene, is told once, and nothing is lost', async () => {
    const { double, channel, alice } = theatre;
    double.setOverwrite(channel, double.botUserId, { deny: ['ManageWebhooks'] });
    const lines = theatre.lines();
    const asked = double.slash(channel, alice, 'narrate', { text: 'Thunder.' });
    expect((await double.replied(asked)).content).toContain('Missing: Manage Webhooks.');
    await double.nextMessage(channel, ({ content }) => content.includes('Missing: Manage Webhooks.'), {
      since: 0,
    });
    const again = double.slash(channel, alice, 'scene continue');
    expect((await double.replied(again)).content).toContain('cannot go on yet');
    // A webhook would still have worked: it is not used where the bot is no longer wanted.
    expect(theatre.lines()).toEqual(lines);
    double.setOverwrite(channel, double.botUserId, {});
    const goesOn = double.slash(channel, alice, 'scene continue');
    expect((await double.replied(goesOn)).content).toContain('goes on');
    await theatre.line('Thunder.');
    const told = double.messages(channel).filter(({ content }) => content.includes('Missing:'));
    expect(told).toHaveLength(1);
  });

  test('a channel with the most webhooks that Discord allows says what to do', async () => {
    const { double, server, alice } = theatre;
    const full = double.addChannel(server, { name: 'full' });
    for (let i = 0; i < 15; i += 1) double.addWebhook(full, { creator: alice, name: `hook ${i}` });
    await theatre.start({ cast: 'Old Wenna' }, full);
    const told = await double.nextMessage(full, ({ content }) => content.includes('15 webhooks'), {
      since: 0,
    });
    expect(told.content).toContain('delete one');
  });

  test('a bug is told with a reference that the log has too, and without what was typed', async () => {
    const { double, channel, alice, store, logged } = theatre;
    const put = store.append;
    Object.assign(store, { append: () => Promise.reject(new TypeError('TYPED-TEXT broke')) });
    const asked = double.slash(channel, alice, 'narrate', { text: 'TYPED-TEXT' });
    const { content } = await double.replied(asked);
    Object.assign(store, { append: put });
    const reference = /reference ([0-9a-f]{4})/.exec(content)?.[1];
    expect(reference).toBeDefined();
    expect(logged.find(({ event }) => event === 'command-broke')?.facts['reference']).toBe(reference);
    expect(JSON.stringify(logged)).not.toContain('TYPED-TEXT');
  });
});
