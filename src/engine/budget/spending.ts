import { z } from 'zod';
import type { ModelUsage } from '../../model/chat-model.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { JudgedTurn, Spent, SpentJudging, Usage } from './budget-api.ts';
import { daysUpTo, keptFor } from './meters.ts';

const DAYS = 30;
const PER_MILLION = 1_000_000;
/** A list of names only; what each of them used stands in counters. */
const namesSchema = z.array(z.string()).catch([]);
const COUNTED = ['promptTokens', 'cachedTokens', 'completionTokens'] as const;
/** Of choosing among candidates. */
const CHOSEN = ['turns', 'drafts', 'pairs', 'ms'] as const;
const JUDGING = 'judging';
type Tokens = Record<(typeof COUNTED)[number], number>;

/** What each server spent on each day, by model: counters of a day each, kept for thirty. */
export function createSpending(room: EngineRoom) {
  const { store, prices = {}, currency = 'USD' } = room.options;
  const { counters } = store;
  /** Models that this process wrote down, by server. */
  const named = new Map<string, Set<string>>();

  const today = () => daysUpTo(room.clock.now(), 1)[0] ?? '';
  const kept = () => keptFor(DAYS + 1, room.clock.now());
  const key = (server: string, day: string, ...rest: readonly string[]) =>
    ['spent', server, day, ...rest].join('/');

  async function namesOf(server: string): Promise<readonly string[]> {
    return namesSchema.parse((await store.get('counter', `models/${server}`)) ?? []);
  }

  /** A model is written down before what it used, so that nothing that was counted is overlooked. */
  async function write(server: string, model: string): Promise<void> {
    const known = named.get(server) ?? new Set();
    named.set(server, known);
    if (known.has(model)) return;
    await room.counting.post(async () => {
      const names = await namesOf(server);
      if (!names.includes(model)) await store.put('counter', `models/${server}`, [...names, model]);
    });
    known.add(model);
  }

  async function sum(keys: readonly string[]): Promise<number> {
    const window = kept();
    const counted = await Promise.all(keys.map((one) => counters.get(one, window)));
    return counted.reduce((total, { used }) => total + used, 0);
  }

  /** @param within counters of what is a part of the whole */
  async function tokensOf(
    server: string,
    days: readonly string[],
    model: string,
    ...within: readonly string[]
  ): Promise<Tokens> {
    const [promptTokens, cachedTokens, completionTokens] = await Promise.all(
      COUNTED.map((what) => sum(days.map((day) => key(server, day, ...within, what, model)))),
    );
    return {
      promptTokens: promptTokens ?? 0,
      cachedTokens: cachedTokens ?? 0,
      completionTokens: completionTokens ?? 0,
    };
  }

  function costOf(model: string, tokens: Tokens): { cost?: number } {
    const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
    if (!price) return {};
    const { promptTokens, cachedTokens, completionTokens } = tokens;
    const whole = (promptTokens - cachedTokens) * price.prompt + cachedTokens * price.cached;
    return { cost: (whole + completionTokens * price.completion) / PER_MILLION };
  }

  async function addTokens(
    server: string,
    usage: Tokens & { readonly model: string },
    ...within: readonly string[]
  ): Promise<void> {
    const day = today();
    await write(server, usage.model);
    for (const what of COUNTED) {
      const counter = key(server, day, ...within, what, usage.model);
      if (usage[what] > 0) await counters.add(counter, usage[what], kept());
    }
  }

  async function judging(
    server: string,
    days: readonly string[],
    models: readonly string[],
  ): Promise<{ judging?: SpentJudging }> {
    const [turns = 0, drafts = 0, pairs = 0, ms = 0] = await Promise.all(
      CHOSEN.map((what) => sum(days.map((day) => key(server, day, JUDGING, what)))),
    );
    if (turns === 0) return {};
    const used = await Promise.all(
      models.map(async (model) => {
        const tokens = await tokensOf(server, days, model, JUDGING);
        return { tokens: tokens.promptTokens + tokens.completionTokens, ...costOf(model, tokens) };
      }),
    );
    const tokens = used.reduce((total, one) => total + one.tokens, 0);
    const priced = used.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
    const cost = priced.length > 0 ? { cost: priced.reduce((total, one) => total + one, 0) } : {};
    return { judging: { turns, drafts, pairs, ms, tokens, ...cost } };
  }

  async function spent(server: string, days: readonly string[], models: readonly string[]): Promise<Spent> {
    const turns = await sum(days.map((day) => key(server, day, 'turns')));
    const byModel = await Promise.all(
      models.map(async (model) => {
        const tokens = await tokensOf(server, days, model);
        return { model, ...tokens, ...costOf(model, tokens) };
      }),
    );
    return {
      turns,
      byModel: byModel.filter((one) => one.promptTokens + one.completionTokens > 0),
      ...(await judging(server, days, models)),
    };
  }

  return {
    async turn(server: string): Promise<void> {
      await counters.add(key(server, today(), 'turns'), 1, kept());
    },
    tokens: (server: string, usage: ModelUsage) => addTokens(server, usage),
    async judged(server: string, { drafts, pairs, ms, usage }: JudgedTurn): Promise<void> {
      const day = today();
      const chosen = { turns: 1, drafts, pairs, ms: Math.round(ms) };
      const counting = CHOSEN.filter((what) => chosen[what] > 0).map((what) =>
        counters.add(key(server, day, JUDGING, what), chosen[what], kept()),
      );
      await Promise.all([...counting, ...sumsByModel(usage).map((one) => addTokens(server, one, JUDGING))]);
    },
    async of(server: string): Promise<Usage> {
      const models = await namesOf(server);
      const days = daysUpTo(room.clock.now(), DAYS);
      return {
        today: await spent(server, days.slice(0, 1), models),
        month: await spent(server, days, models),
        currency,
      };
    },
  };
}

/** All requests of a model as one. */
function sumsByModel(usage: readonly ModelUsage[]): readonly (Tokens & { readonly model: string })[] {
  const sums = new Map<string, Tokens>();
  for (const one of usage) {
    const before = sums.get(one.model);
    const sum = (what: keyof Tokens) => (before?.[what] ?? 0) + one[what];
    sums.set(one.model, {
      promptTokens: sum('promptTokens'),
      cachedTokens: sum('cachedTokens'),
      completionTokens: sum('completionTokens'),
    });
  }
  return [...sums].map(([model, tokens]) => ({ model, ...tokens }));
}
