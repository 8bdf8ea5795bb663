import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { startModelDouble } from '../../doubles/model/model-double.ts';
import { spawnDramatis } from '../terminal/dramatis.ts';

const ANSWER =
  '<system_thinking>CANARY-PLAN</system_thinking><role_thinking>CANARY-MIND</role_thinking>Good evening, sir.';

/** How she opens the door before anyone called her. */
const GREETING = 'opens the street door';

/** The real bot as a process of its own, with an operator’s port, in a scene where Mrs. Hudson answers who calls her. */
async function openHouse({ expect, onTestFinished }: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-shutdown-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const storeUrl = `sqlite://${join(folder, 'scenes.db')}`;
  const double = await startDiscordDouble();
  onTestFinished(double.close);
  const mind = await startModelDouble();
  onTestFinished(mind.close);
  const server = double.addServer({ name: 'Baker Street' });
  const channel = double.addChannel(server, { name: 'parlour' });
  const alice = double.addUser({ username: 'alice', globalName: 'Alice' });
  double.addMember(server, alice, {
    roles: [double.addRole(server, { permissions: ['ManageGuild'] })],
  });

  /** One life of the bot; `ended` is its exit code. */
  async function live() {
    const child = spawnDramatis(['start'], {
      DISCORD_TOKEN: double.token,
      DISCORD_API: double.restUrl,
      DISCORD_CDN: double.cdnUrl,
      OPENAI_BASE_URL: mind.url,
      MODEL: 'double-1',
      STORE_URL: storeUrl,
      SERVERS: '*',
      PORT: '0',
      LOG_LEVEL: 'trace',
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'close').then(([code]) => code as number | null);
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    await expect.poll(() => out + err, { timeout: 60_000 }).toContain('on stage');
    const operators = /http:\/\/127\.0\.0\.1:\d+(?=\/metrics)/.exec(out)?.[0] ?? '';
    const figure = async (name: string) => {
      const text = await (await fetch(`${operators}/metrics`)).text();
      return Number(new RegExp(`^${name.replace(/[{}]/g, '\\$&')} (.*)$`, 'm').exec(text)?.[1] ?? Number.NaN);
    };
    return { child, ended, operators, figure, logged: () => err };
  }

  /** What was said after that. */
  const lines = () =>
    double
      .messages(channel)
      .filter(({ webhookId, content }) => webhookId !== null && !content.includes(GREETING))
      .map(({ content }) => content);
  const call = (text: string) => double.say(channel, alice, text);
  async function begin() {
    const cast = 'Mrs. Hudson';
    await double.replied(double.slash(channel, alice, 'scene start', { cast, preset: 'called-only' }));
    await expect
      .poll(
        () =>
          double
            .messages(channel)
            .map(({ content }) => content)
            .join(),
        { timeout: 10_000 },
      )
      .toContain(GREETING);
  }
  async function beats() {
    const store = await openStore(storeUrl);
    const all = await Array.fromAsync(store.read(`discord:${channel.id}#1`));
    await store.close();
    return all.filter(({ kind }) => kind === 'line');
  }
  return { double, mind, channel, live, begin, call, lines, beats };
}

// Each waits for timers of its own most of the time.
describe.concurrent('the bot is asked to end', () => {
  test('SIGTERM while a model answers: not ready any more, the turn is finished and shown, exit code 0', async (context) => {
    const { expect } = context;
    const house = await openHouse(context);
    const life = await house.live();
    expect((await fetch(`${life.operators}/readyz`)).status).toBe(200);
    await house.begin();
    const answer = Promise.withResolvers<void>();
    house.mind.reply(async () => {
      await answer.promise;
      return ANSWER;
    });
    house.call('Mrs. Hudson, are you there?');
    await house.mind.received(1);

    life.child.kill('SIGTERM');
    await expect
      .poll(async () => (await fetch(`${life.operators}/readyz`)).json())
      .toMatchObject({ ready: false, process: 'shutting down', store: 'ok' });
    expect(await life.figure('dramatis_scenes{state="making"}')).toBe(1);
    const recorded = await life.figure('dramatis_beats_total');
    // What is said now is heard, and answered by the next life.
    house.call('Mrs. Hudson, and tea?');
    await expect.poll(() => life.figure('dramatis_beats_total')).toBe(recorded + 1);
    answer.resolve();
    expect(await life.ended).toBe(0);
    expect(house.lines()).toEqual(['Good evening, sir.']);
    expect(life.logged()).not.toContain('CANARY');

    house.mind.reply('<role_thinking>CANARY-MIND</role_thinking>At once.');
    const next = await house.live();
    await expect.poll(house.lines, { timeout: 10_000 }).toEqual(['Good evening, sir.', 'At once.']);
    next.child.kill('SIGTERM');
    expect(await next.ended).toBe(0);
    // Two of hers, two of Alice’s, and her first words.
    expect(await house.beats()).toHaveLength(5);
    expect(house.double.unexpected).toEqual([]);
  }, 120_000);

  test('SIGTERM while a post is on its way: it stands once, and the log knows of it', async (context) => {
    const { expect } = context;
    const house = await openHouse(context);
    const life = await house.live();
    await house.begin();
    house.mind.reply(ANSWER);
    const slow = house.double.inject({
      method: 'POST',
      match: /^\/webhooks\/\d+\/[^/]+$/,
      delayMs: 1500,
      afterEffect: true,
    });
    house.call('Mrs. Hudson, are you there?');
    await expect.poll(slow.hits, { timeout: 10_000 }).toBe(1);
    life.child.kill('SIGTERM');
    expect(await life.ended).toBe(0);
    expect(house.lines()).toEqual(['Good evening, sir.']);
    const asked = house.mind.prompts.length;

    const next = await house.live();
    next.child.kill('SIGTERM');
    expect(await next.ended).toBe(0);
    expect(house.lines()).toEqual(['Good evening, sir.']);
    expect(house.mind.prompts).toHaveLength(asked);
  }, 120_000);

  test('a second signal ends it at once; the turn is made by the next life', async (context) => {
    const { expect } = context;
    const house = await openHouse(context);
    const life = await house.live();
    await house.begin();
    house.mind.reply({ fault: 'stall', after: 1 });
    house.call('Mrs. Hudson, are you there?');
    await house.mind.received(1);
    life.child.kill('SIGTERM');
    await expect.poll(async () => (await fetch(`${life.operators}/readyz`)).status).toBe(503);
    // One that comes with the first is the same: a terminal tells a group, and whoever keeps the process tells it, too.
    life.child.kill('SIGINT');
    expect((await fetch(`${life.operators}/healthz`)).status).toBe(200);
    await expect
      .poll(
        () => {
          life.child.kill('SIGTERM');
          return life.child.exitCode;
        },
        { interval: 200 },
      )
      .toBe(143);

    house.mind.reply(ANSWER);
    const next = await house.live();
    await expect.poll(house.lines, { timeout: 10_000 }).toEqual(['Good evening, sir.']);
    next.child.kill('SIGTERM');
    expect(await next.ended).toBe(0);
  }, 120_000);
});
