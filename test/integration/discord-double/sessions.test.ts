import { once } from 'node:events';
import type { Client, Message, TextChannel } from 'discord.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import type { Channel, User } from '../../doubles/discord/world/entities.ts';
import { connect, nextEvent } from './connect.ts';

let double: DiscordDouble;
let channel: Channel;
let alice: User;
let client: Client<true>;
let heard: string[];

beforeAll(async () => {
  double = await startDiscordDouble({ heartbeatIntervalMs: 400 });
  const server = double.addServer();
  channel = double.addChannel(server);
  alice = double.addUser({ username: 'alice' });
  double.addMember(server, alice);
});
afterAll(() => double.close());
beforeEach(async () => {
  client = await connect(double);
  heard = [];
  client.on('messageCreate', (message) => void heard.push(message.content));
});
afterEach(() => client.destroy());

const hears = (content: string) =>
  nextEvent<Message>(client, 'messageCreate', (message) => message.content === content);

describe('a session', () => {
  test('is resumed after a cut line, and what was missed is sent again, in order', async () => {
    const resumed = double.waitFor('session-resumed');
    const last = hears('three');
    double.say(channel, alice, 'one');
    double.gateway.drop();
    double.say(channel, alice, 'two');
    double.say(channel, alice, 'three');
    await last;
    expect((await resumed).replayed).toBeGreaterThanOrEqual(2);
    expect(heard).toEqual(['one', 'two', 'three']);
  });

  test('is resumed when Discord asks for a reconnect (op 7)', async () => {
    const resumed = double.waitFor('session-resumed');
    const closed = double.waitFor('connection-closed');
    double.gateway.reconnect();
    expect((await closed).code).toBe(4200);
    const said = hears('meanwhile');
    double.say(channel, alice, 'meanwhile');
    await resumed;
    await said;
  });

  test('is resumed on the same line after op 9 with d true', async () => {
    const resumed = double.waitFor('session-resumed');
    double.gateway.invalidate(true);
    expect((await resumed).shard).toBe(0);
  });

  test('beats when asked (op 1), and is given up and resumed when beats go unanswered', async () => {
    const beat = double.waitFor('payload-received', (event) => event.op === 1);
    double.gateway.requestHeartbeat();
    await beat;
    double.gateway.answerHeartbeats(false);
    const resumed = double.waitFor('session-resumed');
    await double.waitFor('connection-closed', (event) => event.code === 4200);
    double.gateway.answerHeartbeats(true);
    await resumed;
  });

  test('is replaced after op 9 with d false: a new one starts, nothing is replayed', async () => {
    const ready = once(client, 'shardReady');
    double.gateway.invalidate(false);
    double.say(channel, alice, 'lost');
    await ready;
    expect(heard).toEqual([]);
    const said = hears('found');
    double.say(channel, alice, 'found');
    await said;
  });

  test('is thrown away by the client when Discord is unreachable; what was said is found by REST', async () => {
    const seen = double.say(channel, alice, 'before the night');
    await hears('before the night');
    const unreachable = nextEvent<string>(client, 'debug', (line) => line.includes('network error'));
    const ready = once(client, 'shardReady');
    await double.stop();
    await unreachable;
    double.say(channel, alice, 'in the night');
    expect(client.isReady()).toBe(true);
    await double.start();
    await ready;
    const text = (await client.channels.fetch(channel.id)) as TextChannel;
    const missed = await text.messages.fetch({ after: seen.id });
    expect(missed.map((message) => message.content)).toEqual(['in the night']);
    expect(heard).not.toContain('in the night');
  });
});

describe('events', () => {
  test('may come in another order than they happened', async () => {
    const last = hears('first');
    double.gateway.hold();
    double.say(channel, alice, 'first');
    double.say(channel, alice, 'second');
    double.gateway.release((held) => [...held].reverse());
    await last;
    expect(heard).toEqual(['second', 'first']);
  });

  test('may come twice', async () => {
    const raw: string[] = [];
    client.on('raw' as 'debug', (packet: unknown) => void raw.push((packet as { t: string }).t));
    double.say(channel, alice, 'again');
    double.gateway.repeat('MESSAGE_CREATE');
    const last = hears('end');
    double.say(channel, alice, 'end');
    await last;
    expect(raw.filter((t) => t === 'MESSAGE_CREATE')).toHaveLength(3);
    expect(heard).toEqual(['again', 'end']);
  });
});
