import { describe, expect, test } from 'vitest';
import { BARE_ENTRY } from '../../../../src/cast/lore/card-book.ts';
import type { LoreEntry } from '../../../../src/cast/lore/lore.ts';
import { isWorld, readWorld } from '../../../../src/cast/lore/read-world.ts';

function read(raw: Record<string, unknown>) {
  const warnings: string[] = [];
  const book = readWorld(raw, 'A harbour', (warning) => warnings.push(warning));
  return { book, warnings };
}

const BARE: LoreEntry = { ...BARE_ENTRY, id: 'e0', name: 'tea', keys: ['tea'], text: 'Tea.' };

describe('SillyTavern', () => {
  test('a bare entry: whole words, as is usual there', () => {
    const { book, warnings } = read({ entries: { 0: { key: ['tea'], content: 'Tea.' } } });
    expect(book).toEqual({
      ...{ id: 'a-harbour', name: 'A harbour', recursive: true },
      entries: [{ ...BARE, wholeWords: true }],
    });
    expect(warnings).toEqual([]);
  });

  test('a full one', () => {
    const entry = {
      ...{ uid: 3, key: ['tea'], keysecondary: ['milk'], comment: 'On tea', content: 'Tea.', constant: true },
      ...{ selective: true, selectiveLogic: 2, order: 7, position: 4, disable: true, probability: 30 },
      ...{ useProbability: true, depth: 4, group: 'g', groupOverride: true, groupWeight: 5, scanDepth: 1 },
      ...{ caseSensitive: true, matchWholeWords: false, sticky: 1, cooldown: 2, delay: 3, role: null },
      ...{ excludeRecursion: true, preventRecursion: true, delayUntilRecursion: true, vectorized: false },
      characterFilter: { isExclude: false, names: ['Ah'], tags: ['t'] },
    };
    expect(read({ entries: { 3: entry } }).book.entries).toEqual([
      {
        ...{
          ...BARE,
          id: '3',
          name: 'On tea',
          secondaryKeys: ['milk'],
          constant: true,
          logic: 'not-any',
          order: 7,
        },
        ...{ enabled: false, probability: 30, group: 'g', groupOverride: true, groupWeight: 5, scanDepth: 1 },
        ...{ caseSensitive: true, sticky: 1, cooldown: 2, delay: 3, excludeRecursion: true },
        ...{
          preventRecursion: true,
          delayUntilRecursion: true,
          only: { names: ['Ah'], tags: ['t'], not: false },
        },
      },
    ]);
  });

  test('an empty filter is none', () => {
    const entry = {
      key: ['tea'],
      content: 'Tea.',
      characterFilter: { isExclude: false, names: [], tags: [] },
    };
    expect(read({ entries: { 0: entry } }).book.entries[0]).not.toHaveProperty('only');
  });
});

test('RisuAI', () => {
  const data = [
    {
      key: 'tea, cup ,',
      comment: 'On tea',
      content: 'Tea.',
      mode: 'normal',
      insertorder: 5,
      selective: false,
    },
    {
      key: 'a,b',
      secondkey: 'milk',
      content: 'x',
      selective: true,
      alwaysActive: true,
      activationPercent: 20,
    },
    { key: '/a,b/', content: 'y', useRegex: true, extentions: { risu_case_sensitive: true } },
    { key: '', comment: 'A folder', content: '', mode: 'folder' },
  ];
  const raw = { type: 'risu', ver: 1, data };
  expect(isWorld(raw)).toBe(true);
  expect(read(raw).book.entries).toEqual([
    { ...BARE, name: 'On tea', keys: ['tea', 'cup'], order: 5 },
    {
      ...{
        ...BARE,
        id: 'e1',
        name: 'a',
        keys: ['a', 'b'],
        text: 'x',
        secondaryKeys: ['milk'],
        constant: true,
      },
      probability: 20,
    },
    { ...BARE, id: 'e2', name: '/a,b/', keys: ['/a,b/'], text: 'y', regex: true, caseSensitive: true },
    { ...BARE, id: 'e3', name: 'A folder', keys: [], text: '', enabled: false },
  ]);
});

