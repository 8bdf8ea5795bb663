import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../doubles/discord/wire/faults.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

const EXECUTE = /^\/webhooks\/\d+\/[^/]+$/;

let theatre: Theatre;
let said = 0;
beforeAll(async () => {
  theatre = await openTheatre({ pace: { timeoutMs: 300, echoMs: 60, resendMs: 30 } });
  await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
});
afterAll(() => theatre.close());

/** One line that nothing else says, and how often it stands in the channel. */
async function narrate(): Promise<number> {
  const { double, channel, alice } = theatre;
  said += 1;
  const text = `Wave number ${said} comes in.`;
  const told = double.slash(channel, alice, 'narrate', { text });
  expect((await double.replied(told)).content).toBe('So it happens.');
  const ids = standing(text);
  expect(ids).toEqual((await deliveries()).at(-1));
  return ids.length;
}

/** Messages of the channel that hold this text. */
function standing(text: string): string[] {
  const found = theatre.double.messages(theatre.channel).filter(({ content }) => content.includes(text));
  return found.map(({ id }) => id);
}

/** The messages that each beat is known to stand in. */
async function deliveries(): Promise<readonly string[][]> {
  const found: { n: number; messages: string[] }[] = [];
  for await (const id of theatre.store.ids('delivery')) {
    const { messages } = (await theatre.store.get('delivery', id)) as { messages: string[] };
    found.push({ n: Number(id.split('/').at(-1)), messages });
  }
  return found.sort((one, other) => one.n - other.n).map(({ messages }) => messages);
}

describe('a line is never posted twice', () => {
  const faults: readonly (readonly [string, Fault])[] = [
    ['Discord fails after it was posted', { match: EXECUTE, status: 502, afterEffect: true }],
    ['Discord fails before it was posted', { match: EXECUTE, status: 502 }],
    ['Discord fails three times before it was posted', { match: EXECUTE, status: 503, times: 3 }],
    ['the answer is lost', { match: EXECUTE, destroy: true, afterEffect: true }],
    ['the connection breaks before it is posted', { match: EXECUTE, destroy: true }],
    ['the answer comes too late', { match: EXECUTE, delayMs: 600, afterEffect: true }],
    ['there is a rate limit', { match: EXECUTE, status: 429, headers: { 'retry-after': '0.02' }, body: {} }],
    [
      'there is a rate limit without a header',
      { match: EXECUTE, status: 429, body: { retry_after: 0.05 }, times: 2 },
    ],
  ];

  test.each(faults)('where %s', async (_what, fault) => {
    const injected = theatre.double.inject({ ...fault, method: 'POST' });
    expect(await narrate()).toBe(1);
    expect(injected.hits()).toBe(fault.times ?? 1);
  });

  test('where the gateway tells of it, without asking', async () => {
    const { double } = theatre;
    const from = double.requests.length;
    double.inject({ method: 'POST', match: EXECUTE, status: 502, afterEffect: true });
    expect(await narrate()).toBe(1);
    const asked = double.requests.slice(from).filter(({ method }) => method === 'GET');
    expect(asked).toEqual([]);
  });

  test('where the gateway tells of it late, when it is about to be sent again', async () => {
    const { double, channel } = theatre;
    const scene = `discord:${channel.id}`;
    double.gateway.hold();
    // Neither the gateway nor the channel shows it at first.
    double.inject({ method: 'GET', match: /^\/channels\/\d+\/messages$/, status: 200, body: [] });
    const fault = double.inject({ method: 'POST', match: EXECUTE, status: 502, afterEffect: true });
    const from = double.position();
    const told = theatre.engine().narrate(scene, 'A late wave.');
    await double.waitFor('request-answered', ({ request }) => request.method === 'GET', { since: from });
    double.gateway.release();
    await told;
    expect(fault.hits()).toBe(1);
    expect(standing('A late wave.')).toHaveLength(1);
  });

  test('where the gateway tells of nothing and it stands in the channel all the same', async () => {
    const { double, channel, alice } = theatre;
    const text = 'Fog comes in.';
    const fault = double.inject({ method: 'POST', match: EXECUTE, status: 500, afterEffect: true });
    double.slash(channel, alice, 'narrate', { text });
    await double.waitFor('interaction-answered', () => true, { since: 0 });
    double.gateway.hold();
    await theatre.line(text);
    await theatre.calm();
    expect(fault.hits()).toBe(1);
    expect(standing(text)).toHaveLength(1);
    double.gateway.release();
  });

  test('where it says the same words as the line before', async () => {
    const { double, channel, alice } = theatre;
    const text = 'Again the gull cries.';
    const first = double.slash(channel, alice, 'narrate', { text });
    await double.replied(first);
    double.inject({ method: 'POST', match: EXECUTE, status: 502 });
    await double.replied(double.slash(channel, alice, 'narrate', { text }));
    double.inject({ method: 'POST', match: EXECUTE, status: 502, afterEffect: true });
    await double.replied(double.slash(channel, alice, 'narrate', { text }));
    expect(standing(text)).toHaveLength(3);
    expect((await deliveries()).slice(-3).flat()).toEqual(standing(text));
  });

  test('and where it needs several messages, none of them', async () => {
    const { double, channel, alice } = theatre;
    const text = 'The tide turns, and the ropes complain about it. '.repeat(50).slice(0, 2000);
    double.inject({ method: 'POST', match: EXECUTE, status: 502, afterEffect: true, times: 2 });
    await double.replied(double.slash(channel, alice, 'narrate', { text }));
    const contents = ((await deliveries()).at(-1) ?? []).map((id) => double.message(id).content);
    expect(contents).toHaveLength(2);
    for (const content of contents) expect(standing(content)).toHaveLength(1);
  });

  test('a webhook that somebody deleted is made anew, once', async () => {
    const { double, channel } = theatre;
    for (const webhook of double.webhooksIn(channel)) double.removeWebhook(webhook);
    expect(await narrate()).toBe(1);
    expect(await narrate()).toBe(1);
    expect(double.webhooksIn(channel)).toHaveLength(1);
  });

  test('a name that Discord refuses for reasons of its own is replaced', async () => {
    const { double, channel, alice } = theatre;
    const refusal = {
      code: 50035,
      message: 'Invalid Form Body',
      errors: { username: { _errors: [{ code: 'USERNAME_INVALID', message: 'No.' }] } },
    };
    double.inject({ method: 'POST', match: EXECUTE, status: 400, body: refusal });
    await double.replied(double.slash(channel, alice, 'narrate', { text: 'Nobody knows my name.' }));
    const line = double.messages(channel).at(-1);
    expect(line).toMatchObject({ content: '*Nobody knows my name.*' });
    expect(line?.author).toMatch(/^Character \d+$/);
  });
});
