import { once } from 'node:events';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  ComponentType,
  type Message,
  MessageFlags,
  type TextChannel,
  type VoiceChannel,
  WebhookClient,
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
  channel = double.addChannel(server);
  alice = double.addUser({ username: 'alice' });
  double.addMember(server, alice);
  client = await connect(double);
  text = (await client.channels.fetch(channel.id)) as TextChannel;
});
afterAll(async () => {
  await client.destroy();
  await double.close();
});

const button = (id: string) =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(id).setLabel('Again').setStyle(ButtonStyle.Secondary),
  );

describe('a webhook of the app', () => {
  test('is made, announced, found again with its token, and owned by the bot', async () => {
    const updated = once(client, 'webhooksUpdate');
    const webhook = await text.createWebhook({ name: 'cast', reason: 'a scene began' });
    expect((await updated)[0]).toMatchObject({ id: channel.id });
    const found = (await text.fetchWebhooks()).get(webhook.id);
    expect(found).toMatchObject({ token: webhook.token, applicationId: double.applicationId, name: 'cast' });
    expect(found?.owner?.id).toBe(client.user.id);
    expect(double.requests.find((one) => one.method === 'POST')?.headers['x-audit-log-reason']).toBe(
      'a%20scene%20began',
    );
  });

  test('speaks under a name and a picture, and what it says comes back as an event of its own', async () => {
    const webhook = await text.createWebhook({ name: 'cast' });
    const echo = nextEvent<Message>(client, 'messageCreate', (message) => message.webhookId === webhook.id);
    const sent = await webhook.send({
      username: 'Mira',
      avatarURL: 'https://cards.example/mira.png',
      content: 'Hm.',
    });
    expect(await echo).toMatchObject({ id: sent.id, applicationId: double.applicationId, member: null });
    expect(double.message(sent)).toMatchObject({
      author: 'Mira',
      avatarUrl: 'https://cards.example/mira.png',
      webhookId: webhook.id,
    });
    const request = double.requests.findLast((one) => one.method === 'POST');
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.query.get('wait')).toBe('true');
  });

  test('edits and deletes its lines by token; with the bot’s token an edit is 50005', async () => {
    const webhook = await text.createWebhook({ name: 'cast' });
    const sent = await webhook.send({ username: 'Mira', content: 'Hm.' });
    await webhook.editMessage(sent.id, { content: 'Well.' });
    expect(double.message(sent)).toMatchObject({ author: 'Mira', content: 'Well.', edited: true });
    const fetched = await text.messages.fetch(sent.id);
    await expect(text.messages.edit(fetched.id, 'no')).rejects.toMatchObject({ code: 50005 });
    await webhook.deleteMessage(sent.id);
    expect(double.message(sent).deleted).toBe(true);
  });

  test('rings for users by default, for nobody when told so', async () => {
    const webhook = await text.createWebhook({ name: 'cast' });
    const ringing = await webhook.send(`<@${alice.id}> @everyone`);
    expect(double.message(ringing).mentions).toEqual({ users: [alice.id], roles: [], everyone: false });
    const silent = await webhook.send({ content: `<@${alice.id}>`, allowedMentions: { parse: [] } });
    expect(double.pings.some((ping) => ping.messageId === silent.id)).toBe(false);
  });

  test('cannot whisper: a flag for one person alone is not heeded', async () => {
    const webhook = await text.createWebhook({ name: 'cast' });
    const url = `${double.restUrl}/v10/webhooks/${webhook.id}/${webhook.token}?wait=true`;
    await fetch(url, {
      method: 'POST',
      headers: { 'user-agent': 'DiscordBot (test, 1)', 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'only you', flags: MessageFlags.Ephemeral }),
    });
    expect(double.messages(channel).at(-1)).toMatchObject({ content: 'only you', ephemeral: false });
  });

  test('answers nothing with wait=false', async () => {
    const webhook = await text.createWebhook({ name: 'cast' });
    const answer = await fetch(`${double.restUrl}/v10/webhooks/${webhook.id}/${webhook.token}`, {
      method: 'POST',
      headers: { 'user-agent': 'DiscordBot (test, 1)', 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'unheard' }),
    });
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([204, null, '']);
  });

  test('carries buttons whose presses come to the bot', async () => {
    const webhook = await text.createWebhook({ name: 'cast' });
    const sent = await webhook.send({ username: 'Mira', content: 'Hm.', components: [button('swipe')] });
    const pressed = once(client, 'interactionCreate');
    double.click(sent, 'swipe', alice);
    expect((await pressed)[0]).toMatchObject({ customId: 'swipe', message: { id: sent.id } });
  });

  test('vanishes: 10015, and the channel is told only that something changed', async () => {
    const webhook = await text.createWebhook({ name: 'cast' });
    const updated = once(client, 'webhooksUpdate');
    double.removeWebhook(webhook);
    await updated;
    await expect(webhook.send('anyone?')).rejects.toMatchObject({ code: 10015, status: 404 });
  });

  test('is moved by an admin: its lines land elsewhere', async () => {
    const other = double.addChannel(server);
    const webhook = await text.createWebhook({ name: 'cast' });
    double.moveWebhook(webhook, other);
    await webhook.send('where am I?');
    expect(double.messages(other).map((message) => message.content)).toEqual(['where am I?']);
    const known = await client.fetchWebhook(webhook.id);
    expect(known.channelId).toBe(other.id);
  });
});

