import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
let from = 0;
let count = 0;
beforeAll(async () => {
  theatre = await openTheatre();
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
});
afterAll(() => theatre.close());
beforeEach(() => {
  from = theatre.double.position();
});

/** Alice writes three lines, of which Wenna answers the last. */
function writesThree(): string[] {
  const { double, channel, alice } = theatre;
  const texts = ['north', 'south'].map((wind) => `The wind is ${wind}, ${++count}.`);
  texts.push(`Wenna, what now, ${++count}?`);
  for (const text of texts) double.say(channel, alice, text);
  return texts;
}

async function isHeardOnce(texts: readonly string[]): Promise<void> {
  await theatre.line(/./, theatre.channel, from);
  await theatre.calm();
  const beats = await theatre.engine().replay(`discord:${theatre.channel.id}`);
  const said = beats.flatMap(({ segments }) => segments.map(({ text }) => text));
  expect(said.filter((text) => texts.includes(text))).toEqual(texts);
}

describe('what is written while the connection is down is heard once and in order', () => {
  test('after a cut, when the session is resumed', async () => {
    const { double } = theatre;
    double.gateway.drop();
    const texts = writesThree();
    await double.waitFor('session-resumed', () => true, { since: from });
    await isHeardOnce(texts);
  });

  test('after Discord asked to reconnect', async () => {
    const { double } = theatre;
    double.gateway.reconnect();
    await double.waitFor('connection-closed', () => true, { since: from });
    const texts = writesThree();
    await isHeardOnce(texts);
  });

  test('after an outage that cost the session: nothing is replayed then', async () => {
    const { double } = theatre;
    await double.stop();
    const texts = writesThree();
    double.gateway.forgetSessions();
    await double.start();
    await double.waitFor('session-started', () => true, { since: from });
    await isHeardOnce(texts);
  });

  test('after a session that was declared invalid', async () => {
    const { double } = theatre;
    double.gateway.invalidate(false);
    const texts = writesThree();
    await double.waitFor('session-started', () => true, { since: from });
    await isHeardOnce(texts);
  });

  test('where the channel cannot be read at first, before anything newer is heard', async () => {
    const { double, channel, alice } = theatre;
    const unread = double.inject({
      method: 'GET',
      match: /^\/channels\/\d+\/messages$/,
      status: 500,
      times: 100,
    });
    await double.stop();
    const missed = `Lost in the fog, ${++count}.`;
    double.say(channel, alice, missed);
    double.gateway.forgetSessions();
    await double.start();
    const failed = () => theatre.logged.some(({ event }) => event === 'catch-up-failed');
    await expect.poll(failed, { timeout: 5000 }).toBe(true);
    unread.remove();
    const texts = writesThree();
    await isHeardOnce([missed, ...texts]);
  });

  test('and where an event comes twice', async () => {
    const texts = writesThree();
    theatre.double.gateway.repeat('MESSAGE_CREATE');
    await isHeardOnce(texts);
  });

  test('the state of the connection can be asked for', () => {
    const { shards } = theatre.stage().health();
    expect(shards).toMatchObject([{ shard: 0, status: 'Ready' }]);
  });
});

describe('while Discord takes no lines', () => {
  const EXECUTE = /^\/webhooks\/\d+\/[^/]+$/;

  test('a scene waits, and goes on by itself from the very line when Discord is back', async () => {
    const { double, channel } = theatre;
    const scene = `discord:${channel.id}`;
    const status = async () => (await theatre.engine().info(scene))?.record.status;
    const down = double.inject({ method: 'POST', match: EXECUTE, status: 503, times: 1000 });
    await theatre.engine().narrate(scene, 'The lamp is lit.');
    expect(await status()).toBe('paused');
    down.remove();
    await theatre.line('The lamp is lit.');
    await expect.poll(status).toBe('playing');
    expect(theatre.lines().filter((line) => line.includes('The lamp is lit.'))).toHaveLength(1);
  });
});
