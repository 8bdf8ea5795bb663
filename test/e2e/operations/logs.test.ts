import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { Interruption } from '../../../src/cli/interruption.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { start } from '../../../src/cli/start/start.ts';
import { startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { startModelDouble } from '../../doubles/model/model-double.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';

const lineSchema = z.looseObject({
  level: z.int(),
  time: z.iso.datetime(),
  msg: z.string(),
  scene: z.string().optional(),
  turn: z.string().optional(),
});

test('at trace, one turn can be followed, and no line holds what anyone said, thought, planned or set as a secret', async () => {
  const discord = await startDiscordDouble();
  const mind = await startModelDouble({ apiKey: 'sk-CANARY-KEY' });
  const server = discord.addServer({ name: 'CANARY-SERVER' });
  const channel = discord.addChannel(server, { name: 'parlour' });
  const alice = discord.addUser({ username: 'canary-alice', globalName: 'CANARY-ALICE' });
  discord.addMember(server, alice, {
    roles: [discord.addRole(server, { permissions: ['ManageGuild'] })],
  });
  const controller = new AbortController();
  const { io, out, err } = captureIo('', {
    env: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API: discord.restUrl,
      OPENAI_BASE_URL: mind.url,
      OPENAI_API_KEY: 'sk-CANARY-KEY',
      OPERATOR_TOKEN: 'CANARY-WORD',
      DATA_KEY: Buffer.alloc(32, 'CANARY-DATA').toString('base64'),
      MODEL: 'double-1',
      STORE_URL: 'memory:',
      SERVERS: '*',
      LOG_LEVEL: 'trace',
    },
    signal: controller.signal,
  });
  const running = runCli(['start'], [listed('start', start)], io);
  onTestFinished(async () => {
    controller.abort(new Interruption('SIGTERM'));
    expect(await running).toBe(0);
    await discord.close();
    await mind.close();
  });
  await expect.poll(() => out() + err(), { timeout: 10_000 }).toContain('on stage');
  await discord.replied(
    discord.slash(channel, alice, 'scene start', {
      cast: 'Mrs. Hudson',
      preset: 'called-only',
      setting: 'CANARY-SETTING',
    }),
  );
  const told = (event: string) =>
    err()
      .trim()
      .split('\n')
      .map((line) => lineSchema.parse(JSON.parse(line)))
      .filter(({ msg }) => msg === event);

  mind.reply(
    '<system_thinking>CANARY-PLAN</system_thinking><role_thinking>CANARY-MIND</role_thinking>CANARY-SPEECH',
  );
  discord.say(channel, alice, 'Mrs. Hudson, CANARY-LINE?');
  await expect.poll(() => told('line-posted').length, { timeout: 15_000 }).toBe(2);

  // Nothing of a draft that cannot be used is logged either, nor what a server says of a key.
  mind.reply('<system_thinking>CANARY-PLAN never closed', '<role_thinking>CANARY-MIND never closed');
  discord.say(channel, alice, 'Mrs. Hudson, CANARY-LINE again?');
  await expect.poll(() => told('turn-unusable').length, { timeout: 15_000 }).toBe(1);
  const body = { error: { message: 'CANARY-PROMPT and sk-CANARY-KEY', code: 'invalid_api_key' } };
  mind.reply({ fault: 'status', status: 401, body });
  discord.say(channel, alice, 'Mrs. Hudson, CANARY-LINE once more?');
  await expect.poll(() => told('model-failed').length, { timeout: 15_000 }).toBe(1);

  const [made] = told('turn-finished');
  const ofTurn = err()
    .trim()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)))
    .filter(({ scene, turn }) => scene === made?.scene && turn === made?.turn)
    .map(({ msg }) => msg);
  expect(ofTurn).toEqual(['turn-began', 'turn-ended', 'turn-finished', 'turn-recorded']);
  for (const event of ['turn-unusable', 'model-failed']) {
    expect(told(event)[0]).toMatchObject({ scene: made?.scene, turn: expect.stringMatching(/^\d+\.\d+$/) });
  }
  expect(err()).not.toMatch(/CANARY/i);
  expect(out()).not.toContain('CANARY');
  expect(err()).not.toContain(discord.token);
}, 60_000);
