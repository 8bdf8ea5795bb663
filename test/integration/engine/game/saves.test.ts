import { describe, expect, test } from 'vitest';
import { OWNER, SCENE } from '../../../support/play-house.ts';
import { scriptedModel } from '../../../support/scripted-model.ts';
import { openTavern } from './tavern.ts';

async function tavern() {
  const house = await openTavern({ models: { actor: scriptedModel({}) } });
  const { engine } = house;
  const say = async (text: string, id = SCENE) => {
    await engine.hear(id, { player: OWNER, text });
    await engine.idle(id);
  };
  const told = async (id: string) => JSON.stringify(await engine.replay(id));
  return { ...house, say, told };
}

const OTHER = { id: 'web:two', owner: OWNER };

describe('a save', () => {
  test('is where another scene goes on, with the same minds; the first one stays as it is', async () => {
    const { engine, say, told } = await tavern();
    await say('BEFORE');
    const { id, n } = await engine.game.save(SCENE, 'At the door');
    await say('AFTER');
    expect(await engine.game.saves(SCENE)).toEqual([expect.objectContaining({ id, n, name: 'At the door' })]);
    const record = await engine.game.load(SCENE, id, OTHER);
    expect(record).toMatchObject({ id: OTHER.id, title: (await engine.info(SCENE))?.record.title });
    expect(await told(OTHER.id)).toContain('BEFORE');
    expect(await told(OTHER.id)).not.toContain('AFTER');
    expect(JSON.stringify(await engine.backstage.mind(OTHER.id, 'tom'))).toContain('BEFORE');
    await say('OTHERWISE', OTHER.id);
    expect(await told(SCENE)).toContain('AFTER');
    expect(await told(SCENE)).not.toContain('OTHERWISE');
  });

  test('stands also where the story went back behind it', async () => {
    const { engine, say, told } = await tavern();
    const start = (await engine.replay(SCENE)).at(-1)?.n ?? 0;
    await say('BEFORE');
    const { id } = await engine.game.save(SCENE, 'Before');
    await engine.past.rewind(SCENE, start);
    expect(await told(SCENE)).not.toContain('BEFORE');
    await engine.game.load(SCENE, id, OTHER);
    expect(await told(OTHER.id)).toContain('BEFORE');
  });

  test('of the same name takes the place of the one before; after fifty the oldest goes', async () => {
    const { engine } = await tavern();
    await engine.game.save(SCENE, 'Here');
    const { id } = await engine.game.save(SCENE, 'Here');
    expect((await engine.game.saves(SCENE)).map((save) => save.id)).toEqual([id]);
    for (let at = 1; at <= 50; at += 1) await engine.game.save(SCENE, `Save ${at}`);
    const names = (await engine.game.saves(SCENE)).map(({ name }) => name);
    expect([names.length, names[0], names.at(-1)]).toEqual([50, 'Save 1', 'Save 50']);
  });

  test('of the story up to there is in the scene that goes on, later ones are not', async () => {
    const { engine, say } = await tavern();
    await engine.game.save(SCENE, 'One');
    const two = await engine.game.save(SCENE, 'Two');
    await say('On.');
    await engine.game.save(SCENE, 'Three');
    await engine.game.load(SCENE, two.id, OTHER);
    expect((await engine.game.saves(OTHER.id)).map(({ name }) => name)).toEqual(['One', 'Two']);
  });

  test('that is not there cannot be loaded, and one needs a name', async () => {
    const { engine } = await tavern();
    await expect(engine.game.load(SCENE, 'none', OTHER)).rejects.toThrow('no such save');
    await expect(engine.game.save(SCENE, ' ')).rejects.toThrow('name');
  });
});

describe('going to another place', () => {
  test('makes the room where it is not there yet, and takes them where they are told', async () => {
    const { engine, say } = await tavern();
    await say('Good evening.');
    expect(await engine.game.move(SCENE, { card: 'tom' }, 'Cellar', 'web:cellar')).toBe('web:cellar');
    expect(await engine.game.move(SCENE, OWNER, 'cellar', 'web:unused')).toBe('web:cellar');
    const where = await engine.ledger.map(SCENE);
    expect(where.map(({ name, people }) => [name, people.map(({ actor }) => actor.name)])).toEqual([
      [expect.any(String), ['Old Wenna']],
      ['Cellar', ['Tom Reddick', 'Mara']],
    ]);
    await say('CELLAR-WORDS', 'web:cellar');
    expect(JSON.stringify(await engine.backstage.mind(SCENE, 'wenna'))).not.toContain('CELLAR-WORDS');
    expect(JSON.stringify(await engine.backstage.mind(SCENE, 'tom'))).toContain('CELLAR-WORDS');
    expect(await engine.game.move(SCENE, { card: 'tom' }, 'main', 'web:unused')).toBe('main');
  });

  test('is refused to who is not there', async () => {
    const { engine } = await tavern();
    await expect(engine.game.move(SCENE, { card: 'ines' }, 'main', 'web:x')).rejects.toThrow(
      'not in the scene',
    );
  });
});
