import { describe, expect, test } from 'vitest';
import { ModelError } from '../../../src/model/chat-model.ts';
import type { ModerationModel } from '../../../src/model/moderation-model.ts';
import { render } from '../../../src/words/render.ts';
import { playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { answers, FERRY_TEXT, ferryCard, fieldAsked, found } from '../../unit/enrich/ferry.ts';
import { CARRIED, SCAR } from '../../unit/enrich/findings.ts';

const DESK = { by: { id: 'p1', moderator: true } } as const;
const AT_SERVER = { ...DESK, server: 's1' } as const;
const { signal } = new AbortController();
const model = () => answers({ description: found(SCAR), background: found(CARRIED) });

/** A server that lets a person take so many tokens an hour. */
async function atServer(most: number, narrator = model()) {
  const house = await playHouse({
    stage: createRecordingStage('discord'),
    listedServers: ['s1'],
    models: { narrator },
  });
  const level = { level: 'server', id: 's1', server: 's1' } as const;
  await house.engine.settings.set(level, 'tokensPerPlayerHour', most);
  return house;
}

describe('setting completion by the engine', () => {
  test('proposes by the narrator’s model, and keeps nothing', async () => {
    const narrator = model();
    const actor = model();
    const { engine, store } = await playHouse({ models: { narrator, actor } });
    const { changes } = await engine.cards.enrich(DESK, ferryCard(), FERRY_TEXT, signal);
    expect(changes.map(({ field }) => field)).toEqual(['description', 'background']);
    expect(narrator.asked.length).toBeGreaterThan(0);
    expect(actor.asked).toEqual([]);
    expect(await Array.fromAsync(store.ids('card'))).toEqual([]);
    expect(await Array.fromAsync(store.ids('scene'))).toEqual([]);
    await engine.close();
  });

  test('says so where no model plays', async () => {
    const { engine } = await playHouse();
    await expect(engine.cards.enrich(DESK, ferryCard(), '', signal)).rejects.toThrow('No model plays here');
    await engine.close();
  });

  test('counts what it takes to who asked, and stops where nothing is left', async () => {
    const { engine } = await atServer(5);
    const { changes, dropped } = await engine.cards.enrich(AT_SERVER, ferryCard(), FERRY_TEXT, signal);
    // Two tokens a request: the third goes over.
    expect(changes.map(({ field }) => field)).toEqual(['description', 'background']);
    expect(dropped).toHaveLength(1);
    const { meters } = await engine.budgets.quota(
      { stage: 'discord', server: 's1', scene: 'discord:' },
      'p1',
    );
    expect(meters.find(({ name }) => name === 'tokensPerPlayerHour')?.used).toBe(6);
    expect(meters.find(({ name }) => name === 'turnsPerServerDay')?.used).toBe(1);
    const again = engine.cards.enrich(AT_SERVER, ferryCard(), FERRY_TEXT, signal);
    await expect(again).rejects.toThrow(render(dropped[0] ?? ''));
    await engine.close();
  });

  test('a text beyond measure is not taken in', async () => {
    const narrator = model();
    const { engine } = await playHouse({ models: { narrator } });
    const long = engine.cards.enrich(DESK, ferryCard(), 'a '.repeat(200_000), signal);
    await expect(long).rejects.toThrow('too long');
    expect(narrator.asked).toEqual([]);
    await engine.close();
  });

  test('what the place does not let through goes neither in nor out', async () => {
    const narrator = model();
    const moderation: ModerationModel = {
      name: 'guard',
      check: async (text) => ({
        flagged: /carried her brother|FORBIDDEN/u.test(text),
        categories: ['violence'],
      }),
    };
    const { engine } = await playHouse({
      stage: createRecordingStage('discord'),
      listedServers: ['s1'],
      models: { narrator },
      moderation,
    });
    const { changes, dropped } = await engine.cards.enrich(AT_SERVER, ferryCard(), FERRY_TEXT, signal);
    expect(changes.map(({ field }) => field)).toEqual(['description']);
    expect(dropped.map((line) => render(line))).toEqual([
      expect.stringContaining('Background: the moderation model'),
    ]);
    const asked = narrator.asked.length;
    await expect(engine.cards.enrich(AT_SERVER, ferryCard(), 'FORBIDDEN', signal)).rejects.toThrow();
    expect(narrator.asked).toHaveLength(asked);
    await engine.close();
  });

  test('a model that does not answer is told in one line, without its address', async () => {
    const silent = {
      ...model(),
      // biome-ignore lint/correctness/useYield: it never answers
      async *stream() {
        throw new ModelError('unreachable', 'http://10.0.0.1 is not there', { retryable: true });
      },
    };
    const { engine } = await playHouse({ models: { narrator: silent } });
    const failed = engine.cards.enrich(DESK, ferryCard(), '', signal);
    await expect(failed).rejects.toThrow('The model does not answer now. Try again in a while.');
    await engine.close();
  });

  test('the public sheet is asked for without what is private', async () => {
    const narrator = model();
    const { engine } = await playHouse({ models: { narrator } });
    const card = ferryCard({
      extensions: { dramatis: { motivation: 'I hide Pell. MOTIVE-CANARY', background: 'PAST-CANARY' } },
    });
    await engine.cards.enrich(DESK, card, FERRY_TEXT, signal);
    const sheet = narrator.asked.find((request) => fieldAsked(request) === 'public_sheet');
    expect(sheet).toBeDefined();
    expect(JSON.stringify(sheet?.messages)).not.toMatch(/CANARY|deserted/u);
    await engine.close();
  });
});
