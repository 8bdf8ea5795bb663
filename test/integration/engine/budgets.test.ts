import { afterEach, describe, expect, test } from 'vitest';
import type { RoomSettings } from '../../../src/config/room-settings.ts';
import type { Clock } from '../../../src/engine/engine-options.ts';
import type { ChatModel } from '../../../src/model/chat-model.ts';
import { ModelError } from '../../../src/model/chat-model.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { playHouse, untilAborted } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

const SERVER = '111111111111111111';
const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 26, 12, 40);
const MARA = { id: 'p1', name: 'Mara' };
const PASSER = { id: 'p2', name: 'Passer' };

const stores: SceneStore[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

type Options = {
  readonly limits?: RoomSettings;
  readonly actor?: ChatModel;
  readonly store?: SceneStore;
  readonly id?: string;
  readonly server?: string;
  readonly preset?: 'called-only' | 'lively';
};

/** A scene of a server on Discord, with a clock that the test moves. */
async function channel({
  limits = {},
  actor = counting(),
  id = 'discord:c1',
  preset,
  ...rest
}: Options = {}) {
  let now = NOON;
  const clock: Clock = { now: () => now, sleep: (_ms, signal) => untilAborted(signal) };
  const store = rest.store ?? (await openStore('memory:'));
  if (!rest.store) stores.push(store);
  const stage = createRecordingStage('discord');
  const prices = { counting: { prompt: 1, cached: 0.1, completion: 10 } };
  const house = await playHouse({ stage, store, models: { actor }, limits, clock, prices, currency: 'EUR' });
  const server = rest.server ?? SERVER;
  await house.engine.start({
    id,
    stage: 'discord',
    server,
    setting: 'A quay.',
    cast: ['tom', 'ines'],
    owner: MARA,
    preset: preset ?? 'called-only',
  });
  return {
    ...house,
    place: { scene: id, stage: 'discord', server } as const,
    async hear(text: string, player = MARA) {
      const heard = await house.engine.hear(id, { player, text });
      await house.engine.idle(id);
      return heard.heard ? 'heard' : heard.because;
    },
    /** Lines that the model made; the greetings are none. */
    turns: () => stage.lines().filter((line) => line.endsWith('Well met.')).length,
    notices: (wanted: 'limit' | 'info' = 'limit') =>
      stage.notices.filter(({ kind }) => kind === wanted).map(({ text }) => text),
    later: (ms: number) => (now += ms),
  };
}

/** Each answer of it reads a hundred tokens, forty of them from the cache, and writes ten. */
function counting(change: Partial<ChatModel> = {}): ChatModel {
  const usage = {
    model: 'counting',
    promptTokens: 100,
    cachedTokens: 40,
    completionTokens: 10,
    msToFirst: 0,
    msToLast: 0,
  };
  return answeringModel({
    name: 'counting',
    async *stream() {
      yield { type: 'text', text: 'Well met.' };
      yield { type: 'end', reason: 'stop', usage };
    },
    ...change,
  });
}

/** Each answer takes its time. */
function slow(passes: () => void): ChatModel {
  const model = counting();
  return {
    ...model,
    async *stream(request, signal) {
      passes();
      yield* model.stream(request, signal);
    },
  };
}

describe('a stop', () => {
  test.each([
    [{ turnsPerPlayerHour: 2 }, 'answered you 2 times', 'at 13:00 UTC (in 20 minutes)', HOUR],
    [{ tokensPerPlayerHour: 220 }, 'tokens that there are for you', 'at 13:00 UTC (in 20 minutes)', HOUR],
    [{ turnsPerSceneDay: 2 }, 'turns for today in this scene', 'at 00:00 UTC (in 11 hours)', 12 * HOUR],
    [{ tokensPerSceneDay: 220 }, 'tokens for today in this scene', '2026-11-27 at 00:00 UTC', 12 * HOUR],
    [{ turnsPerServerDay: 2 }, 'turns for today in this server', '2026-11-27 at 00:00 UTC', 12 * HOUR],
    [{ tokensPerServerDay: 220 }, 'tokens for today in this server', '2026-11-27 at 00:00 UTC', 12 * HOUR],
  ])('%o says why and when it opens again, once, and then it does', async (limits, why, when, period) => {
    const { engine, hear, turns, notices, later } = await channel({ limits });
    for (const text of ['Tom?', 'Tom!', 'Tom?', 'Tom…']) expect(await hear(text)).toBe('heard');
    expect(turns()).toBe(2);
    const stops = notices().filter((text) => text.includes(why));
    expect(stops).toHaveLength(1);
    expect(stops[0]).toContain(when);
    const audited = (await engine.audit.recent(SERVER)).filter(({ kind }) => kind === 'budget');
    expect(audited.length).toBeGreaterThan(0);
    later(period);
    await hear('Tom?');
    expect(turns()).toBe(3);
  });

  test('of lines is told to that player alone, and each has lines of their own', async () => {
    const { engine, hear, stage, later } = await channel({ limits: { linesPerPlayerHour: 1 } });
    expect(await hear('Tom?')).toBe('heard');
    expect(await hear('Tom?')).toBe('limit');
    expect(await hear('Tom?')).toBe('limit');
    expect(await hear('Tom?', PASSER)).toBe('heard');
    const told = stage.notices.filter(({ kind }) => kind === 'limit');
    expect(new Set(told.map(({ only }) => only))).toEqual(new Set([MARA.id]));
    await engine.audit.settled();
    const entries = await engine.audit.recent(SERVER);
    expect(entries.filter(({ kind }) => kind === 'budget')).toHaveLength(1);
    later(HOUR);
    expect(await hear('Tom?')).toBe('heard');
  });

  test('holds for all scenes of a server, and for no other server', async () => {
    const store = await openStore('memory:');
    stores.push(store);
    const limits = { turnsPerServerDay: 1 };
    const one = await channel({ limits, store });
    const two = await channel({ limits, store, id: 'discord:c2' });
    const elsewhere = await channel({ limits, store, id: 'discord:c3', server: '222222222222222222' });
    await one.hear('Tom?');
    await two.hear('Tom?');
    await elsewhere.hear('Tom?');
    expect([one.turns(), two.turns(), elsewhere.turns()]).toEqual([1, 0, 1]);
  });

  test('lifted by a moderator is lifted at once; set to nothing, nothing is played', async () => {
    const { engine, hear, turns, notices } = await channel();
    const level = { level: 'server', id: SERVER, server: SERVER } as const;
    await engine.settings.set(level, 'turnsPerServerDay', 1);
    await hear('Tom?');
    await hear('Tom?');
    expect(turns()).toBe(1);
    await engine.settings.set(level, 'turnsPerServerDay', 2);
    await hear('Tom?');
    expect(turns()).toBe(2);
    await engine.settings.set(level, 'turnsPerServerDay', 0);
    await hear('Tom?');
    expect(turns()).toBe(2);
    expect(notices().some((text) => text.includes('in this server'))).toBe(true);
  });
});

test('at 80 % people are warned once, and moderators read it in their log', async () => {
  const { engine, hear, notices } = await channel({
    limits: { turnsPerSceneDay: 10, turnsPerPlayerHour: 100 },
  });
  for (let i = 0; i < 9; i += 1) await hear('Tom?');
  expect(notices('info')).toEqual([
    '8 of 10 of this scene’s turns for today are used. They are counted anew on 2026-11-27 at 00:00 UTC (in 11 hours).',
  ]);
  await engine.audit.settled();
  const entries = await engine.audit.recent(SERVER);
  expect(entries.filter(({ kind }) => kind === 'budget')).toHaveLength(1);
});

describe('tokens', () => {
  test('are told by model with what they cost', async () => {
    const { engine, hear, later } = await channel();
    await hear('Tom?');
    await hear('Tom?');
    later(24 * HOUR);
    await hear('Tom?');
    const { today, month, currency } = await engine.budgets.usage(SERVER);
    const one = { model: 'counting', promptTokens: 100, cachedTokens: 40, completionTokens: 10 };
    const cost = (60 + 4 + 100) / 1_000_000;
    expect(today.turns).toBe(1);
    expect(today.byModel).toEqual([{ ...one, cost: expect.closeTo(cost, 12) }]);
    expect(month.turns).toBe(3);
    expect(month.byModel).toEqual([
      {
        model: 'counting',
        promptTokens: 300,
        cachedTokens: 120,
        completionTokens: 30,
        cost: expect.closeTo(3 * cost, 12),
      },
    ]);
    expect(currency).toBe('EUR');
    later(31 * 24 * HOUR);
    expect((await engine.budgets.usage(SERVER)).month).toEqual({ turns: 0, byModel: [] });
  });

  test('of an answer that breaks off are estimated; who does not answer is not paid', async () => {
    const broken = counting({
      async *stream() {
        yield { type: 'text', text: 'x'.repeat(400) };
        throw new ModelError('broken-stream', 'broke off', { retryable: false });
      },
    });
    const one = await channel({ actor: broken });
    await one.hear('Tom?');
    const [spent] = (await one.engine.budgets.usage(SERVER)).today.byModel;
    expect(spent?.completionTokens).toBe(100);
    expect(spent?.promptTokens).toBeGreaterThan(50);
    const silent = counting({
      // biome-ignore lint/correctness/useYield: it fails before it says anything
      async *stream() {
        throw new ModelError('unreachable', 'nobody there', { retryable: false });
      },
    });
    const two = await channel({ actor: silent });
    await two.hear('Tom?');
    expect((await two.engine.budgets.usage(SERVER)).today.byModel).toEqual([]);
  });

  test('of drafts that are thrown away count, and of swipes', async () => {
    let asked = 0;
    const usage = {
      model: 'counting',
      promptTokens: 50,
      cachedTokens: 0,
      completionTokens: 5,
      msToFirst: 0,
      msToLast: 0,
    };
    const unusable = counting({
      async *stream() {
        asked += 1;
        yield {
          type: 'text',
          text: asked === 1 ? '<system_thinking>nothing</system_thinking>' : 'Well met.',
        };
        yield { type: 'end', reason: 'stop', usage };
      },
    });
    const { engine, hear, place } = await channel({ actor: unusable });
    await hear('Tom?');
    expect(asked).toBeGreaterThan(1);
    const { meters } = await engine.budgets.quota(place, MARA.id);
    expect(meters.find(({ name }) => name === 'tokensPerPlayerHour')?.used).toBe(55 * asked);
    expect(meters.find(({ name }) => name === 'turnsPerPlayerHour')?.used).toBe(1);
  });
});

test('where no person was active for long the cast does not go on; a line wakes it', async () => {
  async function talk(restAfterMs: number) {
    const table = await channel({
      actor: slow(() => table.later(70_000)),
      limits: { restAfterMs, turnsPerLine: 6 },
      preset: 'lively',
    });
    await table.hear('Tom, Ines!');
    return table;
  }
  const awake = (await talk(86_400_000)).turns();
  const { hear, turns } = await talk(60_000);
  expect(awake).toBeGreaterThan(1);
  expect(turns()).toBe(1);
  await hear('Tom, Ines!');
  expect(turns()).toBe(2);
});

test('a budget is still used up after a restart', async () => {
  const store = await openStore('memory:');
  stores.push(store);
  const limits = { turnsPerServerDay: 1 };
  const first = await channel({ limits, store });
  await first.hear('Tom?');
  await first.engine.close();
  const second = await channel({ limits, store, id: 'discord:c2' });
  await second.hear('Tom?');
  expect(second.turns()).toBe(0);
});

test('on this machine nothing is counted', async () => {
  const house = await playHouse({
    models: { actor: counting() },
    limits: { turnsPerServerDay: 0, linesPerPlayerHour: 0 },
  });
  await house.engine.start({
    id: 'web:one',
    stage: 'web',
    setting: 'A quay.',
    cast: ['tom'],
    owner: MARA,
    preset: 'called-only',
  });
  await house.engine.hear('web:one', { player: MARA, text: 'Tom?' });
  await house.engine.idle('web:one');
  expect(house.stage.lines().filter((line) => line.startsWith('Tom')).length).toBeGreaterThan(0);
  expect(house.stage.notices).toEqual([]);
});