test('a voice channel has messages and webhooks as well', async () => {
  const voice = double.addChannel(server, { type: 'voice' });
  const known = (await client.channels.fetch(voice.id)) as VoiceChannel;
  const webhook = await known.createWebhook({ name: 'cast' });
  await webhook.send({ username: 'Mira', content: 'Can you hear me?' });
  expect(double.messages(voice).map((message) => message.author)).toEqual(['Mira']);
});

describe('Discord refuses', () => {
  test.each([
    ['Clyde the Elder', 'USERNAME_INVALID_CONTAINS'],
    ['a Discord of gods', 'USERNAME_INVALID_CONTAINS'],
    ['Everyone', 'USERNAME_INVALID'],
    ['x'.repeat(81), 'BASE_TYPE_BAD_LENGTH'],
    ['   ', 'BASE_TYPE_BAD_LENGTH'],
  ])('the name %j', async (username, code) => {
    const [webhook] = (await text.fetchWebhooks()).values();
    const refused = await webhook?.send({ username, content: 'x' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 50035,
      rawError: { errors: { username: { _errors: [{ code }] } } },
    });
  });

  test('a picture that is no address', async () => {
    const [webhook] = (await text.fetchWebhooks()).values();
    const send = webhook?.send({ avatarURL: 'data:image/png;base64,AAAA', content: 'x' });
    await expect(send).rejects.toMatchObject({ code: 50035 });
  });

  test('a wrong token (50027, which leaves the bot its own), a sixteenth webhook (30007)', async () => {
    const [webhook] = (await text.fetchWebhooks()).values();
    const forged = new WebhookClient(
      { id: webhook?.id ?? '', token: 'forged' },
      { rest: { api: double.restUrl } },
    );
    await expect(forged.send('x')).rejects.toMatchObject({ code: 50027, status: 401 });
    const full = (await client.channels.fetch(double.addChannel(server).id)) as TextChannel;
    for (let count = 0; count < 15; count += 1) await full.createWebhook({ name: `w${count}` });
    await expect(full.createWebhook({ name: 'one more' })).rejects.toMatchObject({ code: 30007 });
  });

  test('buttons on a webhook that is somebody else’s', async () => {
    const foreign = double.addWebhook(channel, { creator: alice });
    const other = new WebhookClient(
      { id: foreign.id, token: foreign.token },
      { rest: { api: double.restUrl } },
    );
    const dropped = await other.send({ content: 'x', components: [button('theirs')] });
    expect(double.message(dropped).components).toEqual([]);
    const forced = other.send({ content: 'x', components: [button('theirs')], withComponents: true });
    await expect(forced).rejects.toMatchObject({ code: 50035 });
    const shown = await other.send({
      flags: MessageFlags.IsComponentsV2,
      withComponents: true,
      components: [{ type: ComponentType.TextDisplay, content: 'plain words' }],
    });
    expect(double.message(shown).text).toContain('plain words');
  });
});

test('other bots’ webhooks are heard as what they are', async () => {
  const proxy = double.addWebhook(channel, { creator: alice, name: 'proxy' });
  const heard = nextEvent<Message>(client, 'messageCreate', (message) => message.webhookId === proxy.id);
  double.webhookSays(proxy, 'beep', { username: 'Someone else' });
  expect(await heard).toMatchObject({ author: { bot: true, username: 'Someone else' }, applicationId: null });
});
