import { IntentsBitField } from 'discord.js';
import { GatewayCloseCodes } from 'discord-api-types/v10';
import { afterEach, describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { OperatorError } from '../../../src/errors.ts';
import { silentLog } from '../../../src/log.ts';
import { checkDiscord } from '../../../src/stage/discord/access/check-discord.ts';
import { startDiscordStage } from '../../../src/stage/discord/start-discord-stage.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre | undefined;
let double: DiscordDouble | undefined;
afterEach(async () => {
  await theatre?.close();
  await double?.close();
  theatre = undefined;
  double = undefined;
});

/** Tries to log in where it must fail, and returns what it is told. */
async function refusal(token: string, api: string, signal = new AbortController().signal): Promise<unknown> {
  const store = await openStore('memory:');
  const library = smallLibrary();
  const starting = startDiscordStage({
    engine: createEngine({ store, library }),
    commands,
    store,
    settings: { token, api, owners: [], pace: { timeoutMs: 500 } },
    log: silentLog,
    signal,
  });
  return starting.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('logging in', () => {
  test('with a token that Discord refuses says where to make a new one', async () => {
    double = await startDiscordDouble();
    const error = await refusal('wrong-token', double.restUrl);
    expect(error).toBeInstanceOf(OperatorError);
    expect(String(error)).toContain('Reset Token');
    expect(String(error)).not.toContain('wrong-token');
  });

  test('where Discord is not there says what to check', async () => {
    double = await startDiscordDouble();
    const { token, restUrl } = double;
    await double.stop();
    const error = await refusal(token, restUrl);
    expect(error).toBeInstanceOf(OperatorError);
    expect(String(error)).toContain('DISCORD_API');
  });

  test('can be broken off while Discord lets it wait', async () => {
    double = await startDiscordDouble();
    double.inject({ match: /^\/gateway\/bot$/, delayMs: 60_000 });
    const leaving = new AbortController();
    const error = refusal(double.token, double.restUrl, leaving.signal);
    await double.waitFor('request-received', ({ request }) => request.path === '/gateway/bot', { since: 0 });
    leaving.abort();
    expect(await error).toMatchObject({ name: 'AbortError' });
  });

  test('can be ended in the middle of an outage', async () => {
    theatre = await openTheatre();
    await theatre.double.stop();
    const reconnecting = () => theatre?.logged.some(({ event }) => event === 'shard-reconnecting');
    await expect.poll(reconnecting).toBe(true);
    await theatre.stage().close();
    expect(theatre.logged.filter(({ event }) => event === 'task-failed')).toEqual([]);
  });

  test('is over where the token was reset, and says what to do', async () => {
    theatre = await openTheatre();
    const { double: discord, logged } = theatre;
    discord.gateway.close(GatewayCloseCodes.AuthenticationFailed);
    const error = await theatre.stage().lost;
    expect(error).toBeInstanceOf(OperatorError);
    expect(error.message).toContain('Reset Token');
    const told = logged.find(({ event }) => event === 'gateway-lost');
    expect(told?.facts['do']).toContain('Reset Token');
  });

  test('registers the commands when they are new, and not again', async () => {
    theatre = await openTheatre();
    const puts = () =>
      theatre?.double.requests.filter(({ method, path }) => method === 'PUT' && path.includes('commands'));
    expect(puts()).toHaveLength(1);
    await theatre.restart();
    expect(puts()).toHaveLength(1);
    expect(theatre.stage().inviteLink).toContain(`client_id=${theatre.double.applicationId}`);
    expect(theatre.stage().botName).toBe('dramatis');
  });

  test('where Discord takes no commands says so, and leaves nothing behind', async () => {
    theatre = await openTheatre();
    await theatre.start({ cast: 'Old Wenna' });
    theatre.double.inject({ match: /\/commands$/, status: 400, body: { code: 50035, message: 'No.' } });
    await expect(theatre.restart()).rejects.toThrow('commands');
    await expect.poll(() => theatre?.double.gateway.sessions()).toEqual([]);
  });

  test('asks for no more intents than it needs', async () => {
    theatre = await openTheatre();
    const asked = new IntentsBitField(theatre.double.gateway.sessions()[0]?.intents);
    expect(asked.toArray()).toEqual([
      'Guilds',
      'GuildMessages',
      'GuildMessageReactions',
      'GuildMessageTyping',
      'MessageContent',
      'AutoModerationConfiguration',
    ]);
    expect(theatre.stage().reads()).toBe(true);
  });
});

describe('checkDiscord', () => {
  test('finds everything in order', async () => {
    double = await startDiscordDouble();
    double.addServer({ name: 'The Harbour' });
    const findings = await checkDiscord({ token: double.token, api: double.restUrl });
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings.map(({ what }) => what)).toEqual(['token', 'intents', 'permissions', 'invite']);
    expect(double.unexpected).toEqual([]);
  });

  test('says what is missing and what to do', async () => {
    double = await startDiscordDouble({ allowedPrivileged: 0 });
    const server = double.addServer({ name: 'The Harbour' });
    double.setBotPermissions(server, ['ViewChannel', 'SendMessages']);
    const findings = await checkDiscord({ token: double.token, api: double.restUrl });
    const said = findings.filter(({ ok }) => !ok).map(({ say }) => say);
    expect(said[0]).toContain('Message Content Intent');
    expect(said[1]).toMatch(/^The Harbour: missing Manage Webhooks\./);
  });

  test('says so where the bot is in no server, has no token, or no Discord', async () => {
    double = await startDiscordDouble();
    const { token, restUrl: api } = double;
    const alone = await checkDiscord({ token, api });
    expect(alone.find(({ ok }) => !ok)?.say).toContain('https://discord.com/oauth2/authorize');
    const [refused] = await checkDiscord({ token: 'wrong', api });
    expect(refused).toMatchObject({ what: 'token', ok: false });
    expect(refused?.say).toContain('Reset Token');
    await double.stop();
    const [dead] = await checkDiscord({ token, api });
    expect(dead?.say).toContain('DISCORD_API');
  });
});
