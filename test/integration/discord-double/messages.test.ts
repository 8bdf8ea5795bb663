import { once } from 'node:events';
import {
  AttachmentBuilder,
  type Client,
  EmbedBuilder,
  GatewayIntentBits,
  type Message,
  type TextChannel,
} from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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
  channel = double.addChannel(server);
  alice = double.addUser({ username: 'alice' });
  double.addMember(server, alice, { nick: 'Alice L.' });
  client = await connect(double, { allowedMentions: { parse: [] }, enforceNonce: true });
  text = (await client.channels.fetch(channel.id)) as TextChannel;
});
afterAll(async () => {
  await client.destroy();
  await double.close();
});
afterEach(() => expect(double.unexpected).toEqual([]));

describe('what people do reaches the bot', () => {
  test('saying, with the member and the reply', async () => {
    const first = double.say(channel, alice, 'hello');
    const heard = nextEvent<Message>(client, 'messageCreate', (message) => message.content === 'again');
    double.say(channel, alice, 'again', { replyTo: first });
    const message = await heard;
    expect(message.member?.displayName).toBe('Alice L.');
    expect(message.reference?.messageId).toBe(first.id);
    expect(message.mentions.repliedUser?.id).toBe(alice.id);
  });

  test('editing, deleting, deleting many', async () => {
    const said = double.say(channel, alice, 'helo');
    const edited = once(client, 'messageUpdate');
    double.edit(said, alice, 'hello');
    expect(((await edited)[1] as Message).content).toBe('hello');
    const deleted = once(client, 'messageDelete');
    double.remove(said);
    expect(((await deleted)[0] as Message).id).toBe(said.id);
    const many = [double.say(channel, alice, 'a'), double.say(channel, alice, 'b')];
    const cleared = once(client, 'messageDeleteBulk');
    double.removeMany(channel, many);
    expect(((await cleared)[0] as Map<string, Message>).size).toBe(2);
  });

  test('typing and reacting', async () => {
    const typing = once(client, 'typingStart');
    double.type(channel, alice);
    expect((await typing)[0]).toMatchObject({ user: { id: alice.id } });
    const said = double.say(channel, alice, 'how was it?');
    const reacted = once(client, 'messageReactionAdd');
    double.react(said, alice, '👍');
    expect((await reacted)[0]).toMatchObject({ emoji: { name: '👍' }, count: 1 });
  });

  test('a direct message, to a client with the channel partial', async () => {
    const heard = nextEvent<Message>(client, 'messageCreate', (message) => message.channel.isDMBased());
    double.say(double.dm(alice), alice, 'psst');
    const message = await heard;
    expect(message.content).toBe('psst');
    await message.reply('yes?');
    expect(double.messages(double.dm(alice)).map((one) => one.content)).toEqual(['psst', 'yes?']);
  });

  test('not in channels the client does not know, nor of channels it may not see', async () => {
    const quiet = await connect(double, { intents: [GatewayIntentBits.GuildMessages], partials: [] });
    const heard: string[] = [];
    quiet.on('messageCreate', (message) => void heard.push(message.content));
    client.on('messageCreate', (message) => void heard.push(message.content));
    const hidden = double.addChannel(server);
    double.setOverwrite(hidden, server, { deny: ['ViewChannel'] });
    double.say(hidden, server.ownerId, 'behind the curtain');
    const last = nextEvent<Message>(
      client,
      'messageCreate',
      (message) => message.content === 'in front of it',
    );
    double.say(channel, alice, 'in front of it');
    await last;
    await quiet.destroy();
    client.removeAllListeners('messageCreate');
    expect(heard).toEqual(['in front of it']);
  });
});

