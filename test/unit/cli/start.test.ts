import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Interruption } from '../../../src/cli/interruption.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { start } from '../../../src/cli/start/start.ts';
import { startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { startModelDouble } from '../../doubles/model/model-double.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from './capture.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** `dramatis start`, up to its last line; `end` is Ctrl-C. */
async function started(env: Record<string, string>) {
  const controller = new AbortController();
  const { io, out, err } = captureIo('', {
    env: { STORE_URL: 'memory:', PORT: '0', ...env },
    signal: controller.signal,
  });
  const running = runCli(['start'], [listed('start', start)], io);
  const end = async () => {
    controller.abort(new Interruption('SIGINT'));
    return running;
  };
  closing.push(end);
  await expect.poll(() => out() + err(), { timeout: 10_000 }).toMatch(/Ctrl-C here ends it|dramatis start: /);
  return { screen: out(), err, end };
}

describe('start without a token', () => {
  test('is the local page: one screen says on what it runs and how to change it', async () => {
    const { screen, end } = await started({ MODEL: 'understudy' });
    expect(screen).toMatch(
      /stage +the local page, http:\/\/127\.0\.0\.1:\d+\n +to change it: set DISCORD_TOKEN/,
    );
    expect(screen).toMatch(/model +the scripted demo, .*\n +to change it: set MODEL and OPENAI_BASE_URL/);
    expect(screen).toMatch(/store +memory, .*\n +to change it: set STORE_URL/);
    expect(screen).toMatch(/Ctrl-C here ends it, and the scenes with it\.$/m);
    expect(screen.split('\n').length).toBeLessThan(24);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(screen)?.[0] ?? '';
    expect((await fetch(url)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true, store: 'ok' });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('dramatis_scenes{state="awake"}');
    expect(await end()).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  test('takes the next port where its own is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    closing.push(async () => other.close());
    const address = other.address();
    const taken = typeof address === 'object' && address ? address.port : 0;
    const { screen } = await started({ MODEL: 'understudy', PORT: String(taken) });
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(screen)?.[1]);
    expect(port).toBeGreaterThan(taken);
    expect(screen).toContain(`(port ${taken} is taken)`);
  });

  test('is opened to others only with a word that it asks them for', async () => {
    const refused = await started({ MODEL: 'understudy', HOST: '0.0.0.0' });
    expect(refused.err()).toMatch(/^dramatis start: HOST lets others open the page: set OPERATOR_TOKEN.*\n$/);
    expect(await refused.end()).toBe(2);

    const { screen } = await started({ MODEL: 'understudy', HOST: '0.0.0.0', OPERATOR_TOKEN: 'CANARY-WORD' });
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(screen)?.[0] ?? '';
    expect(screen).toMatch(/open +others reach it .* OPERATOR_TOKEN/);
    expect(screen).not.toContain('CANARY');
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    const bearer = { authorization: 'Bearer CANARY-WORD' };
    expect((await fetch(`${url}/metrics`, { headers: bearer })).status).toBe(200);
    const authorization = `Basic ${Buffer.from('me:CANARY-WORD').toString('base64')}`;
    expect((await fetch(url, { headers: { authorization } })).status).toBe(200);
  });

  test('runs on the model that is set, named by its endpoint', async () => {
    const model = await startModelDouble({ models: ['double-7'] });
    closing.push(model.close);
    const { screen } = await started({ OPENAI_BASE_URL: model.url });
    expect(screen).toContain(`double-7 on this machine (127.0.0.1:${model.port})`);
  });

  test('offers a bare key, says that it costs, and does not use it', async () => {
    const { screen } = await started({ OPENAI_API_KEY: 'sk-CANARY-KEY' });
    expect(screen).toContain('the scripted demo');
    expect(screen).toMatch(
      /found .*api\.openai\.com; costs money.*It is not used; to use it, say so on the page/,
    );
    expect(screen).not.toContain('CANARY');
  });
});

describe('start with a token', () => {
  test('is the bot: says as whom, where it plays, and prints the invite link', async () => {
    const discord = await startDiscordDouble({ botName: 'Stagehand' });
    closing.push(discord.close);
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API: discord.restUrl, MODEL: 'understudy' };
    const { screen, err, end } = await started(env);
    expect(screen).toMatch(/stage +Discord, as Stagehand/);
    expect(screen).toMatch(/plays +nowhere yet: list servers in SERVERS, or set OWNER_IDS/);
    expect(screen).toMatch(/Invite it to a server: https:\/\/discord\.com\/oauth2\/authorize\?client_id=\d+/);
    expect(screen + err()).not.toContain(discord.token);
    expect(await end()).toBe(0);
  });

  test('where PORT is set, operators ask there for health and figures until it ends', async () => {
    const discord = await startDiscordDouble();
    closing.push(discord.close);
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API: discord.restUrl, MODEL: 'understudy' };
    const { screen, end } = await started(env);
    const url = /Operators ask at (http:\/\/127\.0\.0\.1:\d+)\/metrics/.exec(screen)?.[1] ?? '';
    const ready = await fetch(`${url}/readyz`);
    expect(await ready.json()).toEqual({ ready: true, gateway: 'ok', store: 'ok' });
    const figures = await (await fetch(`${url}/metrics`)).text();
    expect(figures).toContain('dramatis_gateway_shard_up{shard="0"} 1');
    expect(figures).toContain('dramatis_mailbox_tasks 0');
    expect(figures).toContain('dramatis_discord_flow{flow="free"} 1');
    expect(figures).toMatch(/dramatis_discord_answers_total\{status="2xx",invalid="false"\} [1-9]/);
    expect(figures).not.toContain(discord.token);
    expect(await end()).toBe(0);
    await expect(fetch(url)).rejects.toThrow();

    const without = await started({ ...env, PORT: '' });
    expect(without.screen).not.toContain('Operators');
    const open = await started({ ...env, HOST: '0.0.0.0' });
    expect(open.err()).toMatch(/^dramatis start: HOST lets others ask for the metrics: set OPERATOR_TOKEN/);
    expect(await open.end()).toBe(2);
  }, 30_000);

  test('a token that Discord refuses is one clear line and exit code 1', async () => {
    const discord = await startDiscordDouble();
    closing.push(discord.close);
    const token = `${discord.token.slice(0, -4)}wxyz`;
    const { screen, err, end } = await started({
      DISCORD_TOKEN: token,
      DISCORD_API: discord.restUrl,
      LOG_LEVEL: 'silent',
    });
    expect(screen).not.toContain('on stage');
    expect(err()).toMatch(/^dramatis start: Discord refuses DISCORD_TOKEN\. .*\n$/);
    expect(err()).not.toContain(token);
    expect(await end()).toBe(1);
  });
});
