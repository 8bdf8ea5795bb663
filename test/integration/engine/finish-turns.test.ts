import { expect, test } from 'vitest';
import type { LogFacts } from '../../../src/log.ts';
import { heldModel } from '../../support/held-model.ts';
import { OWNER, playHouse, SCENE, untilAborted } from '../../support/play-house.ts';

const TURN = '<role_thinking>MIND-CANARY</role_thinking>Aye.';

async function asked(change: Parameters<typeof playHouse>[0] = {}) {
  const actor = heldModel();
  const house = await playHouse({ models: { actor }, ...change });
  await house.engine.start({
    id: SCENE,
    stage: 'web',
    owner: OWNER,
    cast: ['tom'],
    setting: 'A quay.',
    preset: 'called-only',
    seed: 1,
  });
  await house.engine.idle(SCENE);
  await house.engine.hear(SCENE, { player: OWNER, text: 'Tom?' });
  await actor.asked(1);
  return { ...house, actor };
}

test('the turn in the making is finished, and none begins after it', async () => {
  const { engine, stage, actor } = await asked();
  expect(engine.busyness()).toEqual({ awake: 1, making: 1, waiting: 0 });
  const closed = engine.close({ finishMs: 1000 });
  // Heard and recorded, without breaking in.
  expect(await engine.hear(SCENE, { player: OWNER, text: 'Tom, and you?' })).toMatchObject({ heard: true });
  await expect(engine.next(SCENE, 'tom')).rejects.toThrow('I am just being started anew.');
  actor.answer(1, TURN);
  await closed;
  expect(actor.aborted()).toBe(0);
  expect(stage.lines().at(-1)).toContain('Aye.');
  await expect(engine.hear(SCENE, { player: OWNER, text: 'Tom?' })).rejects.toThrow();
});

test('what was said meanwhile is answered after the next start, once', async () => {
  const { engine, actor, store } = await asked();
  const closed = engine.close({ finishMs: 1000 });
  await engine.hear(SCENE, { player: OWNER, text: 'Tom, and you?' });
  actor.answer(1, TURN);
  await closed;

  const next = heldModel();
  next.answer(1, '<role_thinking>MIND-CANARY</role_thinking>I do.');
  const again = await playHouse({ models: { actor: next }, store });
  await again.engine.resume(SCENE);
  await again.engine.idle(SCENE);
  expect(again.stage.lines().at(-1)).toContain('I do.');
  await again.engine.close();
  const lines = await Array.fromAsync(store.read(`${SCENE}#1`));
  expect(lines.filter(({ kind }) => kind === 'line')).toHaveLength(5);

  // And a scene that came to rest stays there.
  const third = await playHouse({ models: { actor: heldModel() }, store });
  expect(await third.engine.resume(SCENE)).toBe(false);
});

test('one that takes too long is broken off, and made after the next start', async () => {
  const warned: [string, LogFacts | undefined][] = [];
  const log = {
    debug: () => {},
    info: () => {},
    warn: (event: string, facts?: LogFacts) => void warned.push([event, facts]),
    error: () => {},
  };
  const clock = {
    now: () => 1_700_000_000_000,
    sleep: (ms: number, signal: AbortSignal) => (ms === 7 ? Promise.resolve() : untilAborted(signal)),
  };
  const { engine, actor, store } = await asked({ clock, log });
  await engine.close({ finishMs: 7 });
  expect(actor.aborted()).toBe(1);
  expect(warned).toEqual([['turns-broken-off', { turns: 1 }]]);

  const next = heldModel();
  next.answer(1, TURN);
  const again = await playHouse({ models: { actor: next }, store });
  await again.engine.resume(SCENE);
  await again.engine.idle(SCENE);
  expect(again.stage.lines().at(-1)).toContain('Aye.');
  await again.engine.close();
});
