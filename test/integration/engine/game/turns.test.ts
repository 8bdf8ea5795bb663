import { describe, expect, test } from 'vitest';
import { type ChatModel, ModelError } from '../../../../src/model/chat-model.ts';
import { answeringModel } from '../../../support/answering-model.ts';
import { createHandClock } from '../../../support/hand-clock.ts';
import { heldModel } from '../../../support/held-model.ts';
import { SCENE } from '../../../support/play-house.ts';
import { scriptedModel } from '../../../support/scripted-model.ts';
import { openTavern } from './tavern.ts';

const offline: ChatModel = {
  ...answeringModel(),
  // biome-ignore lint/correctness/useYield: it never says anything
  async *stream() {
    throw new ModelError('unreachable', 'The model is not there.', { retryable: false });
  },
};

describe('names of actions', () => {
  const turn = () =>
    '<system_thinking>A plan.</system_thinking><role_action>nod: nods once</role_action>Yes.<role_action>waves</role_action>';

  test('stand in the prompt, and on the actions that they name', async () => {
    const actor = scriptedModel({ turn });
    const { engine, stage } = await openTavern({ models: { actor } });
    await engine.game.setCues(SCENE, [{ name: 'nod' }, { name: 'wave', means: 'lifts a hand' }]);
    await engine.next(SCENE, 'tom');
    await engine.idle(SCENE);
    expect(JSON.stringify(actor.asked.at(-1)?.request)).toContain('nod, wave (lifts a hand)');
    expect(stage.shown.at(-1)?.segments).toEqual([
      { kind: 'action', text: 'nods once', cue: 'nod' },
      { kind: 'speech', text: 'Yes.' },
      { kind: 'action', text: 'waves', cue: 'wave' },
    ]);
    expect(stage.pieces).toContain('partial Tom Reddick action nods once');
    // Others perceive what was done, as before.
    expect(JSON.stringify(await engine.backstage.mind(SCENE, 'wenna'))).toContain('nods once');
  });

  test('of one character are no other’s, and an empty list ends them', async () => {
    const actor = scriptedModel({ turn });
    const { engine, stage } = await openTavern({ models: { actor } });
    await engine.game.setCues(SCENE, [{ name: 'wave' }]);
    await engine.game.setCues(SCENE, [{ name: 'nod' }], 'wenna');
    const cuesOf = async (who: string) => {
      await engine.next(SCENE, who);
      await engine.idle(SCENE);
      return stage.shown.at(-1)?.segments.flatMap(({ cue }) => cue ?? []);
    };
    expect(await cuesOf('wenna')).toEqual(['nod']);
    expect(await cuesOf('tom')).toEqual(['wave']);
    await engine.game.setCues(SCENE, [], 'wenna');
    expect(await cuesOf('wenna')).toEqual(['wave']);
    await engine.game.setCues(SCENE, []);
    expect(await cuesOf('tom')).toEqual([]);
    expect(JSON.stringify(actor.asked.at(-1)?.request)).not.toContain('Some actions have names');
  });
});

