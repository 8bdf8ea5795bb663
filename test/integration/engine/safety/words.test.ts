import { describe, expect, test } from 'vitest';
import { StageError } from '../../../../src/engine/stage.ts';
import { PlayerError } from '../../../../src/errors.ts';
import { scriptedModel } from '../../../support/scripted-model.ts';
import { smallCharacter } from '../../../support/small-library.ts';
import { BAD, MARA, RULE, SCENE, scene } from './guarded-scene.ts';

describe('a rule of words that a character’s turn breaks', () => {
  test('is kept in the director’s reason, too, which the room and /why read', async () => {
    const model = scriptedModel({ reason: `She was called ${BAD}`, next: () => 'Old Wenna' });
    const { engine, hear, everything } = await scene({
      engine: { models: { actor: model, director: model } },
    });
    await hear('Good evening.');
    const line = (await engine.replay(SCENE)).findLast(({ kind }) => kind === 'line');
    expect(line?.speaker?.name).toBe('Old Wenna');
    const why = await engine.why(SCENE, line?.n ?? 0, { id: MARA.id, moderator: true });
    expect(why?.why).toBe('Old Wenna was named by the director');
    expect(await everything()).not.toContain(BAD);
  });

  test.each([
    ['in speech', `Beware the ${BAD}!`],
    ['in an action', `<role_action>spills ${BAD}</role_action>`],
    ['in a thought, which may be peeked at', `<role_thinking>${BAD}</role_thinking>A fine evening.`],
  ])('holds it back: %s', async (_where, turn) => {
    const { hear, heldBack, notices, everything } = await scene({ turn: () => turn });
    expect(await hear('Good evening.')).toMatchObject({ heard: true });
    expect(await heldBack()).toEqual([
      'A line of Old Wenna was held back: the server’s rules of words (Sea words).',
    ]);
    expect(notices()).toContain('*the moment passes*');
    expect(await everything()).not.toContain(BAD);
  });

  test('holds back another version of a line, and the one before stands on', async () => {
    let turns = 0;
    const { engine, hear, stage } = await scene({ turn: () => (++turns > 1 ? BAD : 'First words.') });
    await hear('Good evening.');
    const swiped = engine.past.swipe(SCENE, 'again', { ...MARA, moderator: true });
    await expect(swiped).rejects.toThrow(PlayerError);
    expect(turns).toBe(2);
    expect(stage.lines().at(-1)).toBe('Old Wenna: First words.');
    expect(stage.updates).toEqual([]);
  });

  test('holds back a greeting', async () => {
    const cast = [smallCharacter('wenna', 'Old Wenna', { greeting: `${BAD}, sir.` })];
    const { stage, everything } = await scene({ cast });
    expect(stage.lines()).toEqual([]);
    expect(await everything()).not.toContain(BAD);
  });

  test('does nothing where it is exempt, turned off, or there is no server', async () => {
    const turn = () => BAD;
    for (const setup of [
      { rules: [{ ...RULE, exemptChannels: ['quay'] }] },
      { rules: [{ ...RULE, exemptChannels: ['docks'] }], start: { category: 'docks' } },
      { engine: { limits: { autoMod: false } } },
    ]) {
      const { hear, stage } = await scene({ turn, ...setup });
      await hear('Good evening.');
      expect(stage.lines()).toContain(`Old Wenna: ${BAD}`);
    }
  });
});

describe('a refusal', () => {
  const refusal = 'I’m sorry, but I can’t assist with that request.';

  test('is a neutral line and an entry, and nothing of its words', async () => {
    const { hear, heldBack, notices, everything } = await scene({ turn: () => refusal, rules: [] });
    await hear('Good evening.');
    expect(notices()).toContain('*the moment passes*');
    expect(await heldBack()).toEqual(['A line of Old Wenna was held back: the model refused to play.']);
    expect(await everything()).not.toContain('assist');
  });

  test('is nobody’s where the script plays it', async () => {
    const lines = { examples: [refusal], declines: [refusal], greeting: refusal };
    const cast = [smallCharacter('wenna', 'Old Wenna', lines)];
    const { hear, stage } = await scene({ cast, engine: { models: {} } });
    await hear('Wenna, I have a request. Can you assist?');
    expect(stage.lines().filter((line) => line.includes('assist'))).not.toEqual([]);
  });
});

describe('where the server’s rules cannot be read', () => {
  test('nothing is let through, and it is said why', async () => {
    const rules = new StageError('unreachable', 'Discord does not answer just now.');
    const { hear, heldBack, notices } = await scene({ rules });
    expect(await hear('Good evening.')).toEqual({ heard: false, because: 'unchecked' });
    expect(notices().join()).toContain('Try again in a while');
    expect((await heldBack()).at(0)).toContain('cannot be read just now');
  });
});

describe('addresses', () => {
  // What hides its address is told apart when a turn is read.
  const turn = () => 'Go to [the pier](https://bad.example/x) or https://good.example.';

  test('cannot be clicked, unless the room says otherwise; then they say where they lead', async () => {
    const plain = await scene({ turn });
    await plain.hear('Where?');
    expect(plain.stage.lines().at(-1)).toBe('Old Wenna: Go to bad.example/x or good.example.');
    const open = await scene({ turn, engine: { limits: { links: 'open' } } });
    await open.hear('Where?');
    expect(open.stage.lines().at(-1)).toBe('Old Wenna: Go to https://bad.example/x or https://good.example.');
  });
});
