import { once } from 'node:events';
import { constants, createInflate } from 'node:zlib';
import { GatewayIntentBits, REST, Routes, type TextChannel } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { connect, createClient, nextEvent } from './connect.ts';

let double: DiscordDouble;
beforeAll(async () => {
  double = await startDiscordDouble();
});
afterAll(() => double.close());

describe('login', () => {
  test('a client becomes ready with its servers, channels, roles and its own member', async () => {
    const server = double.addServer({ name: 'The Globe' });
    const channel = double.addChannel(server, { name: 'stage', nsfw: true, topic: 'a play' });
    const client = await connect(double);
    const guild = client.guilds.cache.get(server.id);
    expect(client.user.id).toBe(double.botUserId);
    expect(client.application.id).toBe(double.applicationId);
    expect(guild?.name).toBe('The Globe');
    expect(guild?.members.me?.id).toBe(double.botUserId);
    expect(client.channels.cache.get(channel.id)).toMatchObject({
      name: 'stage',
      nsfw: true,
      topic: 'a play',
    });
    await client.destroy();
  });

  test('a bot without servers is ready too, and hears of one it is invited to and thrown out of', async () => {
    const server = double.addServer({ withBot: false });
    const client = await connect(double);
    expect(client.guilds.cache.has(server.id)).toBe(false);
    const joined = once(client, 'guildCreate');
    double.inviteBot(server);
    await joined;
    expect(client.guilds.cache.has(server.id)).toBe(true);
    const left = once(client, 'guildDelete');
    double.kick(server, double.botUserId);
    await left;
    await expect(client.guilds.fetch(server.id)).rejects.toMatchObject({ code: 10004 });
    await client.destroy();
  });

  test('an outage of one server shows as unavailable, and ends', async () => {
    const server = double.addServer();
    const client = await connect(double);
    const gone = once(client, 'guildUnavailable');
    double.setAvailable(server, false);
    await gone;
    const back = once(client, 'guildAvailable');
    double.setAvailable(server, true);
    await back;
    expect(client.guilds.cache.get(server.id)?.available).toBe(true);
    await client.destroy();
  });

  test('a wrong token is refused', async () => {
    const client = createClient(double);
    await expect(client.login('no-token-of-ours')).rejects.toThrow('An invalid token was provided');
    await client.destroy();
  });

  test('401 takes the token from the client for good', async () => {
    const rest = new REST({ api: double.restUrl }).setToken('stolen');
    await expect(rest.get(Routes.user())).rejects.toMatchObject({ status: 401 });
    await expect(rest.get(Routes.user())).rejects.toThrow('Expected token to be set');
  });

  test('privileged intents that were not granted close with 4014', async () => {
    const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers];
    const client = createClient(double, { intents });
    const refused = double.waitFor('session-refused');
    await expect(client.login(double.token)).rejects.toThrow('Used disallowed intents');
    expect((await refused).closeCode).toBe(4014);
    await client.destroy();
  });

  test('two shards share the servers by Discord’s formula, DMs go to the first', async () => {
    const sharded = await startDiscordDouble({ shards: 2 });
    const even = sharded.addServer({ id: String(1_200_000_000_000_000_000n & ~(1n << 22n)) });
    const odd = sharded.addServer({ id: String(1_200_000_000_000_000_000n | (1n << 22n)) });
    const client = await connect(sharded, { shards: 'auto' });
    expect(client.guilds.cache.get(even.id)?.shardId).toBe(0);
    expect(client.guilds.cache.get(odd.id)?.shardId).toBe(1);
    expect(sharded.gateway.sessions().map((session) => session.shard[0])).toEqual([0, 1]);
    await client.destroy();
    await sharded.close();
  });

  test('works under a faked date, which messages then carry', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2031-05-04T12:00:00Z') });
    const server = double.addServer();
    const channel = double.addChannel(server);
    const client = await connect(double);
    const text = (await client.channels.fetch(channel.id)) as TextChannel;
    expect((await text.send('in the future')).createdAt.getFullYear()).toBe(2031);
    await client.destroy();
    vi.useRealTimers();
  });

  test('can be taken down with a client still connected', async () => {
    const brief = await startDiscordDouble();
    const client = await connect(brief);
    const unreachable = nextEvent<string>(client, 'debug', (line) => line.includes('network error'));
    await brief.close();
    await unreachable;
    await client.destroy();
    await expect(fetch(brief.restUrl)).rejects.toThrow();
  });

  test('nothing is heard of a server the bot is not in', async () => {
    const client = await connect(double);
    const elsewhere = double.addServer({ withBot: false });
    const heard: string[] = [];
    client.on('raw' as 'debug', (packet: unknown) => void heard.push((packet as { t: string }).t));
    const channel = double.addChannel(elsewhere);
    double.addRole(elsewhere);
    double.addWebhook(channel, { creator: elsewhere.ownerId });
    double.say(channel, elsewhere.ownerId, 'who hears me?');
    const here = once(client, 'guildCreate');
    double.addServer();
    await here;
    expect(heard).toEqual(['GUILD_CREATE']);
    await expect(client.channels.fetch(channel.id)).rejects.toMatchObject({ code: 50001 });
    await client.destroy();
  });
});

describe('the wire', () => {
  test('ids have 19 digits and grow, also where the clock stands still', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const ids = Array.from({ length: 50 }, () => double.addUser({ username: 'x' }).id);
    vi.useRealTimers();
    expect(ids.every((id) => /^\d{19}$/.test(id))).toBe(true);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test('zlib-stream is spoken when asked for: one context, each frame flushed', async () => {
    const socket = new WebSocket(
      `${double.restUrl.replace('http', 'ws')}?v=10&encoding=json&compress=zlib-stream`,
    );
    const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH });
    const hello = once(inflate, 'data');
    const [frame] = (await once(socket, 'message')) as [Buffer];
    expect([...frame.subarray(-4)]).toEqual([0, 0, 0xff, 0xff]);
    inflate.write(frame);
    expect(JSON.parse(String((await hello)[0]))).toMatchObject({ op: 10, d: { heartbeat_interval: 41_250 } });
    const acknowledged = once(inflate, 'data');
    socket.send(JSON.stringify({ op: 1, d: null }));
    inflate.write(((await once(socket, 'message')) as [Buffer])[0]);
    expect(JSON.parse(String((await acknowledged)[0]))).toMatchObject({ op: 11 });
    socket.terminate();
  });

  test.each([
    ['an unknown opcode before identifying', JSON.stringify({ op: 3, d: {} }), 4003],
    ['no JSON', 'hello?', 4002],
    ['more than 4,096 bytes', JSON.stringify({ op: 1, d: 'x'.repeat(5000) }), 4002],
  ])('%s closes the connection', async (_, payload, code) => {
    const socket = new WebSocket(`${double.restUrl.replace('http', 'ws')}?v=10&encoding=json`);
    await once(socket, 'message');
    socket.send(payload);
    expect((await once(socket, 'close'))[0]).toBe(code);
  });

  test('a caller who is not a Discord library is refused with 40333', async () => {
    const answer = await fetch(`${double.restUrl}/v10/gateway`);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 40333 });
  });

  test('an address nobody knows answers 404 and is remembered', async () => {
    const rest = new REST({ api: double.restUrl }).setToken(double.token);
    await expect(rest.get('/voice/regions')).rejects.toMatchObject({ status: 404 });
    expect(double.unexpected.map((request) => request.path)).toContain('/voice/regions');
  });
});
