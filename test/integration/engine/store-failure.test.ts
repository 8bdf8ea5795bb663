import { describe, expect, test } from 'vitest';
import { PlayerError } from '../../../src/errors.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { type SceneStore, StoreError } from '../../../src/store/scene-store.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { failingStore } from '../../support/failing-store.ts';
import { OWNER, playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

const id = 'discord:c1';
const CAST = ['wenna', 'tom', 'ines'];

describe('a store that fails once, at any request', () => {
  test('costs a turn at most: memory and log agree, nothing is shown twice, the scene goes on', async () => {
    const whole = await evening(Number.POSITIVE_INFINITY);
    expect(whole.requests).toBeGreaterThan(50);
    for (let at = 1; at <= whole.requests; at += 1) {
      const { beats, log, shown, minds, mindsAgain, answered, errors } = await evening(at);
      const where = `request ${at} of ${whole.requests}`;
      expect(beats, where).toBe(log);
      expect(shown, where).toEqual([...new Set(shown)]);
      expect(minds, where).toEqual(mindsAgain);
      expect(answered, where).toBe(true);
      expect(
        errors.every((error) => error instanceof StoreError),
        `${where}: ${errors}`,
      ).toBe(true);
    }
  });
});

async function evening(at: number) {
  const sound = await openStore('memory:');
  const store = failingStore(sound, at);
  const stage = createRecordingStage('discord', true);
  const models = { actor: answeringModel(), director: answeringModel(), narrator: answeringModel() };
  const { engine } = await playHouse({ store, stage, models });
  const errors: unknown[] = [];

  /** Whoever asked for something that failed asks again. */
  async function insist(task: () => Promise<unknown>): Promise<void> {
    for (let tries = 0; tries < 3; tries += 1) {
      try {
        await task();
        break;
      } catch (error) {
        // Came in, and only the greeting was lost.
        if (error instanceof PlayerError && error.message.includes('is in the scene already')) break;
        errors.push(error);
      }
    }
    await engine.idle(id).catch((error: unknown) => errors.push(error));
  }

  const start = {
    id,
    stage: 'discord',
    server: 's1',
    owner: OWNER,
    cast: ['wenna', 'tom'],
    seed: 3,
  } as const;
  await insist(() => engine.start(start));
  await insist(() => engine.hear(id, { player: OWNER, text: 'Good evening, all.', source: 'm1' }));
  await insist(() => engine.summon(id, 'ines'));
  await insist(() => engine.hear(id, { player: OWNER, text: 'Tom, is there a boat?', source: 'm2' }));
  await insist(() => engine.amend(id, 'm1', 'Good morning, all.'));
  await insist(() => engine.retract(id, 'm2'));
  const before = stage.lines().length;
  await insist(() => engine.hear(id, { player: OWNER, text: 'Wenna?', source: 'm3' }));
  // A turn that came to nothing can be tried again.
  if (stage.lines().length === before) await insist(() => engine.retry(id));

  const info = await engine.info(id);
  const beats = await Array.fromAsync(sound.read(`${id}#1`));
  const said = stage.shown.filter((beat) => beat.n > (beats.find(({ source }) => source === 'm3')?.n ?? 0));
  return {
    requests: store.requests(),
    beats: info?.beats,
    log: beats.length,
    shown: stage.shown.map((beat) => beat.n),
    minds: await mindsOf(store),
    mindsAgain: await mindsOf(sound),
    answered: said.some((beat) => beat.speaker?.name === 'Old Wenna'),
    errors,
  };

  async function mindsOf(of: SceneStore): Promise<unknown> {
    const reader = of === store ? engine : (await playHouse({ store: of })).engine;
    return Promise.all(CAST.map((cardId) => reader.backstage.mind(id, cardId)));
  }
}
