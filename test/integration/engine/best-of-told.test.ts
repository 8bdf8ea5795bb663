import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spentWords } from '../../../commands/usage.ts';
import { describeScene } from '../../../src/engine/command/describe-scene.ts';
import { madeWords } from '../../../src/engine/command/made-words.ts';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../../src/model/openai-model.ts';
import { render } from '../../../src/words/render.ts';
import type { Text } from '../../../src/words/text.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { BY, bestOfHouse, SERVER } from '../../support/best-of-house.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { JUDGE_WORDS } from '../../support/judging-model.ts';
import { SCENE } from '../../support/play-house.ts';

const english = (text: Text) => render(text, 'en');
const best = (n: number) => `<role_thinking>T-${n}</role_thinking>Draft ${n}${n === 1 ? ' BEST' : ''}.`;

describe('“Why this?”', () => {
  async function why(house: Awaited<ReturnType<typeof bestOfHouse>>): Promise<string> {
    const n = (await house.engine.past.swipes(SCENE))?.n ?? 0;
    return english(madeWords(n, await house.engine.why(SCENE, n, BY)));
  }

  test('names the judge, of how many, and the principle that decided by the name it bears now', async () => {
    const house = await bestOfHouse({ drafts: best });
    await house.say('Tom?');
    const told = await why(house);
    expect(told).toMatch(/judge-1 chose it among 3 drafts\. What decided: “.+”\./);
    const names = (await house.engine.principles.of(SERVER)).map(({ name }) => name);
    expect(names).toContain(/What decided: “(.+?)”/.exec(told)?.[1]);
    expect(told).toContain('Choosing added 0.0 s.');
    expect(told).not.toMatch(new RegExp(`${JUDGE_WORDS}|T-\\d`));
  });

  test('names a server’s own principle; taken away since, only its dimension is told', async () => {
    const house = await bestOfHouse({ drafts: best, engine: { principles: [] } });
    const own = await house.engine.principles.add(SERVER, 'Keep everyone proud and short of words.', BY);
    await house.say('Tom?');
    expect(await why(house)).toContain(`What decided: “${own.name}”`);
    await house.engine.principles.remove(SERVER, own.id, BY);
    const later = await why(house);
    expect(later).toContain('What decided: “');
    expect(later).not.toContain(own.name);
  });

  // What a judge decided by may follow from what it read: the speaker's thoughts, whispers to it.
  test('a server’s own principle answers no questions about what is hidden from who asks', async () => {
    for (const peek of ['nobody', 'owner'] as const) {
      const house = await bestOfHouse({ drafts: best, engine: { limits: { peek } } });
      const own = await house.engine.principles.add(
        SERVER,
        'Weigh whether the speaker was whispered 4711.',
        BY,
      );
      await house.say('Tom?');
      await house.engine.principles.remove(SERVER, own.id, BY);
      const told = await why(house);
      expect(told).toContain('judge-1 chose it among 3 drafts.');
      expect(told.includes('What decided')).toBe(peek === 'owner');
    }
  });

  test.each([
    ['tie', () => 'tie' as const, 'judge-1 found no other better'],
    ['failure', () => ({ answers: 'I cannot tell.' }), 'judge-1 gave no verdict'],
  ])('tells of a %s', async (_, judges, words) => {
    const house = await bestOfHouse({ judges });
    await house.say('Tom?');
    expect(await why(house)).toContain(`Of 3 drafts the earlier stands: ${words}.`);
  });

  test('holds no word of the judge’s, nor does anything that is stored, shown or logged', async () => {
    const house = await bestOfHouse({ drafts: best });
    await house.say('Tom?');
    const audit = await house.engine.audit.recent(SERVER);
    const { shown, notices } = house.stage;
    const everything = JSON.stringify([await house.log(), audit, shown, notices, house.logged]);
    expect(everything).not.toContain(JUDGE_WORDS);
  });
});

test('/scene info says of how many drafts a turn is the best', async () => {
  const { engine } = await bestOfHouse({ bestOf: 3 });
  const info = await engine.info(SCENE);
  expect(info && english(describeScene(info))).toContain('Each turn is the best of 3 drafts');
});

