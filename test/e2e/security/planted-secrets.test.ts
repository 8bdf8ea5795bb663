import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { doctor } from '../../../src/cli/doctor/doctor.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { start } from '../../../src/cli/start/start.ts';
import { startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { startModelDouble } from '../../doubles/model/model-double.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';
import { createBotProcess } from '../discord/killed/bot-process.ts';
import { dramatis } from '../terminal/dramatis.ts';

/** Planted wherever an operator puts a secret. */
const SECRETS = {
  OPENAI_API_KEY: 'sk-CANARYOPENAI0123456789',
  MODEL_JUDGE_KEY: 'sk-CANARYJUDGE0123456789',
  OPERATOR_TOKEN: 'CANARY-operator-word',
  DATA_KEY: Buffer.from('CANARY-data-key-of-32-bytes-long').toString('base64'),
};

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'dramatis-secrets-'));
  closing.push(() => rm(path, { recursive: true }));
  return path;
}

/** What one of these secrets looks like wherever it is written. */
function formsOf(secret: string): string[] {
  return [secret, Buffer.from(secret).toString('base64url'), Buffer.from(secret).toString('hex')];
}

/** A command of the line in this process: what it wrote. */
async function written(name: 'start' | 'doctor', env: Readonly<Record<string, string>>): Promise<string> {
  const { io, out, err } = captureIo('', { env });
  await runCli([name], [listed('start', start), listed('doctor', doctor)], io);
  return out() + err();
}

test('a scene in which everything fails, logged as loudly as can be, tells no secret', async () => {
  const double = await startDiscordDouble();
  closing.push(() => double.close());
  const echo = `refused: ${SECRETS.OPENAI_API_KEY}`;
  const mind = await startModelDouble();
  closing.push(() => mind.close());
  const bot = createBotProcess({
    ...SECRETS,
    DISCORD_TOKEN: double.token,
    DISCORD_API: double.restUrl,
    DISCORD_CDN: double.cdnUrl,
    OPENAI_BASE_URL: mind.url,
    MODEL: 'double-1',
    MODEL_JUDGE: 'double-1',
    STORE_URL: `sqlite://${join(await folder(), 'scenes.db')}`,
    SERVERS: '*',
    LOG_LEVEL: 'trace',
  });
  closing.push(() => bot.kill());
  const server = double.addServer({ name: 'The Harbour' });
  const channel = double.addChannel(server, { name: 'quay' });
  const managers = double.addRole(server, { name: 'managers', permissions: ['ManageGuild'] });
  const alice = double.addUser({ username: 'alice' });
  double.addMember(server, alice, { roles: [managers] });
  await bot.start();
  await double.replied(
    double.slash(channel, alice, 'scene start', { cast: 'Sherlock Holmes', preset: 'called-only' }),
  );
  await expect.poll(() => double.webhooksIn(channel).length).toBe(1);
  const tokens = new Set(double.webhooksIn(channel).map(({ token }) => token ?? ''));
  const logged = (event: string) => bot.stderr.split(`"msg":"${event}"`).length - 1;

  // The model echoes the key in every field of its refusal.
  const error = { message: echo, code: SECRETS.OPENAI_API_KEY, type: SECRETS.OPENAI_API_KEY, param: echo };
  mind.reply({ fault: 'status', status: 401, body: { error } });
  double.say(channel, alice, 'Holmes, who is there?');
  await expect.poll(() => logged('model-failed'), { timeout: 15_000 }).toBeGreaterThan(0);

  // Discord fails at what it is sent, with the webhook's token in the address.
  const execute = /^\/webhooks\/\d+\/[^/]+$/;
  const fault = double.inject({
    method: 'POST',
    match: execute,
    status: 400,
    body: { code: 50035 },
    times: 2,
  });
  double.say(channel, alice, 'Holmes, and now?');
  await expect.poll(() => fault.hits(), { timeout: 15_000 }).toBeGreaterThan(0);
  for (const webhook of double.webhooksIn(channel)) double.removeWebhook(webhook);
  double.inject({ match: /^\/channels\/\d+\/webhooks$/, status: 500, body: {}, times: 3 });
  double.say(channel, alice, 'Holmes, still there?');
  await expect.poll(() => mind.prompts.length, { timeout: 15_000 }).toBeGreaterThan(2);

  // And at an answer to a command, with the interaction's.
  const late = double.inject({
    match: /^\/interactions\/\d+\/[^/]+\/callback$/,
    status: 404,
    body: { code: 10062 },
  });
  double.slash(channel, alice, 'cast');
  await expect.poll(() => late.hits(), { timeout: 15_000 }).toBe(1);
  for (const { path } of double.requests) {
    const [, token] = /^\/(?:interactions|webhooks)\/\d+\/([^/]+)/.exec(path) ?? [];
    if (token !== undefined) tokens.add(token);
  }
  await bot.end();

  const all = bot.stdout + bot.stderr;
  expect(all.length).toBeGreaterThan(500);
  expect(tokens.size).toBeGreaterThan(2);
  for (const secret of [
    ...Object.values(SECRETS),
    double.token,
    ...tokens,
    ...formsOf('CANARY-data-key-of-32-bytes-long'),
  ])
    expect(all).not.toContain(secret);
  expect(all).not.toContain('CANARY');
}, 60_000);

