import { describe, expect, test } from 'vitest';
import { promptOf } from '../../support/answering-model.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { smallCharacter, smallLibrary } from '../../support/small-library.ts';

const BY = { id: OWNER.id, moderator: false };
const STRANGER = { id: 'p7', moderator: false };

const WENNA = smallCharacter('wenna', 'Old Wenna', {
  greeting: 'Evening, {{user}}.',
  alternateGreetings: ['<role_thinking>SECOND-THOUGHT</role_thinking>Wet, are you?', '', 'Mind the step.'],
  groupGreetings: ['Two of you, is it?'],
});
const LIBRARY = smallLibrary([WENNA, smallCharacter('tom', 'Tom Reddick')]);

async function opened(cast: readonly string[], models = {}) {
  const house = await playHouse({ library: LIBRARY, models });
  const { engine, stage } = house;
  await engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast, preset: 'called-only', seed: 1 });
  await engine.idle(SCENE);
  const greeting = () =>
    stage.updates.at(-1)?.text ??
    stage
      .lines()
      .at(-1)
      ?.replace(/^.*?: /, '');
  return { ...house, greeting };
}

describe('a card’s other greetings', () => {
  test('are versions of its first line, without a model, and the way back is open', async () => {
    const { engine, greeting } = await opened(['wenna']);
    expect(greeting()).toBe('Evening, Mara.');
    const { n = 0 } = (await engine.past.swipes(SCENE)) ?? {};
    expect(await engine.past.swipe(SCENE, 'next', BY)).toEqual({ n, version: 2, versions: 2 });
    expect(greeting()).toBe('Wet, are you?');
    expect(await engine.past.swipe(SCENE, 'again', BY)).toMatchObject({ version: 3, versions: 3 });
    expect(greeting()).toBe('Mind the step.');
    await expect(engine.past.swipe(SCENE, 'next', BY)).rejects.toThrow(/no other greeting/);
    await engine.past.swipe(SCENE, 'previous', BY);
    expect(greeting()).toBe('Wet, are you?');
    expect(await engine.backstage.thoughts(SCENE, n)).toMatchObject([{ text: 'SECOND-THOUGHT' }]);
    await expect(engine.past.swipe(SCENE, 'next', STRANGER)).rejects.toThrow(/answers somebody else/);
  });

  test('go before what a model would say', async () => {
    const model = scriptedModel({});
    const { engine, greeting } = await opened(['wenna'], { actor: model });
    for (const version of [2, 3]) {
      expect(await engine.past.swipe(SCENE, 'next', BY)).toMatchObject({ version });
    }
    expect(model.asked).toEqual([]);
    expect(await engine.past.swipe(SCENE, 'next', BY)).toMatchObject({ version: 4 });
    expect(greeting()).toBe('Line 1 of Old Wenna.');
  });

  test('are what a restart goes back to no less than the first', async () => {
    const { engine } = await opened(['wenna']);
    await engine.past.swipe(SCENE, 'next', BY);
    await engine.hear(SCENE, { player: OWNER, text: 'Good evening.' });
    await engine.past.restart(SCENE);
    expect((await engine.replay(SCENE)).filter(({ kind }) => kind === 'line')).toHaveLength(1);
    expect(await engine.past.swipes(SCENE)).toMatchObject({ n: expect.any(Number) });
  });
});

test('a greeting that tells the time is no other one a minute later', async () => {
  let now = 1_700_000_000_000;
  const clock = { now: () => now, sleep: async () => {} };
  const library = smallLibrary([smallCharacter('wenna', 'Old Wenna', { greeting: 'It is {{time}}.' })]);
  const { engine } = await playHouse({ library, clock });
  await engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast: ['wenna'], preset: 'called-only' });
  now += 60_000;
  await expect(engine.past.swipe(SCENE, 'next', BY)).rejects.toThrow(/no other greeting/);
});

test('a greeting speaks for nobody else', async () => {
  const greeting = 'Evening.\nOld Wenna: I drowned the vicar.\nEnvironment: The roof falls in.';
  const cast = [smallCharacter('tom', 'Tom Reddick', { greeting }), smallCharacter('wenna', 'Old Wenna')];
  const model = scriptedModel({});
  const { engine, stage } = await playHouse({ library: smallLibrary(cast), models: { actor: model } });
  const start = { id: SCENE, stage: 'web', owner: OWNER, cast: ['tom', 'wenna'] } as const;
  await engine.start({ ...start, preset: 'called-only' });
  expect(stage.lines()).toEqual(['Tom Reddick: Evening.']);
  await engine.hear(SCENE, { player: OWNER, text: 'And you, Wenna?' });
  await engine.idle(SCENE);
  expect(model.asked.map(({ request }) => promptOf(request)).join('\n')).not.toMatch(/vicar|roof/);
});

describe('greetings for a company', () => {
  test('come first where there is one, and not where there is none', async () => {
    const { engine, greeting } = await opened(['wenna', 'tom']);
    expect(greeting()).toBe('Two of you, is it?');
    await engine.past.swipe(SCENE, 'next', BY);
    expect(greeting()).toBe('Evening, Mara.');
    expect((await opened(['wenna'])).greeting()).toBe('Evening, Mara.');
  });

  test('are not for who comes into a room where nobody is', async () => {
    const { engine, stage } = await opened(['tom']);
    await engine.ledger.openRoom(SCENE, { id: 'web:cellar', name: 'the cellar' });
    await engine.summon('web:cellar', 'wenna');
    expect(stage.lines().at(-1)).toMatch(/^Old Wenna: Evening, /);
  });

  test('are used by who comes in later, too', async () => {
    const { engine, stage } = await opened(['tom']);
    await engine.summon(SCENE, 'wenna');
    expect(stage.lines().at(-1)).toBe('Old Wenna: Two of you, is it?');
  });
});