describe('a deadline', () => {
  test('is kept by a line from the card', async () => {
    const clock = createHandClock();
    const actor = heldModel();
    const { engine, stage } = await openTavern({ models: { actor }, clock });
    await engine.game.setDeadline(SCENE, 4000);
    await engine.next(SCENE, 'tom');
    await actor.asked(1);
    await clock.pass(3999);
    expect(actor.aborted()).toBe(0);
    await clock.pass(1);
    await engine.idle(SCENE);
    expect(actor.aborted()).toBe(1);
    expect(stage.shown.at(-1)).toMatchObject({
      kind: 'line',
      speaker: { name: 'Tom Reddick' },
      fallback: true,
    });
    expect(stage.shown.at(-1)?.segments.length).toBeGreaterThan(0);
  });

  test('passes over what was there in time, and over what was shown in part', async () => {
    const clock = createHandClock();
    const released = Promise.withResolvers<void>();
    const actor: ChatModel = {
      ...answeringModel(),
      async *stream() {
        yield {
          type: 'text',
          text: '<system_thinking>A plan.</system_thinking><role_action>nods</role_action>Well.<role_action>',
        };
        await released.promise;
        yield { type: 'text', text: 'goes</role_action>' };
      },
    };
    const { engine, stage } = await openTavern({ models: { actor }, clock });
    await engine.game.setDeadline(SCENE, 4000);
    await engine.next(SCENE, 'tom');
    await expect.poll(() => stage.pieces).toContain('partial Tom Reddick speech Well.');
    await clock.pass(60_000);
    released.resolve();
    await engine.idle(SCENE);
    expect(stage.shown.at(-1)?.fallback).toBeUndefined();
    expect(stage.lines().at(-1)).toBe('Tom Reddick: nods Well. goes');
  });

  test('is kept where the model cannot answer at all, or not usably', async () => {
    for (const actor of [
      offline,
      scriptedModel({ turn: () => '<role_thinking>nothing else</role_thinking>' }),
    ]) {
      const { engine, stage } = await openTavern({ models: { actor } });
      await engine.game.setDeadline(SCENE, 4000);
      await engine.next(SCENE, 'wenna');
      await engine.idle(SCENE);
      expect(stage.shown.at(-1)).toMatchObject({ kind: 'line', fallback: true });
    }
  });

  test('leaves half of it to the director, then the rules choose', async () => {
    const clock = createHandClock();
    const director = heldModel();
    const actor = scriptedModel({});
    const { engine, stage } = await openTavern({ models: { actor, director }, clock });
    await engine.game.setDeadline(SCENE, 4000);
    await engine.next(SCENE);
    await director.asked(1);
    await clock.pass(2000);
    await engine.idle(SCENE);
    expect(director.aborted()).toBe(1);
    expect(stage.shown.at(-1)?.kind).toBe('line');
    expect(stage.shown.at(-1)?.fallback).toBeUndefined();
  });

  test('ends with null', async () => {
    const clock = createHandClock();
    const actor = heldModel();
    const { engine, stage } = await openTavern({ models: { actor }, clock });
    await engine.game.setDeadline(SCENE, 4000);
    await engine.game.setDeadline(SCENE, undefined);
    await engine.next(SCENE, 'tom');
    await actor.asked(1);
    await clock.pass(5000);
    actor.answer(1, '<system_thinking>A plan.</system_thinking>There.');
    await engine.idle(SCENE);
    expect(stage.lines().at(-1)).toBe('Tom Reddick: There.');
  });
});

describe('interrupting', () => {
  test('leaves what was shown as the line, and is heard by who was there', async () => {
    const never = Promise.withResolvers<void>();
    const actor: ChatModel = {
      ...answeringModel(),
      async *stream(_request, signal) {
        signal.addEventListener('abort', () => never.reject(signal.reason), { once: true });
        yield {
          type: 'text',
          text: '<system_thinking>A plan.</system_thinking><role_thinking>SECRET</role_thinking>Well, you see.<role_action>',
        };
        await never.promise;
      },
    };
    const { engine, stage } = await openTavern({ models: { actor } });
    await engine.next(SCENE, 'tom');
    await expect.poll(() => stage.pieces).toContain('partial Tom Reddick speech Well, you see.');
    expect(await engine.game.interrupt(SCENE)).toBe(true);
    await engine.idle(SCENE);
    expect(stage.shown.at(-1)).toMatchObject({
      kind: 'line',
      cut: true,
      segments: [{ kind: 'speech', text: 'Well, you see.' }],
    });
    expect(stage.pieces).not.toContain('withdraw');
    expect(JSON.stringify(await engine.backstage.mind(SCENE, 'wenna'))).toContain('Well, you see.');
    expect(await engine.game.interrupt(SCENE)).toBe(false);
  });

  test('leaves nothing of a turn of which nothing was shown', async () => {
    const actor = heldModel();
    const { engine, stage } = await openTavern({ models: { actor } });
    await engine.next(SCENE, 'tom');
    await actor.asked(1);
    const shown = stage.shown.length;
    expect(await engine.game.interrupt(SCENE)).toBe(true);
    await engine.idle(SCENE);
    expect(stage.shown).toHaveLength(shown);
    expect(actor.aborted()).toBe(1);
  });
});
