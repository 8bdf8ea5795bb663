import { describe, expect, test } from 'vitest';
import { activateLore } from '../../../../src/cast/lore/activate.ts';
import type { LoreBook, LoreEntry, LoreLogic } from '../../../../src/cast/lore/lore.ts';
import { smallBook } from '../../../support/small-book.ts';
import { calledUp, scanOf } from './lore-scan.ts';

type Small = Partial<LoreEntry> & { readonly text: string };

const recursive = (...entries: readonly Small[]): LoreBook => ({ ...smallBook(...entries), recursive: true });

test('an entry tells which key of it stood in which line, the last one', () => {
  const book = smallBook({ keys: ['x', 'tea', 'cup'], text: 'Tea.' });
  const { active } = activateLore([book], scanOf(['tea', 'a cup of tea', 'cup', 'nothing']));
  expect(active).toEqual([{ book: 'card', entry: book.entries[0], why: 'key', key: 1, beat: 1 }]);
});

test('an entry that is switched off or empty is never called up', () => {
  const book = smallBook(
    { keys: ['tea'], text: 'off', enabled: false },
    { text: 'off too', constant: true, enabled: false },
    { keys: ['tea'], text: '  ' },
    { text: '{{// only a comment}}', constant: true },
  );
  expect(activateLore([book], scanOf(['tea']))).toEqual({ active: [], left: [] });
});

test.each<[LoreLogic, string, boolean]>([
  ['any', 'tea and milk', true],
  ['any', 'tea', false],
  ['all', 'tea and milk', false],
  ['all', 'tea, milk, sugar', true],
  ['not-any', 'tea', true],
  ['not-any', 'tea and milk', false],
  ['not-all', 'tea and milk', true],
  ['not-all', 'tea, milk, sugar', false],
  ['any', 'milk', false],
])('%s of the secondary keys: %s', (logic, line, isFound) => {
  const book = smallBook({ keys: ['tea'], secondaryKeys: ['milk', 'sugar'], logic, text: 'x' });
  expect(calledUp(book, scanOf([line]))).toHaveLength(isFound ? 1 : 0);
});

test('how far back is looked: as the entry says, else the book, else the room', () => {
  const entries: readonly Small[] = [
    { keys: ['tea'], text: 'own', scanDepth: 3 },
    { keys: ['tea'], text: 'default' },
    { keys: ['tea'], text: 'none', scanDepth: 0 },
  ];
  const lines = ['tea', 'one', 'two'];
  expect(calledUp(smallBook(...entries), scanOf(lines, { scanDepth: 2 }))).toEqual(['own']);
  expect(calledUp(smallBook(...entries), scanOf(lines, { scanDepth: 3 }))).toEqual(['own', 'default']);
  expect(calledUp({ ...smallBook(...entries), scanDepth: 3 }, scanOf(lines, { scanDepth: 0 }))).toEqual([
    'own',
    'default',
  ]);
});

describe('who may know', () => {
  test.each([
    [{ names: ['AH'], tags: [], not: false }, true],
    [{ names: ['ah-id'], tags: [], not: false }, true],
    [{ names: ['Little Ah'], tags: [], not: false }, true],
    [{ names: ['Oh'], tags: ['guest'], not: false }, true],
    [{ names: ['Oh'], tags: ['cook'], not: false }, false],
    [{ names: [], tags: ['5f1c-a-tag-nobody-knows'], not: false }, false],
    [{ names: ['Ah'], tags: [], not: true }, false],
    [{ names: ['Oh'], tags: ['cook'], not: true }, true],
  ])('%j: %s', (only, mayKnow) => {
    const book = smallBook({ text: 'secret', constant: true, only }, { keys: ['tea'], text: 'keyed', only });
    const speaker = { id: 'ah-id', name: 'Ah', aliases: ['little ah'], tags: ['Guest'] };
    expect(calledUp(book, scanOf(['tea'], { speaker }))).toHaveLength(mayKnow ? 2 : 0);
  });
});

describe('time, in lines of its own view', () => {
  const during = (entry: Partial<LoreEntry>, ago: number | undefined, line = 'tea', messages = 20) =>
    activateLore(
      [smallBook({ keys: ['tea'], text: 'x', ...entry })],
      scanOf([line], { messages, last: () => (ago === undefined ? undefined : { ago }) }),
    ).active.map(({ why }) => why);

  test('sticky stays for so many lines, cooldown begins after it', () => {
    const timed = { sticky: 3, cooldown: 2 };
    expect(during(timed, undefined)).toEqual(['key']);
    // The turn that is played again counts as if it were not there yet.
    expect(during(timed, 0)).toEqual(['key']);
    for (const ago of [1, 2, 3]) expect(during(timed, ago, 'nothing'), `${ago}`).toEqual(['sticky']);
    for (const ago of [4, 5]) expect(during(timed, ago), `${ago}`).toEqual([]);
    expect(during(timed, 6)).toEqual(['key']);
  });

  test('cooldown holds back what is constant, too', () => {
    expect(during({ constant: true, cooldown: 2 }, 2)).toEqual([]);
    expect(during({ constant: true, cooldown: 2 }, 3)).toEqual(['constant']);
  });

  test('delay waits until so many lines have gone', () => {
    expect(during({ delay: 5 }, undefined, 'tea', 4)).toEqual([]);
    expect(during({ delay: 5 }, undefined, 'tea', 5)).toEqual(['key']);
  });

  test('every so many lines', () => {
    const found = [3, 4, 5, 6].map((messages) => during({ every: 3 }, undefined, 'tea', messages).length);
    expect(found).toEqual([1, 0, 0, 1]);
  });

  test('what is sticky is not diced again', () => {
    expect(during({ sticky: 3, probability: 0 }, 2, 'nothing')).toEqual(['sticky']);
  });
});

