import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readCard } from '../../../src/cast/cards/read-card.ts';
import type { Library } from '../../../src/cast/library/library-api.ts';
import type { Desk } from '../../../src/engine/cards/cards-api.ts';
import type { Engine } from '../../../src/engine/engine-api.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { allStored } from '../../e2e/discord/privacy/stored-words.ts';
import { playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { smallCard, smallPng, smallWorldFile } from '../../support/small-card.ts';
import { smallLibrary } from '../../support/small-library.ts';

const [ANNA, BEN] = ['901', '902'];
const desk = (server: string, id: string): Desk => ({ server, by: { id, moderator: false } });

async function withCards() {
  const store = await openStore('memory:');
  const stage = createRecordingStage('discord', true);
  const house = await playHouse({ store, stage });
  const { cards } = house.engine;
  await cards.save(desk('1', ANNA), smallCard('Marrow'), { picture: smallPng(16) });
  await cards.save(desk('2', ANNA), smallCard('Sexton'));
  await cards.bring(desk('1', ANNA), 'The coast.json', smallWorldFile());
  await cards.save(desk('1', BEN), smallCard('Limpet'));
  return { ...house, store };
}

describe('the characters and worlds that a person brought', () => {
  test('are erased with them, in every server, and nobody else’s are', async () => {
    const { engine, store } = await withCards();
    const owner = { id: 'p1', name: 'Mara' };
    await engine.start({ id: 'discord:1', stage: 'discord', server: '1', owner, cast: ['marrow', 'limpet'] });
    await engine.privacy.erase(ANNA);
    const here = await engine.cards.library('1');
    expect(here.characters().map(({ name }) => name)).toEqual(['Old Wenna', 'Tom Reddick', 'Ines', 'Limpet']);
    expect(here.worlds()).toEqual([]);
    expect((await engine.cards.library('2')).character('sexton')).toBeUndefined();
    const left = await allStored(store);
    for (const gone of [ANNA, 'Sexton', 'mends nets. "', 'lighthouse', '/picture'])
      expect(left).not.toContain(gone);
    // The scene goes on: what was said in it stays, and the others play.
    await engine.hear('discord:1', { player: owner, text: 'Limpet? Marrow?' });
    await engine.idle('discord:1');
    expect((await engine.info('discord:1'))?.record.status).toBe('playing');
    expect((await engine.replay('discord:1')).at(-1)?.speaker?.name).toBe('Limpet');
    await engine.privacy.erase(BEN);
    expect(await Array.fromAsync(store.ids('card'))).toEqual([]);
  });

  test.each([
    ['is removed', (engine: Engine) => engine.cards.remove(desk('1', ANNA), 'marrow')],
    ['goes with its bringer', (engine: Engine) => engine.privacy.erase(ANNA)],
  ])('a character that %s leaves nothing that it remembers to the next of its name', async (_what, goes) => {
    const { engine, store } = await withCards();
    const owner = { id: 'p1', name: 'Mara' };
    const start = (id: string) =>
      engine.start({ id, stage: 'discord', server: '1', owner, cast: ['marrow', 'tom'] });
    await start('discord:1');
    await engine.ledger.setServerMemory('discord:1', 'marrow', true);
    await engine.hear('discord:1', { player: owner, text: 'Marrow, the word is kettledrum.' });
    await engine.idle('discord:1');
    await engine.end('discord:1');
    expect(JSON.stringify(await store.get('server', 'memory/1/marrow'))).toContain('kettledrum');
    await goes(engine);
    await engine.cards.save(desk('1', BEN), smallCard('Marrow', { scenario: 'Another.' }));
    await start('discord:2');
    expect(await engine.ledger.serverMemory('discord:2', 'marrow')).toBe(false);
    expect(await store.get('server', 'memory/1/marrow')).toBeUndefined();
  });

  test('are counted, and handed out as cards that can be brought again', async () => {
    const { engine } = await withCards();
    expect(await engine.privacy.what(ANNA)).toMatchObject({ cards: 3 });
    expect(await engine.privacy.what('903')).toMatchObject({ cards: 0 });
    const files = await engine.privacy.export(ANNA);
    expect(files.map(({ name }) => name)).toEqual(['dramatis-of-you.md', 'dramatis-cards-of-you.zip']);
    expect(files[0]?.content).toContain('Marrow (a character, with a picture; server 1)');
    const archive = unzipSync(Buffer.from(files[1]?.content ?? ''));
    expect(Object.keys(archive).sort()).toEqual([
      '1/1-marrow.json',
      '1/1-marrow.png',
      '1/worlds/the-coast.json',
      '2/1-sexton.json',
    ]);
    const card = archive['1/1-marrow.json'] ?? new Uint8Array();
    expect(JSON.parse(strFromU8(card))).toMatchObject({ spec: 'chara_card_v3' });
    expect(readCard(card, 'marrow.json').character).toMatchObject({
      name: 'Marrow',
      greeting: 'Marrow is here.',
    });
    expect((await engine.privacy.export('903')).map(({ name }) => name)).toEqual(['dramatis-of-you.md']);
  });

  test('where one cannot be read, everyone’s of the same id is not handed out as theirs', async () => {
    const store = await openStore('memory:');
    const library: Library = { ...smallLibrary(), card: async () => ({ card: smallCard('Tom Reddick') }) };
    const { engine } = await playHouse({ store, library, stage: createRecordingStage('discord', true) });
    await store.put('card', '3/tom', { card: { name: 7 } });
    await store.put('server', 'cards/3', { cards: { tom: { by: '904', size: 10 } }, worlds: {} });
    expect(await engine.privacy.what('904')).toMatchObject({ cards: 0 });
    expect(await engine.privacy.export('904')).toHaveLength(1);
    // It is erased all the same.
    await engine.privacy.erase('904');
    expect(await store.get('card', '3/tom')).toBeUndefined();
  });

  test('cannot come from who has opted out, also by a form that stood before', async () => {
    const { engine } = await withCards();
    await engine.privacy.optOut(ANNA);
    await expect(engine.cards.save(desk('1', ANNA), smallCard('Another'))).rejects.toThrow('opted out');
    await expect(engine.cards.bring(desk('1', ANNA), 'w.json', smallWorldFile())).rejects.toThrow(
      'opted out',
    );
  });

  test('go with a server that is left, and stay through a sweep', async () => {
    const { engine, store } = await withCards();
    await engine.privacy.sweep();
    expect((await engine.cards.library('2')).character('sexton')?.name).toBe('Sexton');
    await engine.privacy.eraseServer('1');
    const left = await allStored(store);
    for (const gone of ['Marrow', 'Limpet', 'lighthouse']) expect(left).not.toContain(gone);
    expect(left).toContain('Sexton');
    // A server where no scene ever played is known by its characters alone.
    await engine.privacy.serversAre(new Set(['1']));
    expect(await store.get('server', 'left/2')).toMatchObject({ leftAt: expect.any(Number) });
  });
});
