import { describe, expect, test } from 'vitest';
import { specData } from '../../../src/cast/cards/write-spec-data.ts';

const v3 = (fields: Record<string, unknown>) => specData({ name: 'Ada', ...fields }, 'v3');

test('every required field is there, whatever the card has', () => {
  const required = ['description', 'personality', 'scenario', 'first_mes', 'mes_example', 'creator_notes']
    .concat(['system_prompt', 'post_history_instructions', 'creator', 'character_version'])
    .map((field) => [field, '']);
  const lists = ['alternate_greetings', 'tags', 'group_only_greetings'].map((field) => [field, []]);
  expect(v3({})).toEqual({ name: 'Ada', extensions: {}, ...Object.fromEntries([...required, ...lists]) });
  expect(specData({ name: 'Ada' }, 'v2')).not.toHaveProperty('group_only_greetings');
});

test.each([
  [{ creator_notes: 5 }, { creator_notes: '5' }],
  [{ creator_notes: { en: 'x' } }, { creator_notes: '' }],
  [{ alternate_greetings: 'Hello' }, { alternate_greetings: ['Hello'] }],
  [{ tags: [1, null, 'a'] }, { tags: ['1', 'a'] }],
  [{ source: 'https://example.org' }, { source: ['https://example.org'] }],
  [{ creator_notes_multilingual: { en: 'x', de: null } }, { creator_notes_multilingual: { en: 'x' } }],
  [{ extensions: null }, { extensions: {} }],
])('%j is written as %j', (given, written) => {
  expect(v3(given)).toMatchObject(written);
});

test.each([
  [1_700_000_000, 1_700_000_000],
  [1_700_000_000_123, 1_700_000_000],
  ['1700000000', 1_700_000_000],
  ['2023-11-14T22:13:20Z', 1_700_000_000],
  [0, 0],
  ['yesterday', undefined],
  [null, undefined],
])('the date %j is %j in seconds', (given, seconds) => {
  expect(v3({ creation_date: given, modification_date: given })).toEqual(
    expect.objectContaining(
      seconds === undefined ? {} : { creation_date: seconds, modification_date: seconds },
    ),
  );
  expect('creation_date' in v3({ creation_date: given })).toBe(seconds !== undefined);
});

describe('assets', () => {
  test('have all four fields, an ending among them', () => {
    expect(
      v3({
        assets: [
          { uri: 'ccdefault:', type: 'icon', name: 'main', ext: '.PNG', from: 'another tool' },
          { uri: 'embeded://assets/smile.webp' },
          { type: 'emotion' },
          'smile',
        ],
      })['assets'],
    ).toEqual([
      { uri: 'ccdefault:', type: 'icon', name: 'main', ext: 'png', from: 'another tool' },
      { uri: 'embeded://assets/smile.webp', type: 'other', name: '', ext: 'webp' },
    ]);
    expect(v3({ assets: 'none' })).not.toHaveProperty('assets');
  });

  test('of several icons one is the main one; of backgrounds one at most', () => {
    const names = (type: string, given: readonly string[]) => {
      const assets = given.map((name) => ({ type, uri: 'ccdefault:', name, ext: 'png' }));
      return (v3({ assets })['assets'] as { name: string }[]).map(({ name }) => name);
    };
    expect(names('icon', ['main', 'main'])).toEqual(['main', 'main-2']);
    expect(names('icon', ['a', 'b'])).toEqual(['main', 'b']);
    expect(names('icon', ['a'])).toEqual(['a']);
    expect(names('background', ['main', 'main'])).toEqual(['main', 'main-2']);
    expect(names('background', ['a', 'b'])).toEqual(['a', 'b']);
  });
});

describe('lore entries', () => {
  const entryIn = (format: 'v2' | 'v3', entry: Record<string, unknown>) => {
    const data = specData({ name: 'Ada', character_book: { entries: [entry] } }, format);
    return (data['character_book'] as { entries: unknown[] }).entries[0];
  };

  test('are complete', () => {
    expect(entryIn('v3', {})).toEqual({
      ...{ keys: [], content: '', extensions: {}, enabled: true, insertion_order: 100, use_regex: false },
    });
    expect(entryIn('v2', {})).not.toHaveProperty('use_regex');
  });

  test('keep SillyTavern’s place under extensions, and have one of the two that the specs know', () => {
    expect(entryIn('v3', { position: 4 })).toMatchObject({
      position: 'after_char',
      extensions: { position: 4 },
    });
    expect(entryIn('v3', { position: 0 })).toMatchObject({ position: 'before_char' });
    expect(entryIn('v3', { position: 'somewhere' })).not.toHaveProperty('position');
  });

  test('a name for an id is kept, where V2 wants a number under extensions', () => {
    expect(entryIn('v3', { id: 'harbour' })).toMatchObject({ id: 'harbour' });
    expect(entryIn('v2', { id: 'harbour' })).toMatchObject({ extensions: { id: 'harbour' } });
    expect(entryIn('v2', { id: '7' })).toMatchObject({ id: 7, extensions: {} });
  });

  test('keys in one text are a list', () => {
    expect(entryIn('v3', { secondary_keys: 'fog, rain', selective: 'true' })).toMatchObject({
      secondary_keys: ['fog', ' rain'],
      selective: true,
    });
  });
});
