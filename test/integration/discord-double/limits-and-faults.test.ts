import { type Client, RESTEvents, type TextChannel, type Webhook, WebhookClient } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import type { Channel } from '../../doubles/discord/world/entities.ts';
import { connect } from './connect.ts';

let double: DiscordDouble;
let channel: Channel;
let client: Client<true>;
let text: TextChannel;
let webhook: Webhook;

beforeAll(async () => {
  double = await startDiscordDouble();
  const server = double.addServer();
  channel = double.addChannel(server);
  client = await connect(double);
  text = (await client.channels.fetch(channel.id)) as TextChannel;
  webhook = await text.createWebhook({ name: 'cast' });
});
afterAll(async () => {
  await client.destroy();
  await double.close();
});

const posted = (content: string) =>
  double.messages(channel).filter((message) => message.content === content).length;

describe('rate limits', () => {
  test('are announced, so that the client waits before it is told to', async () => {
    const place = (await client.channels.fetch(double.addChannel(text.guild.id).id)) as TextChannel;
    const statuses: number[] = [];
    const listen = (_: unknown, response: { status: number }) => void statuses.push(response.status);
    client.rest.on(RESTEvents.Response, listen);
    await Promise.all(Array.from({ length: 12 }, (_, index) => place.send(String(index))));
    client.rest.off(RESTEvents.Response, listen);
    expect(statuses).toEqual(Array.from({ length: 12 }, () => 200));
    expect(double.messages(place)).toHaveLength(12);
  });

  test('hidden per channel, over all its webhooks, show as a 429 that names when to come back', async () => {
    const hidden = { limit: 3, perSeconds: 60 };
    const strict = await startDiscordDouble({ rateLimits: { clockScale: 0.01, webhooksPerChannel: hidden } });
    const place = strict.addChannel(strict.addServer());
    const voices = ['first', 'second'].map((name) => {
      const { id, token } = strict.addWebhook(place, { name, creator: strict.botUserId });
      return new WebhookClient({ id, token }, { rest: { api: strict.restUrl } });
    });
    for (const voice of [...voices, ...voices]) await voice.send('a line');
    expect(strict.requests.map((request) => request.status)).toEqual([200, 200, 200, 429, 200]);
    expect(strict.messages(place)).toHaveLength(4);
    await strict.close();
  });

  test('global ones hold for all but webhooks and interactions', async () => {
    const strict = await startDiscordDouble({
      rateLimits: { global: { limit: 3, perSeconds: 600 } },
    });
    const place = strict.addChannel(strict.addServer());
    const hook = strict.addWebhook(place, { creator: strict.botUserId, applicationId: strict.applicationId });
    const headers = { 'user-agent': 'DiscordBot (test, 1)', authorization: `Bot ${strict.token}` };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => fetch(`${strict.restUrl}/v10/users/@me`, { headers })),
    );
    const refused = answers.find((answer) => answer.status === 429);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(3);
    expect(refused?.headers.get('x-ratelimit-global')).toBe('true');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused?.json()).toMatchObject({ global: true, retry_after: expect.any(Number) });
    const spoken = await fetch(`${strict.restUrl}/v10/webhooks/${hook.id}/${hook.token}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'unhindered' }),
    });
    expect(spoken.status).toBe(204);
    await strict.close();
  });

  test('can be injected, and are waited out', async () => {
    const fault = double.inject({
      method: 'POST',
      match: /messages$/,
      status: 429,
      headers: { 'Retry-After': '0.02' },
      body: { message: 'You are being rate limited.', retry_after: 0.02, global: false },
    });
    await text.send('patience');
    expect([fault.hits(), posted('patience')]).toEqual([1, 1]);
  });

  test('without the Retry-After header are retried at once: the client does not read the body', async () => {
    const body = { message: 'You are being rate limited.', retry_after: 30, global: false };
    const fault = double.inject({ method: 'POST', match: /messages$/, status: 429, body, times: 5 });
    await text.send('impatience');
    expect(fault.hits()).toBe(5);
  });
});

describe('faults', () => {
  test('5xx after the effect: a webhook’s line is posted twice by the client’s own retry', async () => {
    double.inject({ method: 'POST', match: /^\/webhooks/, status: 502, afterEffect: true });
    await webhook.send('echo');
    expect(posted('echo')).toBe(2);
  });

  test('the same with a time-out', async () => {
    const hasty = new WebhookClient(
      { id: webhook.id, token: webhook.token ?? '' },
      { rest: { api: double.restUrl, timeout: 400 } },
    );
    double.inject({ method: 'POST', match: /^\/webhooks/, delayMs: 600, afterEffect: true });
    await hasty.send('slow echo');
    expect(posted('slow echo')).toBeGreaterThan(1);
  });

  test('with retries: 0 the line is posted once, and the error says that the outcome is unknown', async () => {
    const careful = new WebhookClient(
      { id: webhook.id, token: webhook.token ?? '' },
      { rest: { api: double.restUrl, retries: 0 } },
    );
    double.inject({ method: 'POST', match: /^\/webhooks/, status: 502, afterEffect: true });
    await expect(careful.send('single')).rejects.toMatchObject({ status: 502 });
    expect(posted('single')).toBe(1);
  });

  test('a channel message survives it with a nonce', async () => {
    double.inject({ method: 'POST', match: /messages$/, status: 503, afterEffect: true });
    await text.send({ content: 'safe', nonce: '7', enforceNonce: true });
    expect(posted('safe')).toBe(1);
  });

  test('5xx before the effect is retried to success, as many times as the client tries', async () => {
    const fault = double.inject({ method: 'POST', match: /messages$/, status: 500, times: 3 });
    await text.send('stubborn');
    expect([fault.hits(), posted('stubborn')]).toEqual([3, 1]);
    double.inject({ method: 'POST', match: /messages$/, status: 500, times: 4 });
    await expect(text.send('given up')).rejects.toMatchObject({ status: 500 });
  });

  test('a cut connection loses the answer, or the request', async () => {
    double.inject({ match: /messages$/, destroy: true, afterEffect: true });
    await expect(text.send('into the dark')).rejects.toThrow();
    expect(posted('into the dark')).toBe(1);
    const fault = double.inject({ match: /messages$/, destroy: true });
    await expect(text.send('never arrived')).rejects.toThrow();
    expect(posted('never arrived')).toBe(0);
    fault.remove();
  });
});
