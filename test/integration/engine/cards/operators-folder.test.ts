import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLibrary } from '../../../../src/cast/library/library.ts';
import type { Library } from '../../../../src/cast/library/library-api.ts';
import { PlayerError } from '../../../../src/errors.ts';
import { playHouse } from '../../../support/play-house.ts';
import { smallCard, smallCardFile, smallPng, smallWorldFile } from '../../../support/small-card.ts';

const SHIPPED = fileURLToPath(new URL('../../../../characters', import.meta.url));
const DESK = { by: { id: 'local', moderator: true } };

let ownDir: string;
let library: Library;
beforeAll(async () => {
  ownDir = await mkdtemp(join(tmpdir(), 'dramatis-cards-'));
  library = await openLibrary({ shippedDir: SHIPPED, ownDir });
});
afterAll(async () => {
  await library.close();
  await rm(ownDir, { recursive: true });
});

describe('without a server cards are the operator’s', () => {
  test('they are kept in the folder, play everywhere, and are changed and removed there', async () => {
    const { engine, store } = await playHouse({ library });
    const brought = await engine.cards.bring(DESK, 'marrow.json', smallCardFile('Marrow'));
    expect(brought.characters[0]).toMatchObject({ id: 'marrow', source: 'own' });
    expect((await engine.cards.library('1')).character('marrow')?.name).toBe('Marrow');
    const card = smallCard('Marrow', { scenario: 'A shed.' });
    const { character } = await engine.cards.save(DESK, card, { id: 'marrow', picture: smallPng(1100) });
    expect(character.scenario).toBe('A shed.');
    // As Discord shows it.
    expect((await library.card('marrow'))?.picture?.length).toBeLessThan(smallPng(1100).length);
    const { worlds } = await engine.cards.bring(DESK, 'coast.json', smallWorldFile());
    expect(library.worlds().map(({ id }) => id)).toEqual([worlds[0]?.id]);
    expect((await readdir(ownDir)).length).toBeGreaterThan(0);
    await engine.cards.remove(DESK, 'marrow');
    await engine.cards.removeWorld(DESK, worlds[0]?.id ?? '');
    expect(library.character('marrow')).toBeUndefined();
    expect(library.worlds()).toEqual([]);
    expect(await Array.fromAsync(store.ids('card'))).toEqual([]);
  });

  test('worlds, too: every server may play with them, and none takes them away or gets their ids', async () => {
    const { engine } = await playHouse({ library });
    const there = { server: '1', by: { id: '11', moderator: true } };
    const { worlds } = await engine.cards.bring(DESK, 'coast.json', smallWorldFile());
    const [world] = worlds;
    if (!world) throw new Error('no world came');
    const servers = await engine.cards.library('1');
    expect(servers.world(world.id)?.name).toBe(world.name);
    expect(servers.worlds()).toEqual([world]);
    await expect(engine.cards.removeWorld(there, world.id)).rejects.toThrow('was not brought here');
    expect(library.worlds()).toEqual([world]);
    const again = await engine.cards.bring(there, 'coast.json', smallWorldFile());
    expect(again.worlds[0]?.id).not.toBe(world.id);
    await engine.cards.removeWorld(DESK, world.id);
    expect((await engine.cards.library('1')).worlds()).toEqual(again.worlds);
  });

  test('under the same rules for names; what ships stays', async () => {
    const { engine } = await playHouse({ library });
    await expect(engine.cards.save(DESK, smallCard('Discord'))).rejects.toThrow(PlayerError);
    const shipped = library.characters()[0];
    if (!shipped) throw new Error('nobody ships');
    await expect(engine.cards.remove(DESK, shipped.id)).rejects.toThrow(PlayerError);
    expect(library.character(shipped.id)).toBeDefined();
  });
});