describe('chance', () => {
  const lore = smallBook(
    ...Array.from({ length: 400 }, (_, at) => ({ keys: ['tea'], text: `${at}`, probability: 30 })),
  );

  test('the same seed and turn throw the same dice, others other ones', () => {
    const throwAt = (seed: number, turn: number) => calledUp(lore, scanOf(['tea'], { seed, turn }));
    expect(throwAt(4, 9)).toEqual(throwAt(4, 9));
    expect(throwAt(4, 9)).not.toEqual(throwAt(4, 10));
    expect(throwAt(4, 9)).not.toEqual(throwAt(5, 9));
  });

  test('so many of a hundred are called up', () => {
    const found = [1, 2, 3, 4, 5].map((turn) => calledUp(lore, scanOf(['tea'], { turn })).length);
    const share = found.reduce((sum, count) => sum + count, 0) / 2000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
  });

  test('0 is never and 100 always', () => {
    const book = smallBook(
      { text: 'never', constant: true, probability: 0 },
      { text: 'always', constant: true, probability: 100 },
    );
    expect(calledUp(book, scanOf([]))).toEqual(['always']);
  });
});

describe('groups', () => {
  const entry = (text: string, more: Partial<LoreEntry> = {}): Small => ({
    keys: ['tea'],
    text,
    group: 'g',
    ...more,
  });

  test('one is taken, the heavier the oftener', () => {
    const book = smallBook(entry('light', { groupWeight: 10 }), entry('heavy', { groupWeight: 90 }));
    const taken = Array.from({ length: 300 }, (_, turn) => calledUp(book, scanOf(['tea'], { turn })));
    expect(taken.every((found) => found.length === 1)).toBe(true);
    const light = taken.filter(([found]) => found === 'light').length;
    expect(light).toBeGreaterThan(10);
    expect(light).toBeLessThan(60);
  });

  test('the highest in order where it asks for it; what stays from earlier before all', () => {
    const low = entry('low', { order: 1, groupOverride: true });
    const high = entry('high', { order: 9, groupOverride: true });
    const plain = entry('plain', { order: 99, groupWeight: 1e6 });
    expect(calledUp(smallBook(low, high, plain), scanOf(['tea']))).toEqual(['high']);
    const kept = smallBook(low, high, { ...plain, sticky: 5 });
    const last = (_book: string, id: string) => (id === '2' ? { ago: 1 } : undefined);
    expect(calledUp(kept, scanOf(['tea'], { last }))).toEqual(['plain']);
  });

  test('an entry may be of several groups, in several books', () => {
    const first = smallBook(entry('both', { group: 'g, h', groupOverride: true }), entry('of g'));
    const second: LoreBook = {
      ...smallBook(entry('of h', { group: 'h' }), entry('of k', { group: 'k' })),
      id: 'world',
    };
    expect(calledUp([first, second], scanOf(['tea']))).toEqual(['both', 'of k']);
  });

  test('a later round takes none of a group that had its one', () => {
    const book = recursive(
      entry('milk'),
      { keys: ['milk'], text: 'late', group: 'g' },
      { keys: ['milk'], text: 'other' },
    );
    expect(calledUp(book, scanOf(['tea']))).toEqual(['milk', 'other']);
  });
});

