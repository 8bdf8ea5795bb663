import { once } from 'node:events';
import { type Client, GatewayIntentBits, type Message, type TextChannel } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import type { Channel, User } from '../../doubles/discord/world/entities.ts';
import { connect, nextEvent, usualIntents } from './connect.ts';

let double: DiscordDouble;
let channel: Channel;
let alice: User;
let client: Client<true>;
let text: TextChannel;

beforeAll(async () => {
  double = await startDiscordDouble({ allowedPrivileged: 0 });
  const server = double.addServer();
  channel = double.addChannel(server);
  alice = double.addUser({ username: 'alice' });
  double.addMember(server, alice);
  client = await connect(double, {
    intents: usualIntents.filter((intent) => intent !== GatewayIntentBits.MessageContent),
  });
  text = (await client.channels.fetch(channel.id)) as TextChannel;
});
afterAll(async () => {
  await client.destroy();
  await double.close();
});

async function heardOf(act: () => { readonly id: string }): Promise<Message> {
  const heard: Message[] = [];
  const listen = (message: Message) => void heard.push(message);
  client.on('messageCreate', listen);
  const { id } = act();
  const found = heard.find((message) => message.id === id);
  const message = found ?? (await nextEvent<Message>(client, 'messageCreate', (one) => one.id === id));
  client.off('messageCreate', listen);
  return message;
}

describe('without the Message Content intent', () => {
  test('what people write comes empty, over the gateway and over REST', async () => {
    const message = await heardOf(() => double.say(channel, alice, 'a secret'));
    expect(message).toMatchObject({ content: '', author: { id: alice.id } });
    expect((await text.messages.fetch({ message: message.id, force: true })).content).toBe('');
  });

  test('what mentions the bot, replies to it or is said in a DM comes whole', async () => {
    const mention = await heardOf(() =>
      double.say(channel, alice, 'hello', { mentions: [double.botUserId] }),
    );
    expect(mention.content).toBe(`<@${double.botUserId}> hello`);
    const own = await text.send('I am here');
    expect((await heardOf(() => double.say(channel, alice, 'good', { replyTo: own }))).content).toBe('good');
    const silent = await heardOf(() => double.say(channel, alice, 'psst', { replyTo: own, ping: false }));
    expect(silent.content).toBe('');
    expect((await heardOf(() => double.say(double.dm(alice), alice, 'in private'))).content).toBe(
      'in private',
    );
  });

  test('a reply to a character, which is a webhook’s message, comes empty but says what it answers', async () => {
    const webhook = await text.createWebhook({ name: 'cast' });
    const line = await webhook.send({ username: 'Mira', content: 'Who goes there?' });
    const reply = await heardOf(() => double.say(channel, alice, 'a friend', { replyTo: line }));
    expect(reply).toMatchObject({ content: '', reference: { messageId: line.id } });
  });

  test('the app’s own webhook lines come whole as events, and may come empty over REST', async () => {
    const webhook = await text.createWebhook({ name: 'cast' });
    const echo = nextEvent<Message>(client, 'messageCreate', (message) => message.webhookId === webhook.id);
    const line = await webhook.send('All the world');
    expect((await echo).content).toBe('All the world');
    const options = { message: line.id, force: true, cache: false };
    expect((await text.messages.fetch(options)).content).toBe('');
    expect((await webhook.fetchMessage(line.id)).content).toBe('All the world');
  });

  test('an edit comes empty too', async () => {
    const said = double.say(channel, alice, 'first');
    const edited = once(client, 'messageUpdate');
    double.edit(said, alice, 'second');
    expect(((await edited)[1] as Message).content).toBe('');
  });
});
