import { describe, expect, test } from 'vitest';
import type { Engine, StartScene } from '../../../../src/engine/engine-api.ts';
import { PlayerError } from '../../../../src/errors.ts';
import { BAD, MARA, RULE, SCENE, SERVER, scene } from './guarded-scene.ts';

describe('what people type', () => {
  const typed: Record<string, (engine: Engine) => Promise<unknown>> = {
    line: (engine) => engine.hear(SCENE, { player: MARA, text: `A ${BAD}!` }),
    whisper: (engine) => engine.whisper(SCENE, { player: MARA, text: BAD, to: ['wenna'] }),
    narrate: (engine) => engine.narrate(SCENE, `${BAD} rises.`),
    steer: (engine) => engine.direction.steer(SCENE, BAD),
    plant: (engine) => engine.direction.plant(SCENE, 'wenna', BAD),
    'time with a text': (engine) => engine.direction.skipTime(SCENE, 5, BAD),
    'out of character': (engine) => engine.direction.outOfCharacter(SCENE, MARA, BAD),
    'say as': (engine) => engine.direction.sayAs(SCENE, { card: 'wenna' }, BAD),
    'a walk-on’s name': (engine) => engine.direction.sayAs(SCENE, { walkOn: BAD }, 'Hello.'),
    'edit of a line': async (engine) => {
      const line = (await engine.replay(SCENE)).find(({ kind }) => kind === 'line');
      return engine.past.reword(SCENE, line?.n ?? 0, BAD);
    },
    'name of a branch': (engine) =>
      engine.past.branch(SCENE, 2, { id: 'discord:other', server: SERVER, owner: MARA, title: BAD }),
    inform: (engine) => engine.ledger.inform(SCENE, { to: 'wenna', text: BAD }),
    'persona’s name': (engine) => engine.ledger.setPersona(SCENE, MARA, { name: BAD }),
    'persona’s sheet': (engine) => engine.ledger.setPersona(SCENE, MARA, { name: 'Sal', sheet: BAD }),
    secret: (engine) => engine.ledger.setSecret(SCENE, MARA.id, BAD),
    'name of a room': (engine) => engine.ledger.openRoom(SCENE, { id: 'discord:room', name: BAD }),
    'title of a scene': (engine) => anotherScene(engine, { title: BAD }),
    setting: (engine) => anotherScene(engine, { setting: BAD }),
  };

  function anotherScene(engine: Engine, wanted: Partial<StartScene>): Promise<unknown> {
    return engine.start({ id: 'discord:pier', stage: 'discord', server: SERVER, owner: MARA, ...wanted });
  }

  test.each(Object.keys(typed))('%s: is held back, noted, and stands nowhere', async (way) => {
    const { engine, everything, heldBack } = await scene();
    const answer = await typed[way]?.(engine).then(
      (heard) => heard,
      (error: unknown) => error,
    );
    await engine.idle(SCENE);
    if (answer instanceof PlayerError) {
      expect(answer.message).toBe('That line breaks a rule of this server, so nobody heard it.');
    } else {
      expect(answer).toEqual({ heard: false, because: 'held-back' });
    }
    expect(await heldBack()).toHaveLength(1);
    expect((await heldBack())[0]).toMatch(/was held back: the server’s rules of words \(Sea words\)\.$/);
    expect(await everything()).not.toContain(BAD);
  });

  test.each(Object.keys(typed))('%s: goes in where no rule says otherwise', async (way) => {
    const { engine, heldBack } = await scene({ rules: [] });
    const answer = await typed[way]?.(engine);
    await engine.idle(SCENE);
    if (way === 'line' || way === 'whisper') expect(answer).toMatchObject({ heard: true });
    expect(await heldBack()).toEqual([]);
  });

  test('passes for a role that is exempt', async () => {
    const { hear } = await scene({ rules: [{ ...RULE, exemptRoles: ['sailors'] }] });
    expect(await hear(BAD)).toMatchObject({ heard: true });
  });

  test('is told to the one who wrote it alone', async () => {
    const { hear, stage } = await scene();
    await hear(BAD);
    const told = stage.notices.filter(({ text }) => text.includes('breaks a rule'));
    expect(told.map(({ only }) => only)).toEqual([MARA.id]);
  });

  test('and edits afterwards is gone, old words and new', async () => {
    const { engine, hear, everything, heldBack } = await scene();
    await hear('OLD-WORDS about the sea', 'm1');
    await engine.amend(SCENE, 'm1', `OLD-WORDS about ${BAD}`);
    await engine.idle(SCENE);
    expect(await everything()).not.toContain('OLD-WORDS');
    expect(await everything()).not.toContain(BAD);
    expect(await heldBack()).toHaveLength(1);
    await hear('Other words', 'm2');
    await engine.amend(SCENE, 'm2', 'Better words');
    expect(await everything()).toContain('Better words');
    await engine.amend(SCENE, 'a bystander’s', BAD);
    expect(await heldBack()).toHaveLength(1);
  });
});
