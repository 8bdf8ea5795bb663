import { describe, expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { type SceneStore, StoreError } from '../../../src/store/scene-store.ts';
import { promptOf } from '../../support/answering-model.ts';
import { BY, bestOfHouse, type Drafts } from '../../support/best-of-house.ts';
import { createCut } from '../../support/cut.ts';
import { heldModel } from '../../support/held-model.ts';
import { OWNER, SCENE } from '../../support/play-house.ts';
import { createRecordingStage, type RecordingStage } from '../../support/recording-stage.ts';

describe('while a turn is being judged', () => {
  test('a player who breaks in ends all of it, and is answered', async () => {
    const judge = heldModel({ name: 'judge-1' });
    const { engine, actor, lines } = await bestOfHouse({ bestOf: 2, judge });
    await engine.hear(SCENE, { player: OWNER, text: 'Tom?' });
    await judge.asked(2);
    await engine.hear(SCENE, { player: OWNER, text: 'No, Ines!' });
    await judge.asked(4);
    expect(judge.aborted()).toBe(2);
    expect(actor.asked.slice(2).map(promptOf).join()).not.toContain('Draft');
    for (const n of [3, 4]) judge.answer(n, 'no verdict');
    for (const n of [5, 6]) judge.answer(n, 'none');
    await engine.idle(SCENE);
    expect(lines()).toEqual(['Mara: Tom?', 'Mara: No, Ines!', 'Ines: Draft 2.']);
  });

  test('a stop, and the end of the engine, leave nothing running and nothing written', async () => {
    for (const end of ['stop', 'close'] as const) {
      const judge = heldModel({ name: 'judge-1' });
      const { engine, log } = await bestOfHouse({ bestOf: 3, judge });
      await engine.hear(SCENE, { player: OWNER, text: 'Tom?' });
      await judge.asked(2);
      if (end === 'stop') await engine.stop(SCENE);
      else await engine.close();
      if (end === 'stop') await engine.idle(SCENE);
      expect(judge.aborted()).toBe(2);
      expect(JSON.stringify(await log())).not.toContain('Draft');
    }
  });
});

describe('versions that a judge put behind a line', () => {
  test('are there after a restart, each with its own thoughts', async () => {
    const drafts: Drafts = (n) => `<role_thinking>T-${n}</role_thinking>Draft ${n}.`;
    const before = await bestOfHouse({ bestOf: 2, drafts });
    await before.say('Tom?');
    await before.engine.close();
    const { engine, actor, judging } = await bestOfHouse({ engine: { store: before.store } });
    expect(await engine.past.swipes(SCENE)).toMatchObject({ version: 1, versions: 2 });
    const { n } = await engine.past.swipe(SCENE, 'next', BY);
    expect((await engine.backstage.thoughts(SCENE, n)).map(({ text }) => text)).toEqual(['T-1']);
    expect(actor.asked.length + judging.asked.length).toBe(0);
  });

  test('stay when the story goes back to that line, and go with it', async () => {
    const { engine, say, log } = await bestOfHouse();
    await say('Tom?');
    const n = (await engine.past.swipes(SCENE))?.n ?? 0;
    await say('Ines?');
    await engine.past.rewind(SCENE, n);
    expect(await engine.past.swipes(SCENE)).toMatchObject({ n, versions: 3 });
    await engine.retract(SCENE, `m-${SCENE}#1-${n}`);
    expect(await engine.past.swipes(SCENE)).toBeUndefined();
    expect(JSON.stringify((await log()).slice(n - 1, n + 2))).not.toMatch(/Draft/);
  });

  test('that cannot be written are fewer; the line stands and the scene goes on', async () => {
    const store = await openStore('memory:');
    let versions = 0;
    const failing: SceneStore = {
      ...store,
      append: async (scene, beat) => {
        if (beat.kind === 'line' && beat.alternativeTo !== undefined && ++versions > 1) {
          throw new StoreError('The disk is full.');
        }
        return store.append(scene, beat);
      },
    };
    const { engine, say, lines, logged } = await bestOfHouse({ engine: { store: failing } });
    await say('Tom?');
    expect(await engine.past.swipes(SCENE)).toMatchObject({ versions: 2 });
    expect(logged.filter((line) => line.startsWith('versions-not-kept'))).toHaveLength(1);
    await say('Ines?');
    expect(lines().at(-1)).toBe('Ines: Draft 3.');
  });
});

test('cut off at any moment and taken up again, a line has at worst fewer versions', async () => {
  const whole = await cutAt(Number.POSITIVE_INFINITY);
  expect(whole.versions).toBe(3);
  expect(whole.steps).toBeGreaterThan(30);
  const found = new Set<number>();
  for (let at = 1; at <= whole.steps; at += 1) {
    const again = await cutAt(at);
    expect(again.shown, `cut off at step ${at} of ${whole.steps}`).toEqual(whole.shown);
    found.add(again.versions);
  }
  expect([...found].toSorted()).toEqual([1, 2, 3]);
});

/** The same evening, of which a process saw the first `at` steps and another one the rest. */
async function cutAt(at: number) {
  const store = await openStore('memory:');
  const surface = createRecordingStage('discord', true);
  const cut = createCut(at, store, surface);
  const first = evening(cut.store, { ...surface, ...cut.stage });
  await Promise.race([cut.over, first]);
  if (cut.steps() >= at) await evening(store, surface);
  const { engine } = await bestOfHouse({ engine: { store } });
  const swipes = await engine.past.swipes(SCENE);
  return { shown: surface.lines(), versions: swipes?.versions ?? 0, steps: cut.steps() };
}

/** Nothing is counted, and a turn has the same drafts in every process. */
const evenings = { server: null, drafts: (n: number) => `Draft ${n}${n % 3 === 1 ? ' BEST' : ''}.` };

async function evening(store: SceneStore, stage: RecordingStage): Promise<void> {
  const { engine } = await bestOfHouse({ ...evenings, stage, engine: { store } });
  await engine.hear(SCENE, { player: OWNER, text: 'Tom?', source: 'm1' });
  await engine.idle(SCENE);
}
