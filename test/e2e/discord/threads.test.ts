import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
  theatre.double.setBotPermissions(theatre.server, [
    'ViewChannel',
    'SendMessages',
    'SendMessagesInThreads',
    'CreatePublicThreads',
    'ManageWebhooks',
    'EmbedLinks',
    'AttachFiles',
    'ReadMessageHistory',
  ]);
});
afterAll(() => theatre.close());

describe('scenes in threads', () => {
  test('a thread of its own is opened on request, and the scene plays in it alone', async () => {
    const { double, channel, alice } = theatre;
    const answer = await theatre.start({ cast: 'Old Wenna', setting: 'A cellar. Damp.', thread: true });
    expect(answer).toContain('in its own thread');
    expect(answer).toContain(`<#${double.threads(channel)[0]?.id}>`);
    // A place of its own: characters need not be called.
    expect(answer).toContain('Say something');
    const [thread] = double.threads(channel);
    expect(thread?.name).toBe('A cellar');
    const place = thread?.id ?? '';
    expect((await theatre.line('at your service', place)).author).toBe('Old Wenna');
    expect(double.messages(channel).filter(({ webhookId }) => webhookId !== null)).toEqual([]);
    const from = double.position();
    double.say(place, alice, 'It is dark in here.');
    expect((await theatre.line(/./, place, from)).author).toBe('Old Wenna');
    await theatre.calm(place);
    expect(double.webhooksIn(channel)).toHaveLength(1);
  });

  test('two threads and their channel host three scenes through one webhook', async () => {
    const { double, channel } = theatre;
    await theatre.start({ cast: 'Tom Reddick', setting: 'An attic.', thread: true });
    await theatre.start({ cast: 'Ines' });
    const attic = double.threads(channel).find(({ name }) => name === 'An attic')?.id ?? '';
    expect((await theatre.line('at your service', attic)).author).toBe('Tom Reddick');
    expect((await theatre.line('at your service')).author).toBe('Ines');
    expect(double.webhooksIn(channel)).toHaveLength(1);
  });

  test('a forum post hosts a scene', async () => {
    const { double, server, alice } = theatre;
    const forum = double.addChannel(server, { type: 'forum', name: 'stories' });
    const { thread } = double.post(forum, alice, 'A dinner', 'Let us have a dinner here.');
    const answer = await theatre.start({ cast: 'Tom Reddick' }, thread);
    expect(answer).toContain('On stage: Tom Reddick.');
    // The post that opens it is no other talk.
    expect(answer).toContain('Say something');
    expect((await theatre.line('at your service', thread)).author).toBe('Tom Reddick');
    const from = double.position();
    double.say(thread, alice, 'What is for dinner?');
    expect((await theatre.line(/./, thread, from)).author).toBe('Tom Reddick');
    await theatre.calm(thread);
    expect(double.webhooksIn(forum)).toHaveLength(1);
  });

  test('a channel with other talk in it is called only', async () => {
    const { double, server, alice } = theatre;
    const busy = double.addChannel(server, { name: 'general' });
    double.say(busy, alice, 'Did anyone see the game?');
    expect(await theatre.start({ cast: 'Ines' }, busy)).toContain('when you call them by name');
  });

  test('a thread goes on after a restart, also when it was archived meanwhile', async () => {
    const { double, channel, alice } = theatre;
    const place = double.threads(channel)[0]?.id ?? '';
    const from = double.position();
    await theatre.restart(() => {
      double.say(place, alice, 'Still dark.');
      double.changeChannel(place, { archived: true });
    });
    expect((await theatre.line(/./, place, from)).author).toBe('Old Wenna');
    await theatre.calm(place);
  });

  test.each([
    ['CreatePublicThreads', 'Create Public Threads'],
    ['SendMessagesInThreads', 'Send Messages in Threads'],
  ] as const)('without %s it is said what is missing, and no thread is opened', async (denied, name) => {
    const { double, server } = theatre;
    const other = double.addChannel(server, { name: 'other' });
    double.setOverwrite(other, double.botUserId, { deny: [denied] });
    expect(await theatre.start({ cast: 'Ines', thread: true }, other)).toContain(`Missing: ${name}.`);
    expect(double.threads(other)).toEqual([]);
  });

  test('an announcement channel has threads, too', async () => {
    const { double, server } = theatre;
    const news = double.addChannel(server, { type: 'announcement', name: 'news' });
    await theatre.start({ cast: 'Ines', thread: true }, news);
    const place = double.threads(news)[0]?.id ?? '';
    expect((await theatre.line('at your service', place)).author).toBe('Ines');
  });

  test('from a post of a forum another can be opened, also where Create Public Threads is missing', async () => {
    const { double, server, alice } = theatre;
    const forum = double.addChannel(server, { type: 'forum', name: 'tales' });
    double.setOverwrite(forum, double.botUserId, { deny: ['CreatePublicThreads'] });
    const { thread } = double.post(forum, alice, 'Rules', 'Be kind.');
    const answer = await theatre.start({ cast: 'Ines', setting: 'A garden.', thread: true }, thread);
    const garden = double.threads(forum).find(({ name }) => name === 'A garden');
    expect(answer).toContain(`<#${garden?.id}>`);
    expect((await theatre.line('at your service', garden?.id)).author).toBe('Ines');
  });

  test('a forum that wants a tag says so', async () => {
    const { double, server, alice } = theatre;
    const forum = double.addChannel(server, {
      type: 'forum',
      name: 'tagged',
      tags: ['tale'],
      requireTag: true,
    });
    const { thread } = double.post(forum, alice, 'Rules', 'Be kind.');
    expect(await theatre.start({ cast: 'Ines', thread: true }, thread)).toContain('need a tag');
  });

  test('a locked or deleted thread ends its scene', async () => {
    const { double, channel } = theatre;
    const attic = double.threads(channel).find(({ name }) => name === 'An attic')?.id ?? '';
    double.removeChannel(attic);
    const status = async () => (await theatre.engine().info(`discord:${attic}`))?.record.status;
    await expect.poll(status).toBe('ended');
    expect(double.unexpected).toEqual([]);
    expect(double.pings).toEqual([]);
    expect(mentionsAllowed(double).careless).toEqual([]);
  });
});
