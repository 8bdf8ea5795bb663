import { describe, expect, test } from 'vitest';
import { cardDataSchema } from '../../../../src/cast/cards/card-data.ts';
import { tidyCard } from '../../../../src/cast/cards/tidy-card.ts';
import { BARE_ENTRY, bookOfCard } from '../../../../src/cast/lore/card-book.ts';
import type { LoreBook, LoreEntry } from '../../../../src/cast/lore/lore.ts';
import { calledUp, scanOf } from './lore-scan.ts';

function read(book: Record<string, unknown>): { book: LoreBook; warnings: string[] } {
  const warnings: string[] = [];
  const card = cardDataSchema.parse(tidyCard({ name: 'Ah', character_book: book }, () => {}));
  return { book: bookOfCard(card, (warning) => warnings.push(warning)), warnings };
}

function entryOf(entry: Record<string, unknown>): LoreEntry | undefined {
  return read({ entries: [{ keys: ['tea'], content: 'Tea.', enabled: true, ...entry }] }).book.entries[0];
}

const BARE: LoreEntry = { ...BARE_ENTRY, id: 'e0', name: 'tea', keys: ['tea'], text: 'Tea.' };

test('a card without a book has an empty one', () => {
  expect(read({}).book).toEqual({ id: 'card', name: 'Ah', recursive: true, entries: [] });
});

test('what is said of the book', () => {
  const { book } = read({ scan_depth: '4', token_budget: 500, recursive_scanning: false, entries: [] });
  expect(book).toMatchObject({ scanDepth: 4, tokenBudget: 500, recursive: false });
  expect(read({ scan_depth: null, token_budget: 'much', entries: [] }).book).not.toHaveProperty(
    'tokenBudget',
  );
});

test('an entry of V2, bare and full', () => {
  expect(entryOf({})).toEqual(BARE);
  expect(
    entryOf({
      ...{ id: 7, name: 'The tea', comment: 'c', insertion_order: '5', priority: 3, constant: true },
      ...{ case_sensitive: true, selective: true, secondary_keys: ['milk'], position: 'before_char' },
    }),
  ).toEqual({
    ...BARE,
    ...{ id: '7', name: 'The tea', order: 5, priority: 3, constant: true, caseSensitive: true },
    secondaryKeys: ['milk'],
  });
  expect(entryOf({ secondary_keys: ['milk'] })).toEqual(BARE);
  expect(entryOf({ selective: true, secondary_keys: 'milk, /a,b/i , sugar' })?.secondaryKeys).toEqual([
    'milk',
    '/a,b/i',
    'sugar',
  ]);
});

test('what SillyTavern adds', () => {
  const extensions = {
    ...{ position: 4, depth: 4, role: 0, display_index: 3, probability: '40', useProbability: true },
    ...{ selectiveLogic: 3, group: 'g', group_override: true, group_weight: 50, scan_depth: 2, sticky: 3 },
    ...{ cooldown: 2, delay: null, match_whole_words: null, case_sensitive: null, exclude_recursion: true },
    ...{ prevent_recursion: true, delay_until_recursion: 2, vectorized: false, automation_id: 'x' },
    characterFilter: { isExclude: true, names: ['Oh'], tags: [] },
  };
  expect(entryOf({ extensions, use_regex: true })).toEqual({
    ...BARE,
    ...{ probability: 40, logic: 'all', group: 'g', groupOverride: true, groupWeight: 50, scanDepth: 2 },
    ...{ sticky: 3, cooldown: 2, wholeWords: true, excludeRecursion: true, preventRecursion: true },
    delayUntilRecursion: true,
    only: { names: ['Oh'], tags: [], not: true },
  });
  expect(entryOf({ extensions: { probability: 5, useProbability: false } })?.probability).toBe(100);
});

test.each([
  [0, 'any'],
  [1, 'not-all'],
  [2, 'not-any'],
  [3, 'all'],
  ['2', 'not-any'],
  [99, 'all'],
  ['?', 'any'],
])('logic %j is %s', (selectiveLogic, logic) => {
  expect(entryOf({ extensions: { selectiveLogic } })?.logic).toBe(logic);
});

test('keys that are patterns: V3 says so, SillyTavern says so of all and means those in slashes', () => {
  expect(entryOf({ use_regex: true, selective: true, secondary_keys: ['x'], constant: true })).toEqual({
    ...BARE,
    regex: true,
  });
  expect(entryOf({ use_regex: true, extensions: { selectiveLogic: 0 } })).toEqual(BARE);
});

