import { describe, expect, test } from 'vitest';
import { ModelError } from '../../../src/model/chat-model.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { bestOfHouse } from '../../support/best-of-house.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { prefersWord } from '../../support/judging-model.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { scriptedModel } from '../../support/scripted-model.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

const lost = new ModelError('server-error', 'It fell over.', { retryable: true });

/** What becomes of a machine's time: its battery was empty, its owner mended it, a host was moved. */
const JUMPS = [
  ['an hour back', -HOUR],
  ['a day back', -DAY],
  ['an hour on', HOUR],
  ['a day on', DAY],
] as const;

async function onDiscord() {
  const clock = createHandClock();
  const model = scriptedModel({});
  const house = await playHouse({
    models: { actor: model, director: model },
    stage: createRecordingStage('discord', true),
    clock,
    limits: { gatherMs: 2500, gatherCapMs: 20_000 },
  });
  await house.engine.start({
    id: SCENE,
    stage: 'discord',
    server: 's1',
    owner: OWNER,
    cast: ['wenna', 'tom'],
    preset: 'called-only',
    seed: 1,
  });
  await house.engine.idle(SCENE);
  let messages = 0;
  return {
    ...house,
    clock,
    say: (text: string) => house.engine.hear(SCENE, { player: OWNER, text, source: `m${++messages}` }),
    answers: () => model.asked.filter(({ of }) => of !== 'director').length,
    log: () => Array.fromAsync(house.store.read(`${SCENE}#1`)),
  };
}

describe.each(JUMPS)('where the time is set %s', (_what, ms) => {
  test('while lines are gathered, they are answered as soon as ever', async () => {
    const { engine, clock, say, answers } = await onDiscord();
    await say('Tom, a word.');
    await clock.pass(SECOND);
    clock.set(ms);
    await clock.pass(2 * SECOND);
    await engine.idle(SCENE);
    expect(answers()).toBe(1);
    await say('Wenna, and you?');
    await clock.pass(3 * SECOND);
    await engine.idle(SCENE);
    expect(answers()).toBe(2);
  });

  test('while somebody types, they are waited for no longer than ever', async () => {
    const { engine, clock, say, answers } = await onDiscord();
    await say('Tom, listen.');
    await clock.pass(SECOND);
    engine.playerTyping(SCENE, OWNER.id);
    clock.set(ms);
    await clock.pass(5 * SECOND);
    expect(answers()).toBe(0);
    await clock.pass(6 * SECOND);
    await engine.idle(SCENE);
    expect(answers()).toBe(1);
  });

  test('while drafts are compared, the one that is chosen is recorded, and its log can be read', async () => {
    const clock = createHandClock();
    const { say, lines, log, engine, store } = await bestOfHouse({
      drafts: (n) => `Draft ${n}${n === 1 ? ' BEST' : ''}.`,
      judges(first, second) {
        clock.set(ms);
        return prefersWord('BEST')(first, second);
      },
      engine: { clock },
    });
    await say('Tom?');
    expect(lines()).toHaveLength(2);
    const line = (await log()).find((beat) => beat.kind === 'line' && beat.made?.judged !== undefined);
    expect(line).toMatchObject({ made: { judged: { ms: 0 } } });
    await engine.close();
    const again = await playHouse({ store, stage: createRecordingStage('discord', true) });
    expect(await again.engine.resume(SCENE)).toBeDefined();
    expect((await again.engine.info(SCENE))?.record.status).toBe('playing');
  });

  test('after a judge was silent, it is asked again in a minute', async () => {
    const clock = createHandClock();
    let silent = true;
    const { say, actor } = await bestOfHouse({
      judges: () => (silent ? lost : 'first'),
      engine: { clock },
    });
    await say('Tom?');
    silent = false;
    clock.set(ms);
    await clock.pass(61 * SECOND);
    const before = actor.asked.length;
    await say('Tom?');
    expect(actor.asked.length - before).toBe(3);
  });

  test('scenes at rest leave memory as ever', async () => {
    const clock = createHandClock();
    const store = await openStore('memory:');
    let reads = 0;
    const house = await playHouse({
      store: {
        ...store,
        read(log, from = 1) {
          if (from === 1 && log === 'web:a#1') reads += 1;
          return store.read(log, from);
        },
      },
      mostAtRest: 1,
      clock,
      models: { actor: answeringModel() },
    });
    const { engine } = house;
    for (const id of ['web:a', 'web:b']) {
      await engine.start({ id, stage: 'web', owner: OWNER, cast: ['wenna'], preset: 'called-only', seed: 1 });
      await engine.idle(id);
    }
    clock.set(ms);
    await clock.pass(2 * 60 * SECOND);
    await engine.hear('web:b', { player: OWNER, text: 'Wenna?' });
    await engine.idle('web:b');
    const before = reads;
    await engine.hear('web:a', { player: OWNER, text: 'Wenna?' });
    await engine.idle('web:a');
    expect(reads - before).toBeGreaterThan(0);
    await engine.close();
  });
});

test.each([
  ['an hour', { turnsPerPlayerHour: 1 }, HOUR],
  ['a day', { turnsPerSceneDay: 1 }, DAY],
])(
  'a budget that was used up %s ahead stops nobody unsaid once the time is right again',
  async (_what, limits, ms) => {
    const clock = createHandClock();
    const stage = createRecordingStage('discord');
    const { engine } = await playHouse({ stage, clock, limits, models: { actor: answeringModel() } });
    await engine.start({
      id: SCENE,
      stage: 'discord',
      server: 's1',
      owner: OWNER,
      cast: ['tom'],
      preset: 'called-only',
    });
    const stops = async () => {
      for (const text of ['Tom?', 'Tom!']) {
        await engine.hear(SCENE, { player: OWNER, text });
        await engine.idle(SCENE);
      }
      return stage.notices.filter(({ kind }) => kind === 'limit').length;
    };
    clock.set(ms);
    expect(await stops()).toBe(1);
    clock.set(-ms);
    expect(await stops()).toBe(2);
  },
);

test('beats that are told to be older than those before them stay in their order, and are read so', async () => {
  const { engine, clock, say, log, store } = await onDiscord();
  for (const ms of [0, -DAY, 2 * DAY, -HOUR]) {
    clock.set(ms);
    await say('Tom?');
    await clock.pass(3 * SECOND);
    await engine.idle(SCENE);
  }
  const before = await log();
  expect(before.map(({ n }) => n)).toEqual(before.map((_beat, place) => place + 1));
  expect(before.filter((beat) => beat.kind === 'line' && beat.source !== undefined)).toHaveLength(4);
  const turns = (await engine.info(SCENE))?.beats;
  await engine.close();
  const again = await playHouse({ store, stage: createRecordingStage('discord', true), clock });
  await again.engine.resume(SCENE);
  await again.engine.idle(SCENE);
  expect((await again.engine.info(SCENE))?.beats).toBe(turns);
});
