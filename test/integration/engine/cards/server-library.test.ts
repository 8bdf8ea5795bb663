import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pictureBehind } from '../../../../src/cast/avatar.ts';
import type { Avatar } from '../../../../src/cast/character.ts';
import type { Desk } from '../../../../src/engine/cards/cards-api.ts';
import { PlayerError } from '../../../../src/errors.ts';
import type { Log } from '../../../../src/log.ts';
import { silentLog } from '../../../../src/log.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { type SceneStore, StoreError } from '../../../../src/store/scene-store.ts';
import { failingStore } from '../../../support/failing-store.ts';
import { smallCard, smallCardFile, smallPng, smallWorldFile } from '../../../support/small-card.ts';
import { CREATOR, HERE, MODERATOR, names, onDiscord, STRANGER, THERE } from './card-desks.ts';

describe('a server’s own characters', () => {
  test('are there at once, and after a restart, beside everyone’s', async () => {
    const { engine, store } = await onDiscord();
    const library = await engine.cards.library(HERE);
    const { character } = await engine.cards.save(CREATOR, smallCard('Marrow'), { picture: smallPng(64) });
    expect(character).toMatchObject({ id: 'marrow', name: 'Marrow', source: 'server', by: '11' });
    expect(library.character('marrow')).toEqual(character);
    expect(await engine.cards.library(HERE)).toBe(library);
    expect(names(library.characters())).toEqual(['Old Wenna', 'Tom Reddick', 'Ines', 'Marrow']);
    expect(names(library.find('marr', 5))).toEqual(['Marrow']);
    await engine.close();

    const again = await (await onDiscord(store)).engine.cards.library(HERE);
    expect(again.character('marrow')).toMatchObject({
      name: 'Marrow',
      by: '11',
      greeting: 'Marrow is here.',
    });
    expect((await again.card('marrow'))?.card.description).toBe('Marrow mends nets.');
  });

  test('their pictures stay in storage, and are read when they are shown', async () => {
    const { engine } = await onDiscord();
    const { character } = await engine.cards.save(CREATOR, smallCard('Marrow'), { picture: smallPng(64) });
    const { avatar } = character;
    if (avatar?.type !== 'stored') throw new Error('no stored picture');
    expect(avatar).toMatchObject({ mime: 'image/png', digest: expect.any(String) });
    expect(Buffer.from((await avatar.read()) ?? []).equals(smallPng(64))).toBe(true);

    const edited = await engine.cards.save(CREATOR, smallCard('Marrow', { scenario: 'A shed.' }), {
      id: 'marrow',
    });
    expect(edited.character).toMatchObject({ scenario: 'A shed.', avatar: { digest: avatar.digest } });
    const other = await engine.cards.save(CREATOR, smallCard('Marrow'), {
      id: 'marrow',
      picture: smallPng(32),
    });
    expect(other.character.avatar).not.toMatchObject({ digest: avatar.digest });
    const without = await engine.cards.save(CREATOR, smallCard('Marrow'), { id: 'marrow', picture: null });
    expect(without.character.avatar).toBeUndefined();
    expect(await avatar.read()).toBeUndefined();
  });

  test('two of the same name get ids of their own; the very same card is there once', async () => {
    const { engine } = await onDiscord();
    const first = await engine.cards.bring(CREATOR, 'marrow.json', smallCardFile('Marrow'));
    const again = await engine.cards.bring(STRANGER, 'marrow.json', smallCardFile('Marrow'));
    expect(again.characters[0]?.id).toBe(first.characters[0]?.id);
    expect(again.warnings).toEqual(['this card is here already, as marrow']);
    const other = await engine.cards.bring(
      CREATOR,
      'm.json',
      smallCardFile('Marrow', { personality: 'loud' }),
    );
    expect(other.characters[0]?.id).toBe('marrow-2');
    expect(other.warnings).toEqual(['another card is named Marrow; this one plays as marrow-2']);
    // Everyone's are not replaced by chance.
    const wenna = await engine.cards.bring(CREATOR, 'w.json', smallCardFile('Wenna'));
    expect(wenna.characters[0]?.id).toBe('wenna-2');
  });

  test('are changed and removed by whoever brought them, and by moderators', async () => {
    const { engine } = await onDiscord();
    await engine.cards.save(CREATOR, smallCard('Marrow'));
    const change = (desk: Desk) =>
      engine.cards.save(desk, smallCard('Marrow', { tags: ['x'] }), { id: 'marrow' });
    await expect(change(STRANGER)).rejects.toThrow('only they or a moderator');
    await expect(engine.cards.remove(STRANGER, 'marrow')).rejects.toThrow('only they or a moderator');
    await expect(engine.cards.remove(MODERATOR, 'wenna')).rejects.toThrow('was not brought here');
    await expect(engine.cards.save(MODERATOR, smallCard('Old Wenna'), { id: 'wenna' })).rejects.toThrow(
      PlayerError,
    );
    // It stays theirs who brought it.
    expect((await change(MODERATOR)).character).toMatchObject({ tags: ['x'], by: '11' });
    expect((await change(CREATOR)).character.by).toBe('11');
    await engine.cards.remove(CREATOR, 'marrow');
    expect((await engine.cards.library(HERE)).character('marrow')).toBeUndefined();
    await expect(engine.cards.remove(CREATOR, 'marrow')).rejects.toThrow('There is no character');
  });

  test('nothing is left in storage of one that was removed', async () => {
    const { engine, store } = await onDiscord();
    await engine.cards.save(CREATOR, smallCard('Marrow'), { picture: smallPng(16) });
    await engine.cards.bring(CREATOR, 'The coast.json', smallWorldFile());
    const left = async () =>
      (
        await Promise.all(
          (['card', 'world', 'server'] as const).map((kind) => Array.fromAsync(store.ids(kind))),
        )
      ).flat();
    expect((await left()).length).toBe(4);
    await engine.cards.remove(CREATOR, 'marrow');
    await engine.cards.removeWorld(MODERATOR, 'the-coast');
    expect(await left()).toEqual([]);
  });

  test('a write that fails changes nothing, and what was half written is nowhere', async () => {
    const store = await openStore('memory:');
    let fails = true;
    const failing: SceneStore = {
      ...store,
      async put(kind, id, value) {
        if (fails && kind === 'card') throw new StoreError('The test has it so.');
        await store.put(kind, id, value);
      },
    };
    const { engine } = await onDiscord(failing);
    await expect(engine.cards.save(CREATOR, smallCard('Marrow'))).rejects.toThrow(StoreError);
    expect((await engine.cards.library(HERE)).character('marrow')).toBeUndefined();
    expect((await (await onDiscord(store)).engine.cards.library(HERE)).character('marrow')).toBeUndefined();
    fails = false;
    expect((await engine.cards.save(CREATOR, smallCard('Marrow'))).character.id).toBe('marrow');
  });

  test('wherever storage fails: nothing is lost, and after a restart nothing is left of what did not come', async () => {
    const before = smallCard('Marrow');
    const after = smallCard('Marrow', { scenario: 'A shed.' });
    type Cards = Awaited<ReturnType<typeof onDiscord>>['engine']['cards'];
    const nothing = async () => {};
    const begin = (cards: Cards) => cards.save(CREATOR, before, { picture: smallPng(64) });
    const tasks: [(cards: Cards) => Promise<unknown>, (cards: Cards) => Promise<unknown>][] = [
      [nothing, begin],
      [begin, (cards) => cards.save(CREATOR, after, { id: 'marrow', picture: smallPng(32) })],
      [begin, (cards) => cards.remove(CREATOR, 'marrow')],
      [nothing, (cards) => cards.bring(CREATOR, 'The coast.json', smallWorldFile())],
      [
        (cards) => cards.bring(CREATOR, 'The coast.json', smallWorldFile()),
        (cards) => cards.removeWorld(CREATOR, 'the-coast'),
      ],
    ];
    const pictureOf = async (avatar: Avatar | undefined) =>
      Buffer.from((await pictureBehind(avatar))?.bytes ?? []);
    for (const [prepare, task] of tasks) {
      let failed = true;
      for (let at = 1; failed; at += 1) {
        const store = await openStore('memory:');
        const house = await onDiscord(store);
        await prepare(house.engine.cards);
        await house.engine.close();
        const failing = (await onDiscord(failingStore(store, at))).engine;
        failed = await task(failing.cards).then(
          () => false,
          () => true,
        );
        await failing.audit.settled();
        const library = await (await onDiscord(store)).engine.cards.library(HERE);
        const card = library.character('marrow');
        // The picture is the one that the card was saved with.
        if (card) {
          const expected = card.scenario === '' ? smallPng(64) : smallPng(32);
          expect((await pictureOf(card.avatar)).equals(expected), `request ${at}`).toBe(true);
        }
        const index = z
          .record(z.string(), z.record(z.string(), z.unknown()))
          .parse((await store.get('server', `cards/${HERE}`)) ?? { cards: {}, worlds: {} });
        const listed = library.characters().filter(({ source }) => source === 'server');
        expect(Object.keys(index['cards'] ?? {})).toEqual(listed.map(({ id }) => id));
        expect(Object.keys(index['worlds'] ?? {})).toEqual(library.worlds().map(({ id }) => id));
        const keys = await Array.fromAsync(store.ids('card'));
        if (listed.length === 0) expect(keys).toEqual([]);
      }
    }
  });

  test('a picture that could not be taken with its card leaves the one before', async () => {
    const store = await openStore('memory:');
    let fails = false;
    const failing: SceneStore = {
      ...store,
      async put(kind, id, value) {
        if (fails && id === `${HERE}/marrow`) throw new StoreError('The test has it so.');
        await store.put(kind, id, value);
      },
    };
    const { engine } = await onDiscord(failing);
    const save = (side: number) =>
      engine.cards.save(CREATOR, smallCard('Marrow'), {
        ...(side === 64 ? {} : { id: 'marrow' }),
        picture: smallPng(side),
      });
    await save(64);
    fails = true;
    await expect(save(32)).rejects.toThrow(StoreError);
    const library = await engine.cards.library(HERE);
    const picture = async () => Buffer.from((await library.card('marrow'))?.picture ?? []);
    expect((await picture()).equals(smallPng(64))).toBe(true);
    fails = false;
    for (const side of [32, 16]) {
      await save(side);
      expect((await picture()).equals(smallPng(side))).toBe(true);
      expect(await Array.fromAsync(store.ids('card'))).toHaveLength(2);
    }
  });

  test('one that storage cannot read any more is left out, and named in the log', async () => {
    const { engine, store } = await onDiscord();
    await engine.cards.save(CREATOR, smallCard('Marrow'));
    await engine.cards.save(CREATOR, smallCard('Sexton'));
    await store.put('card', `${HERE}/marrow`, { card: { name: 7 } });
    const told: unknown[] = [];
    const log: Log = { ...silentLog, warn: (event, fields) => void told.push([event, fields]) };
    const again = await onDiscord(store, log);
    expect(names((await again.engine.cards.library(HERE)).characters())).toContain('Sexton');
    expect(told).toEqual([['card-unread', { server: HERE, kind: 'card', id: 'marrow' }]]);
    // Another of its name may come, and it goes with its server.
    await again.engine.cards.erase({ server: HERE });
    expect(await Array.fromAsync(store.ids('card'))).toEqual([]);
  });

  test('the limits are named: a megabyte of text, 200 cards, 100 worlds', async () => {
    const { engine, store } = await onDiscord();
    const long = smallCard('Marrow', { extensions: { other: 'x'.repeat(1024 * 1024) } });
    await expect(engine.cards.save(CREATOR, long)).rejects.toThrow('1 MB');
    await expect(
      engine.cards.save(CREATOR, smallCard('Marrow'), { picture: new Uint8Array(9 * 1024 * 1024) }),
    ).rejects.toThrow('larger than 8 MB');
    const listed = async (kind: 'card' | 'world', count: number, stored: object) => {
      const ids = Array.from({ length: count }, (_, n) => `c${n}`);
      await Promise.all(ids.map((id) => store.put(kind, `${THERE}/${id}`, stored)));
      return Object.fromEntries(ids.map((id) => [id, { size: 10 }]));
    };
    const cards = await listed('card', 200, { card: smallCard('Sexton') });
    const worlds = await listed('world', 100, { name: 'The coast', raw: { entries: {} } });
    await store.put('server', `cards/${THERE}`, { cards, worlds });
    const there: Desk = { ...CREATOR, server: THERE };
    await expect(engine.cards.save(there, smallCard('Marrow'))).rejects.toThrow('200');
    await expect(engine.cards.bring(there, 'w.json', smallWorldFile())).rejects.toThrow('100 worlds');
    await store.put('card', '3/big', { card: smallCard('Sexton') });
    await store.put('server', 'cards/3', { cards: { big: { size: 20 * 1024 * 1024 } }, worlds: {} });
    await expect(engine.cards.save({ ...CREATOR, server: '3' }, smallCard('Marrow'))).rejects.toThrow(
      '20 MB',
    );
  });

  test('a server without any costs one look, and never what others have', async () => {
    const store = await openStore('memory:');
    const looked: string[] = [];
    const watched: SceneStore = {
      ...store,
      get: (kind, id) => {
        looked.push(`${kind} ${id}`);
        return store.get(kind, id);
      },
      ids: (kind) => {
        looked.push(`all ${kind}`);
        return store.ids(kind);
      },
    };
    const { engine } = await onDiscord(watched);
    await engine.cards.save({ ...CREATOR, server: THERE }, smallCard('Marrow'));
    await engine.audit.settled();
    looked.length = 0;
    await engine.cards.library(HERE);
    await engine.cards.library(HERE);
    expect(looked).toEqual([`server cards/${HERE}`]);
  });
});