test('a pattern that cannot be found is told, and the rest of the entry lives', () => {
  const entries = [{ keys: ['tea', '/(?=a)b/', '/ok/'], content: 'Tea.' }];
  const { book, warnings } = read({ entries });
  expect(warnings).toEqual([
    'a pattern of `character_book.entries[0]` (key 2) is not understood (look-around and back references are not supported): it is never found',
  ]);
  expect(calledUp(book, scanOf(['tea']))).toEqual(['Tea.']);
  const many = Array.from({ length: 900 }, () => '/(?:ab|[cd]){150}/');
  const others = read({
    entries: [{ keys: many.map((key, at) => `${key.slice(0, -1)}${at}/`), content: 'x' }],
  });
  expect(others.warnings).toEqual([expect.stringContaining('too many')]);
});

test('ids are numbers of the file or places, never words, each once', () => {
  const entries = [5, 5, 'a secret', null, '12', -1].map((id) => ({ id, keys: ['k'], content: 'x' }));
  expect(read({ entries }).book.entries.map(({ id }) => id)).toEqual(['5', 'e1', 'e2', 'e3', '12', 'e5']);
});

describe('decorators', () => {
  const decorated = (lines: string, more: Record<string, unknown> = {}) =>
    entryOf({ content: `${lines}\nTea.`, ...more });

  test.each<[string, Partial<LoreEntry>]>([
    ['@@activate_only_after 4', { delay: 4 }],
    ['@@activate_only_every 3', { every: 3 }],
    ['@@keep_activate_after_match', { sticky: 1e9 }],
    ['@@dont_activate_after_match', { cooldown: 1e9 }],
    ['@@scan_depth 2', { scanDepth: 2 }],
    ['@@additional_keys milk, sugar', { also: [{ keys: ['milk', 'sugar'], logic: 'any' }] }],
    ['@@exclude_keys gin', { also: [{ keys: ['gin'], logic: 'not-any' }] }],
    ['@@ignore_on_max_context', { priority: -1e9 }],
    ['@@dont_activate', { enabled: false }],
    ['@@activate', { constant: true, also: [] }],
    ['@@dont_activate\n@@activate', { constant: true, also: [] }],
    ['@@depth 4\n@@role system\n@@position after_desc', {}],
    ['@@is_greeting 1\n@@unknown', {}],
    // A fallback counts where the one above it is passed over, and only there.
    ['@@theirs 4\n@@@scan_depth 3', { scanDepth: 3 }],
    ['@@theirs 4\n@@@other 1\n@@@scan_depth 3\n@@@scan_depth 5', { scanDepth: 3 }],
    ['@@scan_depth 2\n@@@scan_depth 3', { scanDepth: 2 }],
    ['@@scan_depth many\n@@@scan_depth 3', { scanDepth: 3 }],
    ['@@@scan_depth 3', {}],
    // The first of one name.
    ['@@scan_depth 2\n@@scan_depth 3', { scanDepth: 2 }],
    ['  @@scan_depth 2\r\n\n@@activate_only_after 4\n', { scanDepth: 2, delay: 4 }],
  ])('%j', (lines, changes) => {
    expect(decorated(lines)).toEqual({ ...BARE, ...changes });
  });

  test('beside patterns, more keys are more ways in', () => {
    expect(decorated('@@additional_keys a.c\n@@exclude_keys x', { use_regex: true })).toEqual({
      ...BARE,
      ...{ regex: true, keys: ['tea', 'a.c'] },
    });
  });

  test('a line of the text that only begins alike is text', () => {
    expect(entryOf({ content: 'Tea.\n@@depth 3' })?.text).toBe('Tea.\n@@depth 3');
    expect(entryOf({ content: '@@scan_depth 1' })?.text).toBe('');
  });

  test('work together', () => {
    const { book } = read({
      entries: [
        { keys: ['tea'], content: '@@additional_keys milk\n@@exclude_keys gin\nFound.', enabled: true },
      ],
    });
    const hears = (line: string) => calledUp(book, scanOf([line])).length;
    expect(['tea', 'tea with milk', 'tea with milk and gin'].map(hears)).toEqual([0, 1, 0]);
  });
});
