import { describe, expect, test } from 'vitest';
import type { Desk } from '../../../../src/engine/cards/cards-api.ts';
import { PlayerError } from '../../../../src/errors.ts';
import { render } from '../../../../src/words/render.ts';
import { OWNER, playHouse, SCENE } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';
import { smallCard, smallCardFile, smallWorldFile } from '../../../support/small-card.ts';
import { defaultCast, smallCharacter, smallLibrary } from '../../../support/small-library.ts';

const DESK: Desk = { server: '1', by: { id: '11', moderator: false } };

const twins = () =>
  smallLibrary([...defaultCast(), smallCharacter('alice', 'Alice'), smallCharacter('alice-2', 'Аlісе')]);

describe('the name of a character that is saved', () => {
  async function desk(staff: readonly string[] = []) {
    const stage = Object.assign(createRecordingStage('discord', true), {
      staffNamed: async (_server: string, name: string) => staff.includes(name),
    });
    const { engine } = await playHouse({ stage });
    await engine.cards.save(DESK, smallCard('Marrow'));
    const refusal = async (name: string, except?: string) => {
      const found = await engine.cards.nameRefusal(DESK, name, except);
      return found === undefined ? undefined : render(found);
    };
    return { engine, refusal };
  }

  test('is its own: no other that looks like it, in whatever letters; the very same is plain to see', async () => {
    const { engine, refusal } = await desk();
    expect(await refusal('Маrrow')).toContain('“Маrrow” looks like “Marrow”');
    expect(await refusal('M a r r o w')).toContain('looks like “Marrow”');
    expect(await refusal('0ld Wenna')).toContain('looks like “Old Wenna”');
    expect(await refusal('marrow')).toBeUndefined();
    expect(await refusal('Marrów', 'marrow')).toBeUndefined();
    await expect(engine.cards.save(DESK, smallCard('Маrrow'))).rejects.toThrow(PlayerError);
    await expect(engine.cards.bring(DESK, 'm.json', smallCardFile('Маrrow'))).rejects.toThrow(
      'looks like “Marrow”',
    );
    // Who plays under one name already does not take another's.
    expect(await refusal('ines', 'marrow')).toContain('looks like “Ines”');
    await expect(engine.cards.save(DESK, smallCard('Ines'), { id: 'marrow' })).rejects.toThrow(PlayerError);
    const other = await engine.cards.save(DESK, smallCard('Marrow', { scenario: 'A shed.' }));
    expect(await refusal('Marrow', other.character.id)).toBeUndefined();
    await engine.cards.remove(DESK, other.character.id);
    const renamed = await engine.cards.save(DESK, smallCard('Márrow'), { id: 'marrow' });
    expect(renamed.character).toMatchObject({ id: 'marrow', name: 'Márrow' });
  });

  test('is nobody’s who runs the server, and no voice of the stage', async () => {
    const { engine, refusal } = await desk(['Greta']);
    expect(await refusal('Greta')).toContain('runs this server');
    await expect(engine.cards.bring(DESK, 'g.json', smallCardFile('Greta'))).rejects.toThrow(
      'runs this server',
    );
    const own = await engine.cards.nameRefusal({ ...DESK, staffNamed: async () => true }, 'Anyone');
    expect(render(own ?? '')).toContain('runs this server');
    for (const name of ['Discord', 'Thе Narrator', 'everyone', '\u200b', 'x'.repeat(81)])
      expect(await refusal(name)).toBeDefined();
  });

  test('is kept as one line without what nobody sees', async () => {
    const { engine } = await desk();
    const { character } = await engine.cards.save(DESK, {
      ...smallCard('Sexton'),
      name: 'Old\u202e Sexton\u200b ',
    });
    expect(character.name).toBe('Old Sexton');
    const typed = await engine.cards.save(DESK, { ...smallCard('Limpet'), name: 'Limpet: [Ines] {{user}}' });
    expect(typed.character.name).toBe('Limpet Ines user');
  });

  test('who runs the server is asked for again when a card is to play; everyone’s cards are no disguise', async () => {
    const staff: string[] = [];
    const stage = Object.assign(createRecordingStage('discord', true), {
      staffNamed: async (_server: string, name: string) => staff.includes(name),
    });
    const { engine } = await playHouse({ stage });
    await engine.cards.save(DESK, smallCard('Marrow'));
    const start = (id: string, cast: readonly string[]) =>
      engine.start({ id, stage: 'discord', server: '1', owner: OWNER, cast });
    await start('discord:1', ['tom']);
    staff.push('Marrow', 'Tom Reddick', 'Ines');
    await expect(engine.summon('discord:1', 'marrow')).rejects.toThrow('runs this server');
    await expect(start('discord:2', ['marrow'])).rejects.toThrow('runs this server');
    await expect(engine.summon('discord:1', 'ines')).resolves.toMatchObject({ name: 'Ines' });
  });
});

