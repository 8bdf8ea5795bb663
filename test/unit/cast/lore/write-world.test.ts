import { expect, test } from 'vitest';
import { readWorld } from '../../../../src/cast/lore/read-world.ts';
import type { World } from '../../../../src/cast/lore/world.ts';
import { worldToCardBook, worldToSillyTavern, worldToV3 } from '../../../../src/cast/lore/write-world.ts';

function worldOf(raw: Record<string, unknown>): World {
  const book = readWorld(raw, 'A harbour', () => {});
  return { id: book.id, name: book.name, book, raw };
}

const again = (raw: Record<string, unknown>) => readWorld(raw, 'A harbour', () => {});

const SILLY = {
  entries: {
    0: {
      ...{
        uid: 0,
        key: ['tea', '/a,b/i'],
        keysecondary: ['milk'],
        comment: 'On tea',
        content: '@@depth 3\nTea.',
      },
      ...{ constant: false, selective: true, selectiveLogic: 3, order: 7, position: 4, disable: false },
      ...{ probability: 30, useProbability: true, depth: 4, group: 'g', groupOverride: true, groupWeight: 5 },
      ...{
        scanDepth: 2,
        caseSensitive: null,
        matchWholeWords: null,
        sticky: 1,
        cooldown: 2,
        delay: 3,
        role: 0,
      },
      ...{ excludeRecursion: true, preventRecursion: false, delayUntilRecursion: false, automationId: 'x' },
      ...{ displayIndex: 4, vectorized: false, somethingNew: { kept: true } },
      characterFilter: { isExclude: true, names: ['Oh'], tags: [] },
    },
    9: { uid: 9, key: ['cup'], content: 'A cup.', disable: true, matchWholeWords: false },
  },
  somethingElse: [1, 2],
};

const V3 = {
  spec: 'lorebook_v3',
  data: {
    ...{
      name: 'A harbour',
      scan_depth: 4,
      token_budget: 99,
      recursive_scanning: false,
      extensions: { own: 1 },
    },
    entries: [
      {
        keys: ['tea'],
        content: 'Tea.',
        enabled: true,
        insertion_order: 5,
        use_regex: false,
        extensions: { mine: 2 },
      },
      {
        id: 4,
        keys: ['a/b.c', '/x/'],
        content: 'P.',
        enabled: false,
        insertion_order: 6,
        use_regex: true,
        extensions: {},
      },
      {
        ...{ keys: ['k'], secondary_keys: ['s'], selective: true, content: 'S.', enabled: true, priority: 4 },
        new: 1,
      },
    ],
  },
};

test('a world goes out as it came in', () => {
  expect(worldToSillyTavern(worldOf(SILLY))).toEqual(SILLY);
  expect(worldToV3(worldOf(V3))).toEqual(V3);
});

test('from SillyTavern to Character Card V3 and back nothing is lost', () => {
  const world = worldOf(SILLY);
  const v3 = worldToV3(world);
  expect(again(v3)).toEqual(world.book);
  expect(JSON.stringify(v3)).toContain('somethingNew');
  const back = worldToSillyTavern(worldOf(v3));
  expect(again(back).entries).toEqual(world.book.entries);
  const { somethingNew, ...rest } = SILLY.entries[0];
  expect(back['entries']).toMatchObject({ 0: { ...rest, extensions: { somethingNew } } });
  expect(back['extensions']).toMatchObject({ somethingElse: [1, 2] });
});

test('from Character Card V3 to SillyTavern it calls up the same', () => {
  const world = worldOf(V3);
  const silly = worldToSillyTavern(world);
  const { entries, ...book } = again(silly);
  expect(book).toEqual({ ...world.book, entries: undefined, id: 'a-harbour', name: 'A harbour' });
  expect(entries.map(({ keys }) => keys)).toEqual([['tea'], ['/a\\/b.c/i', '/x/'], ['k']]);
  expect(entries.map(({ enabled, order, wholeWords }) => [enabled, order, wholeWords])).toEqual([
    [true, 5, false],
    [false, 6, false],
    [true, 100, false],
  ]);
  expect(entries[2]).toMatchObject({ secondaryKeys: ['s'], priority: 4 });
  expect(JSON.stringify(silly)).toMatch(/"mine":2.*"new":1|"new":1.*"mine":2/);
});

test('of other programs becomes the book of a card', () => {
  const risu = worldOf({
    type: 'risu',
    data: [
      {
        key: 'tea, cup',
        content: '@@scan_depth 2\nTea.',
        insertorder: 5,
        activationPercent: 20,
        alwaysActive: true,
        loreCache: 1,
      },
    ],
  });
  const book = worldToCardBook(risu);
  expect(again({ spec: 'lorebook_v3', data: book }).entries).toEqual(risu.book.entries);
  expect(JSON.stringify(book)).toContain('loreCache');
  expect(again(worldToSillyTavern(risu)).entries).toMatchObject([
    { keys: ['tea', 'cup'], probability: 20, scanDepth: 2 },
  ]);
});
