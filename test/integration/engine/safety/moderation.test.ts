import { describe, expect, test } from 'vitest';
import { ModelError } from '../../../../src/model/chat-model.ts';
import type { ModerationModel } from '../../../../src/model/moderation-model.ts';
import { playHouse } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';
import { scriptedModel } from '../../../support/scripted-model.ts';
import { BAD, MARA, SCENE, scene } from './guarded-scene.ts';

describe('a moderation model', () => {
  const flags = (word: string): ModerationModel => ({
    name: 'guard',
    check: async (text) => ({
      flagged: text.includes(word),
      categories: text.includes(word) ? ['violence'] : [],
    }),
  });
  const down: ModerationModel = {
    name: 'guard',
    check: () => Promise.reject(new ModelError('unreachable', 'It is down.', { retryable: true })),
  };

  test('holds back what it flags, from characters and from people', async () => {
    const { hear, heldBack, everything } = await scene({
      turn: () => `<role_thinking>${BAD}</role_thinking>Well.`,
      rules: [],
      engine: { moderation: flags(BAD) },
    });
    expect(await hear(`A ${BAD}`)).toEqual({ heard: false, because: 'held-back' });
    expect(await hear('Good evening')).toMatchObject({ heard: true });
    expect(await heldBack()).toEqual([
      'A line of Old Wenna was held back: the moderation model (violence).',
      'What <@p1> wrote was held back: the moderation model (violence).',
    ]);
    expect(await everything()).not.toContain(BAD);
  });

  test('that does not answer holds everything back', async () => {
    let broken = false;
    const moderation: ModerationModel = {
      name: 'guard',
      check: (text, signal) => (broken ? down : flags(BAD)).check(text, signal),
    };
    const { engine, hear, heldBack, notices, stage } = await scene({
      rules: [],
      engine: { moderation },
    });
    broken = true;
    expect(await hear('Good evening.')).toEqual({ heard: false, because: 'unchecked' });
    expect(notices().join()).toContain('Try again in a while');
    const before = stage.lines();
    await engine.next(SCENE, 'wenna');
    await engine.idle(SCENE);
    expect(stage.lines()).toEqual(before);
    expect(await heldBack()).toEqual([
      'A line of Old Wenna was held back: the moderation model does not answer.',
      'What <@p1> wrote was held back: the moderation model does not answer.',
    ]);
  });

  test('is not asked where the room has it off', async () => {
    const { hear } = await scene({ rules: [], engine: { moderation: down, limits: { moderation: 'off' } } });
    expect(await hear('Good evening.')).toMatchObject({ heard: true });
  });

  test('lets no piece of a turn be shown before it has seen all of it', async () => {
    const pieces = async (moderation?: ModerationModel) => {
      const stage = createRecordingStage();
      const model = scriptedModel({ turn: () => 'Some words. <role_action>nods</role_action>' });
      const { engine } = await playHouse({
        stage,
        models: { actor: model },
        ...(moderation ? { moderation } : {}),
      });
      await engine.start({ id: 'web:one', stage: 'web', owner: MARA, cast: ['wenna'] });
      await engine.hear('web:one', { player: MARA, text: 'Wenna?' });
      await engine.idle('web:one');
      expect(stage.lines().at(-1)).toBe('Old Wenna: Some words. nods');
      return stage.pieces.filter((piece) => piece.startsWith('partial'));
    };
    expect(await pieces()).not.toEqual([]);
    expect(await pieces(flags(BAD))).toEqual([]);
  });
});