describe('names in a scene', () => {
  test('two of a cast may not look alike: both are named', async () => {
    const { engine } = await playHouse({ library: twins() });
    const start = engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast: ['alice', 'alice-2'] });
    await expect(start).rejects.toThrow('“Аlісе” and “Alice” of this cast look alike');
    await engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast: ['alice'] });
    await expect(engine.summon(SCENE, 'alice-2')).rejects.toThrow(
      '“Alice” is in the scene already, and “Аlісе” looks like it',
    );
    await engine.dismiss(SCENE, 'alice');
    expect((await engine.summon(SCENE, 'alice-2')).id).toBe('alice-2');
  });

  test('a player whose name shows nothing is called all the same', async () => {
    const { engine } = await playHouse();
    await engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast: ['tom'] });
    for (const [at, name] of ['\u3164', '\u2800', '\u034f', '\ufe0f', '👩\u200d🚀'].entries())
      await engine.join(SCENE, { id: `q${at}`, name });
    const players = (await engine.info(SCENE))?.players.map(({ actor }) => actor.name);
    expect(players?.slice(1)).toEqual([
      ...['Someone', 'Someone (player)', 'Someone (player 2)', 'Someone (player 3)'],
      '👩 🚀',
    ]);
  });

  test('players and their personas may not look like one of the cast', async () => {
    const { engine } = await playHouse();
    await engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast: ['tom', 'ines'] });
    const players = async () => (await engine.info(SCENE))?.players.map(({ actor }) => actor.name);
    await engine.join(SCENE, { id: 'p2', name: 'lnes' });
    expect(await players()).toEqual(['Mara', 'lnes (player)']);
    await engine.ledger.setPersona(SCENE, OWNER, { name: 'T0m Reddick' });
    expect(await players()).toEqual(['T0m Reddick (player)', 'lnes (player)']);
    // Whoever was there first gives way to a character that comes in.
    await engine.join(SCENE, { id: 'p3', name: '0ld Wenna' });
    await engine.summon(SCENE, 'wenna');
    expect((await players())?.[2]).toBe('0ld Wenna (player)');
  });
});

describe('what is written in a card is looked at like what is typed', () => {
  const flagging = (word: string) => {
    const looked: string[] = [];
    const moderation = {
      name: 'a-moderation',
      check: async (text: string) => {
        looked.push(text);
        return { flagged: text.includes(word), categories: ['violence'] };
      },
    };
    return { looked, moderation };
  };

  test.each([
    ['the description', { description: 'FORBIDDEN' }],
    ['an example', { mes_example: '<START>\n{{char}}: FORBIDDEN' }],
    [
      'a lore entry',
      {
        character_book: {
          entries: [{ keys: ['x'], content: 'FORBIDDEN', extensions: {}, enabled: true, insertion_order: 1 }],
        },
      },
    ],
    ['a field that nobody knows', { extensions: { other: { deep: ['FORBIDDEN'] } } }],
    ['far down', { description: 'x'.repeat(30_000), scenario: `${'y'.repeat(30_000)} FORBIDDEN` }],
  ])('%s', async (_where, data) => {
    const { moderation } = flagging('FORBIDDEN');
    const { engine } = await playHouse({ moderation, stage: createRecordingStage('discord', true) });
    await expect(engine.cards.save(DESK, smallCard('Marrow', data))).rejects.toThrow(PlayerError);
    await expect(engine.cards.bring(DESK, 'm.json', smallCardFile('Marrow', data))).rejects.toThrow(
      PlayerError,
    );
    expect((await engine.cards.library('1')).character('marrow')).toBeUndefined();
    await engine.audit.settled();
    const noted = await engine.audit.recent('1');
    expect(noted.map(({ kind }) => kind)).toEqual(['held-back', 'held-back']);
    expect(JSON.stringify(noted)).not.toContain('FORBIDDEN');
  });

  test('a world, too; and the name with all the rest in one look', async () => {
    const { moderation, looked } = flagging('FORBIDDEN');
    const { engine } = await playHouse({ moderation, stage: createRecordingStage('discord', true) });
    const world = engine.cards.bring(DESK, 'w.json', smallWorldFile('FORBIDDEN'));
    await expect(world).rejects.toThrow(PlayerError);
    looked.length = 0;
    await engine.cards.save(DESK, smallCard('Marrow'));
    expect(looked).toHaveLength(1);
    expect(looked[0]).toContain('Marrow');
  });
});