describe('two servers', () => {
  async function bothPlay() {
    const house = await onDiscord();
    await house.engine.cards.save(CREATOR, smallCard('Marrow'));
    const owner = { id: 'p1', name: 'Mara' };
    const scene = (id: string, server: string, cast: readonly string[]) =>
      house.engine.start({ id, stage: 'discord', server, owner, cast });
    return { ...house, owner, scene };
  }

  test('never see each other’s characters', async () => {
    const { engine, scene, owner } = await bothPlay();
    await scene('discord:1', HERE, ['marrow']);
    expect((await engine.info('discord:1'))?.cast[0]?.character.name).toBe('Marrow');

    await expect(scene('discord:2', THERE, ['marrow'])).rejects.toThrow('There is no character “marrow”');
    await scene('discord:2', THERE, ['tom']);
    await expect(engine.summon('discord:2', 'marrow')).rejects.toThrow('There is no character “marrow”');
    const whispered = engine.whisper('discord:2', { player: owner, text: 'Psst.', to: ['marrow'] });
    await expect(whispered).rejects.toThrow(PlayerError);
    await expect(engine.next('discord:2', 'marrow')).rejects.toThrow(PlayerError);
    await expect(engine.direction.sayAs('discord:2', { card: 'marrow' }, 'Hello.')).rejects.toThrow(
      PlayerError,
    );
    const there = await engine.cards.library(THERE);
    expect(there.character('marrow')).toBeUndefined();
    expect(there.find('marrow', 25)).toEqual([]);
    expect(await there.card('marrow')).toBeUndefined();
    expect(JSON.stringify(await engine.info('discord:2'))).not.toContain('Marrow');
    await expect(engine.cards.remove({ ...MODERATOR, server: THERE }, 'marrow')).rejects.toThrow(PlayerError);
    const edit = engine.cards.save({ ...MODERATOR, server: THERE }, smallCard('Marrow'), { id: 'marrow' });
    await expect(edit).rejects.toThrow(PlayerError);
    // Nor does a scene that is no server's.
    await expect(engine.start({ id: 'web:1', stage: 'web', owner, cast: ['marrow'] })).rejects.toThrow(
      PlayerError,
    );
  });

  test('may each have one of the same id, and play their own', async () => {
    const { engine, scene } = await bothPlay();
    const there: Desk = { ...CREATOR, server: THERE };
    await engine.cards.save(there, smallCard('Marrow', { first_mes: 'The other one.' }));
    await scene('discord:1', HERE, ['marrow']);
    await scene('discord:2', THERE, ['marrow']);
    const told = async (id: string) => JSON.stringify(await engine.replay(id));
    expect(await told('discord:1')).toContain('Marrow is here.');
    expect(await told('discord:2')).toContain('The other one.');
    expect(await told('discord:2')).not.toContain('Marrow is here.');
  });
});

describe('a character whose card is gone', () => {
  test('scenes go on without it: it says nothing more, and can be dismissed', async () => {
    const { engine } = await onDiscord();
    await engine.cards.save(CREATOR, smallCard('Marrow'));
    const owner = { id: 'p1', name: 'Mara' };
    await engine.start({ id: 'discord:1', stage: 'discord', server: HERE, owner, cast: ['marrow', 'tom'] });
    await engine.idle('discord:1');
    await engine.cards.remove(CREATOR, 'marrow');
    await engine.hear('discord:1', { player: owner, text: 'Marrow, are you there? Tom?' });
    await engine.idle('discord:1');
    const info = await engine.info('discord:1');
    expect(info?.record.status).toBe('playing');
    expect((await engine.dismiss('discord:1', 'marrow')).name).toBe('Marrow');
    await engine.hear('discord:1', { player: owner, text: 'Then you, Tom.' });
    await engine.idle('discord:1');
    const lines = (await engine.replay('discord:1')).map(({ speaker }) => speaker?.name);
    expect(lines.at(-1)).toBe('Tom Reddick');
  });
});
