import fc from 'fast-check';
import { expect, test } from 'vitest';
import { activateLore } from '../../../src/cast/lore/activate.ts';
import { keyOf } from '../../../src/cast/lore/key.ts';
import { isWorld, readWorld } from '../../../src/cast/lore/read-world.ts';
import type { World } from '../../../src/cast/lore/world.ts';
import { worldToSillyTavern, worldToV3 } from '../../../src/cast/lore/write-world.ts';

// What files hold where they should hold something else.
const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    1,
    -3,
    2.5,
    1e20,
    '',
    '1',
    '40',
    'tea',
    'a, b',
    '/x+/i',
    '/(?=a)/',
  ),
  fc.constantFrom<unknown>(
    [],
    ['tea', 7, null],
    ['/a/', 'b'],
    {},
    { names: ['Ah'] },
    { isExclude: true, tags: 't' },
  ),
  fc.constantFrom<unknown>('@@scan_depth 2\n@@@depth 1\nTea.', '@@', '{{char}} {{//', '<role_thinking>x'),
  fc.jsonValue({ maxDepth: 2 }),
);

const fieldsOf = (names: readonly string[]) =>
  fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, fc.constant('unknown')), junk, {
    maxKeys: 12,
  });

const SILLY = (
  'uid key keysecondary comment content constant selective selectiveLogic order position disable probability ' +
  'useProbability depth group groupOverride groupWeight scanDepth caseSensitive matchWholeWords sticky cooldown ' +
  'delay excludeRecursion preventRecursion delayUntilRecursion characterFilter extensions'
).split(' ');
const V3 = (
  'id keys secondary_keys name comment content enabled constant selective insertion_order priority use_regex ' +
  'case_sensitive position extensions'
).split(' ');
const RISU =
  'key secondkey comment content mode insertorder alwaysActive selective useRegex activationPercent extentions id'.split(
    ' ',
  );
const OTHERS =
  'keywords entry weight priority enabled displayName keys text forceActivation contextConfig'.split(' ');

const entries = (names: readonly string[]) =>
  fc.array(
    fieldsOf(names).map((fields) => ({ ...fields })),
    { maxLength: 6 },
  );
const silly = entries(SILLY).map((list) => ({
  entries: Object.fromEntries(list.map((entry, at) => [at, entry])),
}));
const v3 = fc
  .tuple(fieldsOf(['name', 'scan_depth', 'token_budget', 'recursive_scanning', 'extensions']), entries(V3))
  .map(([book, list]) => ({ spec: 'lorebook_v3', data: { ...book, entries: list } }));
const anyWorld: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  silly,
  v3,
  entries(RISU).map((data) => ({ type: 'risu', data })),
  entries(OTHERS).map((list) => ({ kind: 'memory', entries: list })),
  entries(OTHERS).map((list) => ({ lorebookVersion: 5, entries: list })),
  fc.record({ entries: fc.oneof(junk, fc.array(junk)) }),
);

function worldOf(raw: Record<string, unknown>): World {
  const book = readWorld(raw, 'A harbour', () => {});
  return { id: book.id, name: book.name, book, raw };
}

/** All of a book that decides what it does: ids and names may become others on the way, ways to write a key, too. */
function doingOf(raw: Record<string, unknown>) {
  const { id: _id, name: _name, entries: found, ...book } = readWorld(raw, 'A harbour', () => {});
  return {
    ...book,
    entries: found.map(({ id: _own, name: _called, regex, caseSensitive, wholeWords, ...entry }) => {
      const keysOf = (keys: readonly string[]) =>
        keys
          .map((key) => keyOf(key, { regex, caseSensitive, wholeWords }))
          .map((key) =>
            key.type === 'pattern' ? { ...key, source: key.source.replaceAll('\\/', '/') } : key,
          );
      return { ...entry, keys: keysOf(entry.keys), secondaryKeys: keysOf(entry.secondaryKeys) };
    }),
  };
}

test('whatever stands in a lorebook, it is read, and plays', () => {
  fc.assert(
    fc.property(anyWorld, (raw) => {
      const { book } = worldOf(raw);
      expect(new Set(book.entries.map(({ id }) => id)).size).toBe(book.entries.length);
      const { active } = activateLore([book], {
        ...{ heard: [{ n: 1, text: 'tea a b xx' }], messages: 3, last: () => ({ ago: 2 }), seed: 1, turn: 1 },
        ...{ speaker: { id: 'ah', name: 'Ah', tags: ['t'] }, budget: 1e6, maxRecursion: 3, scanDepth: 4 },
      });
      expect(active.length).toBeLessThanOrEqual(book.entries.length);
    }),
    { numRuns: 500 },
  );
});

test('a world that is handed out does the same where it is read again', () => {
  fc.assert(
    fc.property(anyWorld, (raw) => {
      const world = worldOf(raw);
      fc.pre(isWorld(raw));
      const card = worldToV3(world);
      expect(isWorld(card)).toBe(true);
      expect(doingOf(card)).toEqual(doingOf(raw));
      const file = worldToSillyTavern(world);
      expect(isWorld(file)).toBe(true);
      expect(doingOf(file).entries.map(({ text }) => text)).toEqual(
        world.book.entries.map(({ text }) => text),
      );
      expect(doingOf(worldToV3(worldOf(file)))).toEqual(doingOf(file));
    }),
    { numRuns: 500 },
  );
});
