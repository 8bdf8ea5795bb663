import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTheatre, type Theatre } from './discord-theatre.ts';

const NEEDED = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'ManageWebhooks',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
] as const;

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
  await expect.poll(heard, { timeout: 5000 }).toContain(texts.at(-1));
  await theatre.calm();
  expect((await heard()).filter((text) => texts.includes(text))).toEqual(texts);
  expect(theatre.lines().at(-1)).toMatch(/^Old Wenna: /);
}

async function heard(): Promise<string[]> {
  const beats = await theatre.engine().replay(`discord:${theatre.channel.id}`);
  return beats.flatMap(({ segments }) => segments.map(({ text }) => text));
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

  test('where it cannot be read for a while, although what is newer is told of', async () => {
    const { double, channel, alice } = theatre;
    const unread = double.inject({
      method: 'GET',
      match: /^\/channels\/\d+\/messages$/,
      status: 503,
      times: 1000,
    });
    await double.stop();
    const missed = `Lost in the fog, ${++count}.`;
    double.say(channel, alice, missed);
    double.gateway.forgetSessions();
    await double.start();
    await double.waitFor('session-started', () => true, { since: from });
    const texts = writesThree();
    await expect.poll(unread.hits, { timeout: 5000 }).toBeGreaterThan(8);
    unread.remove();
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
  const status = async () => (await theatre.engine().info(`discord:${theatre.channel.id}`))?.record.status;
  const down = () => theatre.double.inject({ method: 'POST', match: EXECUTE, status: 503, times: 100_000 });

  test('a scene waits, and goes on by itself from the very line when Discord is back', async () => {
    const { channel } = theatre;
    const outage = down();
    await theatre.engine().narrate(`discord:${channel.id}`, 'The lamp is lit.');
    expect(await status()).toBe('paused');
    outage.remove();
    await theatre.line('The lamp is lit.');
    await expect.poll(status).toBe('playing');
    expect(theatre.lines().filter((line) => line.includes('The lamp is lit.'))).toHaveLength(1);
  });

  test('what players write meanwhile is heard when it goes on', async () => {
    const { channel } = theatre;
    const outage = down();
    await theatre.engine().narrate(`discord:${channel.id}`, 'The lamp flickers.');
    expect(await status()).toBe('paused');
    const texts = writesThree();
    outage.remove();
    await theatre.line('The lamp flickers.');
    await isHeardOnce(texts);
    expect(await status()).toBe('playing');
  });

  test('a bot that is started anew in the middle of it waits on', async () => {
    const { channel } = theatre;
    const outage = down();
    await theatre.engine().narrate(`discord:${channel.id}`, 'The lamp goes out.');
    expect(await status()).toBe('paused');
    const texts: string[] = [];
    await theatre.restart(() => {
      texts.push(...writesThree());
    });
    expect(await status()).toBe('paused');
    outage.remove();
    await theatre.line('The lamp goes out.');
    await isHeardOnce(texts);
    expect(theatre.lines().filter((line) => line.includes('The lamp goes out.'))).toHaveLength(1);
  });

  test('one that a person paused stays paused', async () => {
    const { double, channel, alice } = theatre;
    await double.replied(double.slash(channel, alice, 'scene pause'));
    await theatre.restart(() => void double.say(channel, alice, 'Wenna, UNHEARD?'));
    expect(await status()).toBe('paused');
    await double.replied(double.slash(channel, alice, 'scene continue'));
    await theatre.calm();
    expect(JSON.stringify(await theatre.engine().replay(`discord:${channel.id}`))).not.toContain('UNHEARD');
  });
});

describe('a thread that Discord archived', () => {
  test('and does not let the bot reach after a start shows nothing new before what is missing', async () => {
    const { double, server, channel, alice } = theatre;
    double.setBotPermissions(server, [...NEEDED]);
    await theatre.start({ cast: 'Ines', preset: 'game-master', setting: 'A cellar.', thread: true });
    const place = double.threads(channel).at(-1)?.id ?? '';
    const posting = double.inject({
      method: 'POST',
      match: /^\/webhooks\/\d+\/[^/]+$/,
      destroy: true,
      times: 1000,
    });
    double.slash(place, alice, 'narrate', { text: 'Water drips.' });
    await expect.poll(posting.hits).toBeGreaterThan(0);
    const fetching = { method: 'GET', match: new RegExp(`^/channels/${place}$`) };
    let unreachable = double.inject({ ...fetching, status: 503, times: 1000 });
    await theatre.restart(() => {
      double.changeChannel(place, { archived: true });
      posting.remove();
      unreachable.remove();
      unreachable = double.inject({ ...fetching, status: 503, times: 1000 });
    });
    const asked = double.slash(place, alice, 'narrate', { text: 'Something else.' });
    const { content } = await double.replied(asked);
    expect(unreachable.hits()).toBeGreaterThan(0);
    unreachable.remove();
    await theatre.line('Water drips.', place);
    await theatre.calm(place);
    const told = theatre.lines(place).filter((line) => line.startsWith('Narrator'));
    // It may have been refused, because the scene still waited.
    expect(told).toEqual([
      'Narrator: *Water drips.*',
      ...(content.includes('paused') ? [] : ['Narrator: *Something else.*']),
    ]);
  });
});