describe('/usage', () => {
  const prices = {
    'actor-1': { prompt: 1, cached: 0.5, completion: 10 },
    'judge-1': { prompt: 2, cached: 1, completion: 20 },
  };

  test('tells what choosing cost beyond the turns: the drafts that lost and the judge', async () => {
    const clock = createHandClock(Date.UTC(2026, 10, 26, 12));
    const house = await bestOfHouse({
      drafts: best,
      judges: async (first) => {
        await clock.pass(500);
        return first.includes('BEST') ? 'first' : 'second';
      },
      engine: { prices, currency: 'EUR', clock },
    });
    await house.say('Tom?');
    const { today, month } = await house.engine.budgets.usage(SERVER);
    expect(month).toEqual(today);
    expect(today.turns).toBe(1);
    // Each request reads 100 tokens, 40 of them from the cache, and writes 10.
    expect(today.byModel.map(({ model, promptTokens }) => [model, promptTokens])).toEqual([
      ['actor-1', 300],
      ['judge-1', 400],
    ]);
    expect(today.judging).toMatchObject({ turns: 1, drafts: 3, pairs: 2, tokens: 2 * 110 + 4 * 110 });
    const each = { actor: (60 + 40 * 0.5 + 10 * 10) / 1e6, judge: (60 * 2 + 40 + 10 * 20) / 1e6 };
    expect(today.judging?.cost).toBeCloseTo(2 * each.actor + 4 * each.judge, 12);
    expect(today.judging?.ms).toBeGreaterThan(0);

    const told = english(spentWords(today, 'EUR'));
    expect(told).toMatch(/best of several: 1 turn chosen among 3 drafts in 2 comparisons, \d\.\d s longer$/m);
    expect(told).toMatch(/of the tokens above 660 for drafts that lost and for the judge, \S+ EUR/);
  });

  test('says nothing of it where each turn is one draft', async () => {
    const { engine, say } = await bestOfHouse({ bestOf: 1 });
    await say('Tom?');
    expect((await engine.budgets.usage(SERVER)).today).not.toHaveProperty('judging');
  });

  test('budgets of tokens count all drafts and the judge', async () => {
    const house = await bestOfHouse({ drafts: best, engine: { limits: { tokensPerPlayerHour: 700 } } });
    await house.say('Tom?');
    await house.say('Ines?');
    expect(house.actor.asked).toHaveLength(3);
    expect(house.stage.notices.filter(({ kind }) => kind === 'limit')).toHaveLength(1);
  });
});

describe('over the wire', () => {
  let double: ModelDouble;
  beforeAll(async () => {
    double = await startModelDouble({ judge: 'longer' });
  });
  afterAll(() => double.close());

  test('N drafts and two requests for each pair, with the server’s own figures; no plan and no verdict leaks', async () => {
    const open = (name: string) =>
      createOpenAiModel(
        modelSettingsSchema.parse({ name, baseUrl: double.url, attempts: 1, timeoutMs: 5000 }),
      );
    const models = { actor: open('actor-1'), judge: open('judge-1') };
    const house = await bestOfHouse({ bestOf: 3, engine: { models } });
    await house.say('Tom?');
    await house.say('Ines, and you?');
    const turns = double.prompts.filter(({ body }) => body.model === 'actor-1');
    const verdicts = double.prompts.filter(({ body }) => body.model === 'judge-1');
    expect([turns.length, verdicts.length]).toEqual([6, 8]);
    expect(await house.engine.past.swipes(SCENE)).toMatchObject({ versions: 3 });
    const judged = (await house.log()).flatMap((beat) =>
      beat.kind === 'line' && beat.made?.judged ? [beat.made.judged] : [],
    );
    expect(judged.map(({ outcome, pairs }) => [outcome, pairs])).toEqual([
      ['won', 2],
      ['won', 2],
    ]);
    for (const { body, promptText } of double.prompts) {
      for (const canary of [...double.canaries.plan, ...double.canaries.judge]) {
        expect(promptText).not.toContain(canary);
      }
      for (const { speaker, canary } of double.canaries.thought) {
        const owner = promptText.includes(`${speaker} works at the harbour. PRIVATE`);
        if (!owner) expect(promptText, `${body.model} reads a thought of ${speaker}`).not.toContain(canary);
      }
    }
    const stored = JSON.stringify([await house.log(), house.stage.shown, house.logged]);
    for (const canary of [...double.canaries.plan, ...double.canaries.judge])
      expect(stored).not.toContain(canary);
    const { today } = await house.engine.budgets.usage(SERVER);
    expect(today.judging).toMatchObject({ turns: 2, drafts: 6, pairs: 4 });
    const all = today.byModel.reduce((sum, one) => sum + one.promptTokens + one.completionTokens, 0);
    expect(today.judging?.tokens).toBeLessThan(all);
    expect(today.judging?.tokens).toBeGreaterThan(all / 2);
  });
});
