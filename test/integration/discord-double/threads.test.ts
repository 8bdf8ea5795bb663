import { once } from 'node:events';
import {
  ChannelType,
  type Client,
  type ForumChannel,
  type Message,
  Partials,
  type TextChannel,
  type ThreadChannel,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import type { Channel, Server, User } from '../../doubles/discord/world/entities.ts';
import { connect, nextEvent } from './connect.ts';

let double: DiscordDouble;
let server: Server;
let channel: Channel;
let alice: User;
let client: Client<true>;
let text: TextChannel;

beforeAll(async () => {
  double = await startDiscordDouble();
  server = double.addServer();
  channel = double.addChannel(server, { nsfw: true });
  alice = double.addUser({ username: 'alice' });
  double.addMember(server, alice);
  client = await connect(double);
  text = (await client.channels.fetch(channel.id)) as TextChannel;
});
afterAll(async () => {
  await client.destroy();
  await double.close();
});

describe('threads', () => {
  test('are opened by the bot from a message (same id) and without one, with lines that are no one’s words', async () => {
    const start = await text.send('Act one');
    const thread = await start.startThread({ name: 'Act one' });
    expect(thread.id).toBe(start.id);
    expect(double.message(start).threadId).toBe(thread.id);
    expect(double.messages(thread).map((message) => message.type)).toEqual([21]);
    const twice = text.threads.create({ name: 'again', startMessage: start.id });
    await expect(twice).rejects.toMatchObject({ code: 160004 });
    const free = await text.threads.create({ name: 'Act two' });
    expect(double.messages(channel).at(-1)).toMatchObject({ type: 18, content: 'Act two' });
    expect(free).toMatchObject({ parentId: channel.id, ownerId: client.user.id });
    expect((await text.threads.fetchActive()).threads.has(free.id)).toBe(true);
  });

  test('of people reach the bot, which may join, and inherit the age limit by their parent alone', async () => {
    const created = once(client, 'threadCreate');
    const thread = double.addThread(channel, { owner: alice, name: 'aside' });
    const [seen, isNew] = (await created) as [ThreadChannel, boolean];
    expect([seen.id, isNew, seen.parent?.nsfw]).toEqual([thread.id, true, true]);
    await seen.join();
    expect((await seen.members.fetch()).has(client.user.id)).toBe(true);
    const heard = nextEvent<Message>(client, 'messageCreate', (message) => message.channelId === thread.id);
    double.say(thread, alice, 'can you hear me?');
    expect((await heard).content).toBe('can you hear me?');
    await seen.leave();
  });

  test('unknown to the client are silent to it, unless it takes channels as partials', async () => {
    const strict = await connect(double, { partials: [] });
    const lenient = await connect(double, { partials: [Partials.Channel] });
    const heard: string[] = [];
    strict.on('messageCreate', (message) => void heard.push(`strict ${message.content}`));
    lenient.on('messageCreate', (message) => void heard.push(`lenient ${message.content}`));
    double.gateway.hold();
    const thread = double.addThread(channel, { owner: alice });
    double.gateway.release((held) => held.filter((event) => event.t !== 'THREAD_CREATE'));
    const ends = [strict, lenient].map((one) =>
      nextEvent<Message>(one, 'messageCreate', (message) => message.content === 'end'),
    );
    double.say(thread, alice, 'in the unknown');
    double.say(channel, alice, 'end');
    await Promise.all(ends);
    await strict.destroy();
    await lenient.destroy();
    expect(heard.filter((line) => line.endsWith('unknown'))).toEqual(['lenient in the unknown']);
  });

  test('are spoken in by the parent’s webhook, and its lines there need thread_id to be found', async () => {
    const thread = await text.threads.create({ name: 'a room' });
    const webhook = await text.createWebhook({ name: 'cast' });
    const line = await webhook.send({ username: 'Mira', content: 'Cold in here.', threadId: thread.id });
    expect(double.messages(thread).at(-1)).toMatchObject({ author: 'Mira', id: line.id });
    await expect(webhook.editMessage(line.id, 'x')).rejects.toMatchObject({ code: 10008 });
    await webhook.editMessage(line.id, { content: 'Warmer now.', threadId: thread.id });
    expect(double.message(line).content).toBe('Warmer now.');
    const elsewhere = webhook.send({ content: 'x', threadId: double.addChannel(server).id });
    await expect(elsewhere).rejects.toMatchObject({ code: 10003 });
  });

  test('archived open again when spoken in; locked ones stay shut', async () => {
    const thread = await text.threads.create({ name: 'old' });
    const webhook = await text.createWebhook({ name: 'cast' });
    double.changeChannel(thread, { archived: true });
    const updated = nextEvent<ThreadChannel>(client, 'threadUpdate', (one) => one.id === thread.id);
    await webhook.send({ content: 'awake', threadId: thread.id });
    await updated;
    expect(thread.archived).toBe(false);
    double.changeChannel(thread, { locked: true });
    await expect(webhook.send({ content: 'shut', threadId: thread.id })).rejects.toMatchObject({
      code: 160005,
    });
    await expect(thread.send('shut')).rejects.toMatchObject({ code: 160005 });
  });

  test('that are private are hidden from the bot until it is in them', async () => {
    const thread = double.addThread(channel, { owner: alice, isPrivate: true });
    await expect(client.channels.fetch(thread.id)).rejects.toMatchObject({ code: 50001 });
  });

  test('of a channel the bot may see again are told anew', async () => {
    const hidden = double.addChannel(server);
    double.setOverwrite(hidden, server, { deny: ['ViewChannel'] });
    const thread = double.addThread(hidden, { owner: server.ownerId });
    const synced = once(client, 'threadListSync');
    double.setOverwrite(hidden, server, {});
    expect([...((await synced)[0] as Map<string, ThreadChannel>).keys()]).toEqual([thread.id]);
  });

  test('vanish, as channels do', async () => {
    const thread = await text.threads.create({ name: 'brief' });
    const deleted = once(client, 'threadDelete');
    double.removeChannel(thread);
    await deleted;
    await expect(client.channels.fetch(thread.id, { force: true })).rejects.toMatchObject({ code: 10003 });
  });
});

describe('forums', () => {
  test('are posted in by the bot and by people; a post’s first message has the post’s id', async () => {
    const forum = double.addChannel(server, { type: 'forum', name: 'scenes', tags: ['open'] });
    const known = (await client.channels.fetch(forum.id)) as ForumChannel;
    expect(known.availableTags.map((tag) => tag.name)).toEqual(['open']);
    const post = await known.threads.create({ name: 'A ball', message: { content: 'Candles.' } });
    expect(post.type).toBe(ChannelType.PublicThread);
    expect(double.messages(post).map((message) => message.id)).toEqual([post.id]);
    const heard = nextEvent<Message>(client, 'messageCreate', (message) => message.content === 'I write');
    const { thread } = double.post(forum, alice, 'My idea', 'I write');
    expect((await heard).channelId).toBe(thread.id);
    expect(double.threads(forum).map((one) => one.name)).toEqual(['A ball', 'My idea']);
  });

  test('take a webhook’s line only into a post, or with a name for a new one', async () => {
    const forum = double.addChannel(server, { type: 'forum', requireTag: true, tags: ['open'] });
    const known = (await client.channels.fetch(forum.id)) as ForumChannel;
    const webhook = await known.createWebhook({ name: 'cast' });
    const tag = forum.tags[0]?.id ?? '';
    await expect(webhook.send('x')).rejects.toMatchObject({ code: 220001 });
    await expect(webhook.send({ content: 'x', threadName: 'new' })).rejects.toMatchObject({ code: 40067 });
    const line = await webhook.send({ content: 'x', threadName: 'new', appliedTags: [tag] });
    const both = webhook.send({ content: 'x', threadName: 'new', threadId: line.channelId });
    await expect(both).rejects.toMatchObject({ code: 220002 });
    const plain = await text.createWebhook({ name: 'cast' });
    await expect(plain.send({ content: 'x', threadName: 'new' })).rejects.toMatchObject({ code: 220003 });
  });
});