describe('what the bot does reaches the channel', () => {
  test('sending, editing, replying, deleting; its own messages come back as events', async () => {
    const echo = nextEvent<Message>(
      client,
      'messageCreate',
      (message) => message.author.id === client.user.id,
    );
    const sent = await text.send('good evening');
    expect((await echo).id).toBe(sent.id);
    await sent.edit('good night');
    expect(double.message(sent)).toMatchObject({ author: 'dramatis', content: 'good night', edited: true });
    const reply = await sent.reply('and farewell');
    expect(double.message(reply).replyTo).toBe(sent.id);
    await sent.delete();
    expect(double.message(sent).deleted).toBe(true);
    expect(double.messages(channel).some((message) => message.id === sent.id)).toBe(false);
  });

  test('reacting, with the emoji percent-encoded on the way', async () => {
    const said = double.say(channel, alice, 'was it good?');
    const message = await text.messages.fetch(said.id);
    await message.react('🎭');
    expect(double.requests.at(-1)?.path).toBe(`/channels/${channel.id}/messages/${said.id}/reactions/🎭/@me`);
    expect((await text.messages.fetch({ message: said.id, force: true })).reactions.cache.get('🎭')?.me).toBe(
      true,
    );
  });

  test('typing', async () => {
    const typing = double.waitFor('typing-started', (event) => event.userId === double.botUserId);
    await text.sendTyping();
    expect((await typing).channelId).toBe(channel.id);
  });

  test('the same nonce twice is one message', async () => {
    const once = await text.send({ content: 'once', nonce: '42', enforceNonce: true });
    const twice = await text.send({ content: 'once', nonce: '42', enforceNonce: true });
    expect(twice.id).toBe(once.id);
    expect(double.messages(channel).filter((message) => message.content === 'once')).toHaveLength(1);
  });

  test('files get addresses on the CDN that can be fetched, and pictures in embeds point at them', async () => {
    const file = new AttachmentBuilder(Buffer.from('png!'), { name: 'mira.png', description: 'Mira' });
    const embed = new EmbedBuilder().setTitle('Card').setImage('attachment://mira.png');
    const sent = await text.send({ files: [file], embeds: [embed] });
    const [attachment] = double.message(sent).attachments;
    expect(attachment).toMatchObject({ name: 'mira.png', description: 'Mira', size: 4 });
    expect(attachment?.url.startsWith(double.cdnUrl)).toBe(true);
    expect(await (await fetch(attachment?.url ?? '')).text()).toBe('png!');
    expect(sent.embeds[0]?.image?.url).toBe(attachment?.url);
    expect(double.requests.at(-1)?.files.map((one) => one.name)).toEqual(['mira.png']);
  });

  test('history is paged before, after and around an id', async () => {
    const place = double.addChannel(server);
    const said = Array.from({ length: 6 }, (_, index) => double.say(place, alice, String(index)));
    const { messages } = (await client.channels.fetch(place.id)) as TextChannel;
    const contents = async (options: object) =>
      (await messages.fetch({ cache: false, ...options })).map((message) => message.content);
    expect(await contents({ limit: 2 })).toEqual(['5', '4']);
    expect(await contents({ before: said[2]?.id ?? '' })).toEqual(['1', '0']);
    expect(await contents({ after: said[2]?.id ?? '', limit: 2 })).toEqual(['4', '3']);
    expect(await contents({ around: said[3]?.id ?? '', limit: 3 })).toEqual(['4', '3', '2']);
  });

  test('pins show as a line, and are listed', async () => {
    double.setBotPermissions(server, [
      'ViewChannel',
      'SendMessages',
      'ReadMessageHistory',
      'PinMessages',
      'ManageMessages',
    ]);
    const sent = await text.send('the scene card');
    await sent.pin();
    const { items } = await text.messages.fetchPins();
    expect(items.map((item) => item.message.id)).toEqual([sent.id]);
    expect(double.messages(channel).at(-1)).toMatchObject({ type: 6, replyTo: sent.id });
    await text.bulkDelete([sent.id, double.say(channel, alice, 'bye').id]);
    expect(double.message(sent).deleted).toBe(true);
  });
});

describe('whom a message rings for', () => {
  test('nobody by the client’s default, the named by allowed_mentions', async () => {
    const words = `<@${alice.id}> @everyone`;
    const silent = await text.send(words);
    expect(double.pings.filter((ping) => ping.messageId === silent.id)).toEqual([]);
    const ringing = await text.send({ content: words, allowedMentions: { users: [alice.id] } });
    expect(double.pings).toContainEqual({
      messageId: ringing.id,
      channelId: channel.id,
      users: [alice.id],
      roles: [],
      everyone: false,
    });
  });

  test('everyone only with the permission; parse and a list of the same kind exclude each other', async () => {
    const sent = await text.send({ content: '@everyone', allowedMentions: { parse: ['everyone'] } });
    expect(double.message(sent).mentions.everyone).toBe(false);
    const both = { parse: ['users' as const], users: [alice.id] };
    await expect(text.send({ content: 'x', allowedMentions: both })).rejects.toMatchObject({ code: 50035 });
  });
});

describe('limits', () => {
  test.each([
    ['2,001 characters', { content: 'x'.repeat(2001) }, 'Must be 2000 or fewer in length'],
    ['11 embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, 'Must be between 0 and 10'],
    [
      '6,001 characters of embeds',
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'y'.repeat(2001) }] },
      '6000',
    ],
    ['a title of 257', { embeds: [{ title: 'x'.repeat(257) }] }, 'Must be 256 or fewer'],
  ])('%s are refused with 50035', async (_, message, words) => {
    await expect(text.send(message)).rejects.toMatchObject({ code: 50035, status: 400 });
    await expect(text.send(message)).rejects.toThrow(words);
  });

  test('nothing to see is 50006, 2,000 characters of any width are fine', async () => {
    await expect(text.send({ content: ' ' })).rejects.toMatchObject({ code: 50006 });
    const wide = '🎭'.repeat(2000);
    expect((await text.send(wide)).content).toBe(wide);
  });

  test('words are found again whatever they travelled in', async () => {
    await text.send({ content: 'line\n"CANARY-1"', embeds: [{ footer: { text: 'CANARY-2' } }] });
    await text.send({ files: [{ attachment: Buffer.from('CANARY-3'), name: 'log.txt' }] });
    for (const canary of ['"CANARY-1"', 'CANARY-2', 'CANARY-3'])
      expect(double.everythingSent()).toContain(canary);
    expect(double.everythingSent()).not.toContain('CANARY-4');
  });
});