test.each([
  [
    {
      spec: 'lorebook_v3',
      data: { name: 'Own name', scan_depth: 3, entries: [{ keys: ['tea'], content: 'Tea.' }] },
    },
  ],
  [{ name: 'Own name', scan_depth: 3, entries: [{ keys: ['tea'], content: 'Tea.' }] }],
])('Character Card V3, and the book of a card by itself', (raw) => {
  expect(isWorld(raw)).toBe(true);
  expect(read(raw).book).toEqual({
    id: 'own-name',
    name: 'Own name',
    recursive: true,
    scanDepth: 3,
    entries: [BARE],
  });
});

test('Agnai and NovelAI', () => {
  const agnai = {
    kind: 'memory',
    entries: [{ name: 'n', keywords: ['tea'], entry: 'Tea.', weight: 4, priority: 2, enabled: true }],
  };
  expect(read(agnai).book.entries).toEqual([{ ...BARE, name: 'n', order: 4, priority: 2 }]);
  const novel = {
    lorebookVersion: 5,
    entries: [
      {
        displayName: 'n',
        keys: ['tea'],
        text: 'Tea.',
        forceActivation: true,
        contextConfig: { budgetPriority: 9 },
      },
    ],
  };
  expect(read(novel).book.entries).toEqual([{ ...BARE, name: 'n', order: 9, constant: true }]);
});

test.each([
  [{}, false],
  [{ entries: 'none' }, false],
  [{ entries: {} }, true],
  [{ entries: [] }, true],
  [{ spec: 'chara_card_v2', data: { character_book: { entries: [] } } }, false],
  [{ spec: 'lorebook_v3' }, false],
  [{ name: 'A card', first_mes: 'Hello.', entries: [] }, false],
  [{ type: 'risu', data: 'none' }, false],
  [{ type: 'risu', data: [] }, true],
])('%j is a world: %s', (raw, is) => {
  expect(isWorld(raw)).toBe(is);
});

describe('bad input', () => {
  test('of all kinds is read as what it can mean', () => {
    const entry = {
      key: 'tea, /a,b/',
      keysecondary: null,
      content: 7,
      order: '12',
      probability: 'x',
      delay: -4,
      sticky: '2',
      group: null,
    };
    expect(read({ entries: [entry, null, 'text', []] }).book.entries).toEqual([
      { ...BARE, wholeWords: true, keys: ['tea', '/a,b/'], text: '7', order: 12, sticky: 2 },
    ]);
    expect(read({ entries: [null] }).warnings).toEqual([
      'field `entries` holds what is no lore entry; it was left out',
    ]);
    expect(read({ entries: [{ key: { a: 1 }, content: { b: 2 } }] }).warnings).toHaveLength(2);
    expect(read({ type: 'risu', data: null }).book.entries).toEqual([]);
  });

  test('cyclic objects and equal ids do no harm', () => {
    const entry: Record<string, unknown> = { uid: 1, key: ['tea'], content: 'Tea.' };
    entry['extensions'] = { self: entry };
    entry['characterFilter'] = { names: [entry] };
    const { book } = read({ entries: { a: entry, b: entry } });
    expect(book.entries.map(({ id }) => id)).toEqual(['1', 'e1']);
  });

  test('there are limits', () => {
    const many = Array.from({ length: 10_001 }, () => ({ key: ['tea'], content: 'x' }));
    const { book, warnings } = read({ entries: many });
    expect(book.entries).toHaveLength(10_000);
    expect(warnings).toEqual(['field `entries` has more than 10,000 entries; the rest is left out']);
    const keys = Array.from({ length: 1002 }, (_, at) => `k${at}`);
    const long = read({ entries: [{ key: [...keys, 'x'.repeat(1001)], content: 'x'.repeat(100_001) }] });
    expect(long.book.entries[0]?.keys).toHaveLength(1000);
    expect(long.book.entries[0]?.text).toHaveLength(100_000);
    expect(long.warnings).toHaveLength(2);
  });

  test('tags of the format lose their brackets', () => {
    const { book } = read({ entries: [{ key: ['tea'], content: '<role_thinking>I know.</role_thinking>' }] });
    expect(book.entries[0]?.text).not.toContain('<role_thinking>');
  });
});
