import { type REST, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../../src/log.ts';
import { createDiscordRest, type DiscordRest } from '../../../src/stage/discord/access/discord-rest.ts';
import { type DiscordSettings, defaultPace, type Pace } from '../../../src/stage/discord/discord-settings.ts';
import {
  type DiscordDouble,
  type DoubleOptions,
  startDiscordDouble,
} from '../../doubles/discord/discord-double.ts';

const ALL = { match: /./, times: 1_000_000 };
const FORBIDDEN = { ...ALL, status: 403, body: { code: 50013, message: 'Missing Permissions' } };
const UNAUTHORIZED = { ...ALL, status: 401, body: { code: 0, message: '401: Unauthorized' } };

let double: DiscordDouble;
let rests: REST[] = [];
beforeEach(async () => {
  double = await startDiscordDouble();
});
afterEach(async () => {
  for (const rest of rests) {
    rest.clearHandlerSweeper();
    rest.clearHashSweeper();
  }
  rests = [];
  await double.close();
});

function create(pace: Partial<Pace> = {}, settings: Partial<DiscordSettings> = {}): DiscordRest {
  const rest = createDiscordRest(
    { token: double.token, api: double.restUrl, owners: [], ...settings },
    { ...defaultPace, refusedPauseMs: 0, ...pace },
    silentLog,
  );
  rests.push(rest.steady, rest.once, rest.webhook);
  return rest;
}

async function restart(options: DoubleOptions): Promise<void> {
  await double.close();
  double = await startDiscordDouble(options);
}

async function askOften({ once }: DiscordRest, times: number): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (let n = 0; n < times; n += 1) {
    errors.push(await once.get(Routes.user()).catch((error: unknown) => error));
  }
  return errors;
}

describe('requests that are refused', () => {
  test('are stopped at the bound, whichever way they take', async () => {
    double.inject(FORBIDDEN);
    const rest = create({ refusedMost: 6 });
    await askOften(rest, 6);
    expect(rest.flow()).toBe('stopped');
    const before = double.requests.length;
    await expect(rest.steady.get(Routes.user())).rejects.toMatchObject({ reason: 'unreachable' });
    const said = rest.webhook.post(Routes.webhook('100000000000000001', 'token'), { auth: false, body: {} });
    await expect(said).rejects.toMatchObject({ reason: 'unreachable' });
    expect(double.requests).toHaveLength(before);
  });

  test('leave alone what answers people and what keeps the connection', async () => {
    const refused = double.inject(FORBIDDEN);
    const rest = create({ refusedMost: 6 });
    await askOften(rest, 6);
    refused.remove();
    await expect(rest.steady.get(Routes.gatewayBot())).resolves.toMatchObject({ shards: 1 });
    const before = double.requests.length;
    const callback = Routes.interactionCallback('100000000000000001', 'token');
    const answer = Routes.webhookMessage(double.applicationId, 'token', '@original');
    for (const asked of [
      rest.once.post(callback, { auth: false, body: { type: 5 } }),
      rest.once.patch(answer, { auth: false, body: { content: 'Well.' } }),
    ]) {
      // The double knows no such token; it was asked all the same.
      await expect(asked).rejects.toMatchObject({ status: expect.any(Number) });
    }
    expect(double.requests).toHaveLength(before + 2);
  });

  test('are fewer where several processes share an address', async () => {
    double.inject(FORBIDDEN);
    const part = {
      shards: [0],
      shardCount: 3,
      processes: 3,
      identify: async () => undefined,
      mayAct: () => true,
    };
    const rest = create({ refusedMost: 9 }, { part });
    await askOften(rest, 9);
    expect(double.requests).toHaveLength(3);
  });
});

test('a token that Discord refuses for a while is asked with again', async () => {
  const refused = double.inject(UNAUTHORIZED);
  const rest = create();
  await askOften(rest, 2);
  refused.remove();
  await expect(rest.once.get(Routes.user())).resolves.toMatchObject({ id: double.botUserId });
});

test('each answer is told of, and whether it counts as invalid', async () => {
  const answers: unknown[] = [];
  const rest = create({}, { answered: (answer) => answers.push(answer) });
  await rest.once.get(Routes.user());
  double.inject({ ...FORBIDDEN, times: 1 });
  await askOften(rest, 1);
  expect(answers).toEqual([
    { status: 200, invalid: false },
    { status: 403, invalid: true },
  ]);
});

test.each([-600_000, 0, 600_000])(
  'Discord’s clock is known where it is ahead by %i ms',
  async (clockAheadMs) => {
    await restart({ clockAheadMs });
    const rest = create();
    await rest.once.get(Routes.user());
    // The header names whole seconds.
    expect(Math.abs(rest.now() - Date.now() - clockAheadMs)).toBeLessThan(30_000);
  },
);

test('a page where an answer should be is no answer', async () => {
  double.inject({ match: /./, status: 200, page: '<html>Please wait</html>' });
  await expect(create().once.get(Routes.user())).rejects.toMatchObject({ code: 'ERR_UNREADABLE_ANSWER' });
});
