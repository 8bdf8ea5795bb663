import fc from 'fast-check';
import { expect, test } from 'vitest';
import { activateLore } from '../../../src/cast/lore/activate.ts';
import type { LoreScan } from '../../../src/cast/lore/activation.ts';
import { BARE_ENTRY } from '../../../src/cast/lore/card-book.ts';
import type { LoreBook, LoreEntry } from '../../../src/cast/lore/lore.ts';
import { slowLore } from './slow-lore.ts';

// Few letters, so that keys are found often, in parts of words and across their edges.
const word = fc.stringMatching(/^[abA]{1,3}$/);
const key = fc.oneof(
  { weight: 6, arbitrary: word },
  fc.constantFrom('a b', 'é', '猫', 'a猫', '', '/a+b/', '/^B/i', '/(a+)+$/', '/b\\b/g', 'a_b', "b'"),
);
const text = fc
  .array(fc.oneof(word, fc.constantFrom('é', '猫', 'ba猫', "b'", 'a_b', '🦊', 'Ab')), {
    minLength: 1,
    maxLength: 6,
  })
  .map((words) => words.join(' '));
const keys = fc.array(key, { minLength: 1, maxLength: 3 });
const logic = fc.constantFrom('any' as const, 'all' as const, 'not-any' as const, 'not-all' as const);
const rare = fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true));
const small = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 4 }));
const names = fc.constantFrom('Ah', 'ah-id', 'ALIAS', 'Oh');

/** Present or absent, as the contract has its optional fields. */
const some = <K extends string, T>(name: K, value: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    value.map((found) => ({ [name]: found })),
  );

const entry: fc.Arbitrary<Omit<LoreEntry, 'id'>> = fc
  .tuple(
    fc.record({
      name: fc.constant('entry'),
      keys,
      secondaryKeys: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, keys),
      logic,
      text,
      enabled: rare.map((is) => !is),
      constant: rare,
      caseSensitive: rare,
      wholeWords: fc.boolean(),
      probability: fc.constantFrom(100, 100, 100, 50, 10, 0),
      order: fc.integer({ min: 0, max: 4 }),
      excludeRecursion: rare,
      preventRecursion: rare,
      delayUntilRecursion: rare,
      sticky: small,
      cooldown: small,
      delay: small,
      group: fc.constantFrom('', '', '', 'g', 'h', 'g, h', 'h,k'),
      groupWeight: fc.constantFrom(0, 1, 100),
      groupOverride: rare,
    }),
    some('priority', fc.integer({ min: 0, max: 4 })),
    some('scanDepth', fc.integer({ min: 0, max: 4 })),
    some('every', fc.integer({ min: 1, max: 3 })),
    some('also', fc.array(fc.record({ keys, logic }), { maxLength: 2 })),
    some(
      'only',
      fc.record({ names: fc.array(names, { maxLength: 2 }), tags: fc.array(names), not: fc.boolean() }),
    ),
  )
  .map(([whole, ...parts]) => Object.assign({ ...BARE_ENTRY, ...whole }, ...parts));

const book: fc.Arbitrary<Omit<LoreBook, 'id'>> = fc
  .tuple(
    fc.record({
      name: fc.constant('book'),
      recursive: fc.boolean(),
      entries: fc
        .array(entry, { minLength: 3, maxLength: 12 })
        .map((entries) => entries.map((each, at): LoreEntry => ({ ...each, id: String(at) }))),
    }),
    some('scanDepth', fc.integer({ min: 0, max: 4 })),
    some('tokenBudget', fc.integer({ min: 0, max: 20 })),
  )
  .map(([whole, ...parts]) => Object.assign(whole, ...parts));

const books = fc
  .array(book, { minLength: 1, maxLength: 3 })
  .map((found) => found.map((each, at): LoreBook => ({ ...each, id: `book-${at}` })));

const scan: fc.Arbitrary<LoreScan> = fc
  .record({
    lines: fc.array(text, { minLength: 1, maxLength: 6 }),
    more: fc.nat(3),
    ago: fc.array(fc.nat(9), { minLength: 5, maxLength: 5 }),
    seed: fc.nat(),
    turn: fc.nat(),
    budget: fc.constantFrom(1000, 1000, 40, 12, 0),
    maxRecursion: fc.nat(4),
    scanDepth: fc.nat(4),
  })
  .map(({ lines, more, ago, ...rest }) => ({
    ...rest,
    heard: lines.map((line, n) => ({ n: n * 2 + 5, text: line })),
    messages: lines.length + more,
    last: (inBook, id) => {
      const found = ago[(Number(id) + inBook.length + Number(inBook.at(-1))) % 5] ?? 0;
      return found > 7 ? undefined : { ago: found };
    },
    speaker: { id: 'ah-id', name: 'Ah', aliases: ['alias'], tags: ['Oh'] },
  }));

test('what is called up is what a slow, plain model of the rules says', () => {
  fc.assert(
    fc.property(books, scan, (shelf, asked) => {
      const { active, left } = activateLore(shelf, asked);
      const slow = slowLore(shelf, asked);
      expect(active.map(({ entry: { id }, ...rest }) => ({ id, ...rest }))).toEqual(slow.active);
      expect(left.map(({ book: home, entry: { id } }) => ({ book: home, id }))).toEqual(slow.left);
      expect(activateLore(shelf, asked)).toEqual({ active, left });
    }),
    { numRuns: 1000 },
  );
});

test('the random books of this test do call things up, in each of the ways', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(books, scan, (shelf, asked) => {
      const { active, left } = activateLore(shelf, asked);
      for (const { why } of active) seen.set(why, (seen.get(why) ?? 0) + 1);
      if (left.length > 0) seen.set('left', (seen.get('left') ?? 0) + 1);
    }),
    { numRuns: 500, seed: 7 },
  );
  for (const way of ['key', 'constant', 'sticky', 'recursion', 'left']) {
    expect(seen.get(way), way).toBeGreaterThan(15);
  }
});