describe('what an entry says calls up others', () => {
  const chain = [
    { keys: ['one'], text: 'see two' },
    { keys: ['two'], text: 'see three' },
    { keys: ['three'], text: 'see one and four' },
    { keys: ['four'], text: 'the end' },
  ];

  test('as often as is allowed; circles end', () => {
    expect(calledUp(recursive(...chain), scanOf(['one'], { maxRecursion: 99 }))).toHaveLength(4);
    expect(calledUp(recursive(...chain), scanOf(['one'], { maxRecursion: 1 }))).toEqual([
      'see two',
      'see three',
    ]);
    expect(calledUp(recursive(...chain), scanOf(['one'], { maxRecursion: 0 }))).toEqual(['see two']);
    expect(calledUp(smallBook(...chain), scanOf(['one']))).toEqual(['see two']);
  });

  test('tells that it was recalled, and by which key', () => {
    const { active } = activateLore([recursive(...chain)], scanOf(['one'], { maxRecursion: 1 }));
    expect(active[1]).toMatchObject({ why: 'recursion', key: 0 });
    expect(active[1]).not.toHaveProperty('beat');
  });

  test('but not where one of them will have none of it', () => {
    const first = { keys: ['one'], text: 'two' };
    const second = { keys: ['two'], text: 'found' };
    const found = (one: Partial<LoreEntry>, two: Partial<LoreEntry>, line = 'one') =>
      calledUp(recursive({ ...first, ...one }, { ...second, ...two }), scanOf([line])).includes('found');
    expect(found({}, {})).toBe(true);
    expect(found({ preventRecursion: true }, {})).toBe(false);
    expect(found({}, { excludeRecursion: true })).toBe(false);
    expect(found({}, { excludeRecursion: true }, 'two')).toBe(true);
    expect(found({}, { delayUntilRecursion: true })).toBe(true);
    expect(found({}, { delayUntilRecursion: true }, 'two')).toBe(false);
  });

  test('a key that was heard and a secondary one that was recalled come together', () => {
    const book = recursive(
      { keys: ['one'], text: 'two' },
      { keys: ['tea'], secondaryKeys: ['two'], text: 'both' },
    );
    const { active } = activateLore([book], scanOf(['tea', 'one']));
    expect(active[1]).toMatchObject({ why: 'recursion', key: 0, beat: 0 });
  });

  test('hidden keys count, comments and what had no room do not', () => {
    const found = [{ keys: ['milk'], text: 'milk is here' }];
    const say = (text: string, budget = 10_000) =>
      calledUp(recursive({ keys: ['tea'], text }, ...found), scanOf(['tea'], { budget })).length;
    expect(say('Hot. {{hidden_key:milk}}')).toBe(2);
    expect(say('Hot. {{// milk}}')).toBe(1);
    expect(say('{{comment: milk}}Hot.')).toBe(1);
    expect(say('Hot milk, and much more than there is room for.', 20)).toBe(0);
  });

  test('of a world calls up the private book of who speaks, and only where both books allow it', () => {
    const world: LoreBook = { ...recursive({ keys: ['inn'], text: 'the old well' }), id: 'world' };
    const card = (isRecursive: boolean): LoreBook => ({
      ...smallBook({ keys: ['well'], text: 'mine' }),
      recursive: isRecursive,
    });
    expect(calledUp([card(true), world], scanOf(['inn']))).toEqual(['mine', 'the old well']);
    expect(calledUp([card(false), world], scanOf(['inn']))).toEqual(['the old well']);
  });
});

describe('room', () => {
  const ten = 'x'.repeat(10);
  const entry = (order: number, more: Partial<LoreEntry> = {}): Small => ({
    keys: ['tea'],
    text: `${order}`.padEnd(10, '.'),
    order,
    ...more,
  });

  test('the higher in order the earlier chosen, and the later in the prompt; whole entries only', () => {
    const book = smallBook(entry(1), entry(3), entry(2));
    const { active, left } = activateLore([book], scanOf(['tea'], { budget: 25 }));
    expect(active.map(({ entry: { order } }) => order)).toEqual([2, 3]);
    expect(left).toEqual([{ book: 'card', entry: book.entries[0], because: 'budget' }]);
  });

  test('a smaller one still comes in where a larger one has no room', () => {
    const book = smallBook({ keys: ['tea'], text: ten.repeat(9), order: 9 }, entry(1));
    expect(calledUp(book, scanOf(['tea'], { budget: 50 }))).toEqual(['1.........']);
  });

  test('what is constant goes first, a priority before an order', () => {
    const book = smallBook(entry(9), entry(1, { constant: true }), entry(2, { priority: 50 }));
    const kept = (budget: number) =>
      activateLore([book], scanOf(['tea'], { budget })).active.map(({ entry: { order } }) => order);
    expect(kept(10)).toEqual([1]);
    expect(kept(20)).toEqual([1, 2]);
    expect(kept(30)).toEqual([1, 2, 9]);
  });

  test('a book may have less than all: three of weight a token', () => {
    const card = { ...smallBook(entry(1), entry(2), entry(3)), tokenBudget: 7 };
    const world: LoreBook = { ...smallBook(entry(4)), id: 'world' };
    const { active, left } = activateLore([card, world], scanOf(['tea']));
    expect(active.map(({ entry: { order } }) => order)).toEqual([2, 3, 4]);
    expect(left).toHaveLength(1);
  });

  test('is measured as the prompt has it', () => {
    const book = smallBook({ keys: ['tea'], text: '{{// a long note of the author}}{{char}}' });
    expect(calledUp(book, scanOf(['tea'], { budget: 2 }))).toHaveLength(1);
    expect(calledUp(book, scanOf(['tea'], { budget: 1 }))).toHaveLength(0);
  });
});
