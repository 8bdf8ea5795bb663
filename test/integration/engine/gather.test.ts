import { describe, expect, test } from 'vitest';
import { createHandClock } from '../../support/hand-clock.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { scriptedModel } from '../../support/scripted-model.ts';

async function onDiscord(limits: Record<string, number> = {}) {
  const clock = createHandClock();
  const model = scriptedModel({});
  const stage = createRecordingStage('discord', true);
  const house = await playHouse({
    models: { actor: model, director: model },
    stage,
    clock,
    limits: { gatherMs: 2500, gatherCapMs: 20_000, ...limits },
  });
  const { engine } = house;
  await engine.start({
    id: SCENE,
    stage: 'discord',
    server: 's1',
    owner: OWNER,
    cast: ['wenna', 'tom'],
    preset: 'called-only',
    seed: 1,
  });
  await engine.idle(SCENE);
  let messages = 0;
  const say = (text: string) => engine.hear(SCENE, { player: OWNER, text, source: `m${++messages}` });
  const answers = () => model.asked.filter(({ of }) => of !== 'director').length;
  return { ...house, clock, model, say, answers };
}

describe('lines in a burst', () => {
  test('are answered once, a moment after the last of them', async () => {
    const { engine, clock, say, answers } = await onDiscord();
    await say('Tom, a word.');
    await clock.pass(2000);
    await say('It is about the boat.');
    await clock.pass(2000);
    expect(answers()).toBe(0);
    await clock.pass(600);
    await engine.idle(SCENE);
    expect(answers()).toBe(1);
  });

  test('wait for who is still typing, and not for ever', async () => {
    const { engine, clock, say, answers } = await onDiscord();
    await say('Tom, listen.');
    for (let typed = 0; typed < 3; typed += 1) {
      await clock.pass(2000);
      engine.playerTyping(SCENE, OWNER.id);
    }
    await clock.pass(2000);
    expect(answers()).toBe(0);
    await clock.pass(12_000);
    await engine.idle(SCENE);
    expect(answers()).toBe(1);
  });

  test('whose typing has come as a line keeps nobody waiting any more', async () => {
    const { engine, clock, say, answers } = await onDiscord();
    await say('Good evening.');
    await clock.pass(60_000);
    await engine.idle(SCENE);
    const before = answers();
    engine.playerTyping(SCENE, OWNER.id);
    await clock.pass(1000);
    await say('Tom?');
    await clock.pass(2600);
    await engine.idle(SCENE);
    expect(answers()).toBe(before + 1);
  });

  test('who is not in the scene keeps nobody waiting', async () => {
    const { engine, clock, say, answers } = await onDiscord();
    await say('Tom?');
    engine.playerTyping(SCENE, 'stranger');
    await clock.pass(2600);
    await engine.idle(SCENE);
    expect(answers()).toBe(1);
  });

  test('are answered at once where somebody calls a turn, and not at all after /stop', async () => {
    const { engine, clock, say, answers } = await onDiscord();
    await say('Tom?');
    await engine.next(SCENE, 'wenna');
    await engine.idle(SCENE);
    // Wenna, who was called by hand; then Tom, who was called by name.
    expect(answers()).toBe(2);
    await say('Tom, again?');
    expect(await engine.stop(SCENE)).toBe(true);
    await clock.pass(30_000);
    await engine.idle(SCENE);
    expect(answers()).toBe(2);
  });

  test('are not lost where the process ends before they are answered', async () => {
    const { engine, store, stage, say } = await onDiscord();
    await say('Tom, before the lights go out?');
    await engine.close();
    const model = scriptedModel({});
    const again = await playHouse({ store, stage, models: { actor: model, director: model } });
    await again.engine.resume(SCENE);
    await again.engine.idle(SCENE);
    expect(model.asked.map(({ of }) => of)).toEqual(['Tom Reddick']);
  });
});