describe('where a setting is wrong or a thing is not there', () => {
  const nobody = '127.0.0.1:9';

  test.each([
    ['a store that is not there', 'start', { STORE_URL: `postgres://bot:CANARY-store@${nobody}/dramatis` }],
    ['a Redis that is not there', 'start', { STORE_URL: `redis://bot:CANARY-store@${nobody}` }],
    ['an address that is none', 'start', { STORE_URL: 'postgres://bot:CANARY/store@h:x/y' }],
    ['a token with a space', 'start', { DISCORD_TOKEN: 'CANARY token' }],
    ['a key of the wrong length', 'start', { DATA_KEY: 'CANARY' }],
    ['an address with a password', 'start', { OPENAI_BASE_URL: `ftp://me:CANARY@${nobody}` }],
    ['the doctor, of a store', 'doctor', { STORE_URL: `postgres://bot:CANARY-store@${nobody}/dramatis` }],
    [
      'the doctor, of models',
      'doctor',
      {
        STORE_URL: 'memory:',
        MODEL: 'x',
        OPENAI_BASE_URL: `http://me:CANARY-pass@${nobody}/v1`,
        OPENAI_API_KEY: 'CANARY-key',
      },
    ],
    [
      'the doctor, of Discord',
      'doctor',
      {
        STORE_URL: 'memory:',
        MODEL: 'understudy',
        DISCORD_TOKEN: 'CANARY.to.ken',
        DISCORD_API: `http://${nobody}/api`,
      },
    ],
  ] as const)('%s: %s says what, and not the secret', async (_name, command, env) => {
    const out = await written(command, { ...SECRETS, LOG_LEVEL: 'trace', ...env });
    expect(out.length).toBeGreaterThan(20);
    expect(out).not.toContain('CANARY');
  });
});

test('an error that nobody caught ends the bot without its secrets on the screen', async () => {
  const hook = join(await folder(), 'breaks.mjs');
  await writeFile(
    hook,
    `setTimeout(() => {
      const error = new Error('of CANARY');
      error.url = 'https://discord.com/api/webhooks/123456789012345678/CANARY_CANARY_CANARY';
      error.requestBody = { json: { content: 'CANARY' } };
      Promise.reject(error);
    }, 1500);`,
  );
  const { code, stdout, stderr } = await dramatis(['start'], {
    env: {
      ...SECRETS,
      STORE_URL: 'memory:',
      MODEL: 'understudy',
      PORT: '0',
      NODE_OPTIONS: `--import=${pathToFileURL(hook).href}`,
    },
  });
  expect(code).toBe(1);
  expect(stderr).toContain('a mistake of ours');
  expect(stderr).toContain('breaks.mjs');
  expect(stdout + stderr).not.toContain('CANARY');
});
