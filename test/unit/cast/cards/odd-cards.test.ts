import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CardReading, readCard } from '../../../../src/cast/cards/read-card.ts';
import { CARDS } from '../../../support/card-files.ts';

function read(name: string): CardReading {
  return readCard(readFileSync(new URL(name, CARDS)), name);
}

function fields(name: string) {
  return JSON.parse(readFileSync(new URL(name, CARDS), 'utf8'));
}

test('line ends of Windows and of old Macs are line ends', () => {
  const { character } = readCard(
    Buffer.from(JSON.stringify({ name: 'Ada', description: 'a\rb\r\nc' })),
    'a.json',
  );
  expect(character.description).toBe('a\nb\nc');
});

describe('what is missing or of the wrong kind', () => {
  test('no book', () => {
    const { character, card, warnings } = read('book-null.json');
    expect(character.book.entries).toEqual([]);
    expect(card).not.toHaveProperty('character_book');
    expect(warnings).toEqual([]);
  });

  test('a greeting that is no list', () => {
    expect(read('greetings-text.json').character.alternateGreetings).toEqual(['Back again?']);
  });

  test('greetings by number', () => {
    expect(read('greetings-object.json').character.alternateGreetings).toEqual([
      'Back again?',
      '<role_action>says nothing</role_action>',
    ]);
  });

  test('lists written as text', () => {
    const { character } = read('lists-as-text.json');
    expect(character).toMatchObject({
      tags: ['harbour', 'night'],
      alternateGreetings: ['Back again?'],
      groupGreetings: ['Two of you?'],
    });
    expect(character.book.entries[0]?.keys).toEqual(['light', 'lamp']);
  });

  test('nothing but nulls beside the name', () => {
    const { character, warnings } = read('nulls-everywhere.json');
    expect(character).toMatchObject({
      name: 'Ines Carrow',
      aliases: [],
      description: '',
      greeting: '',
      alternateGreetings: [],
      groupGreetings: [],
      examples: [],
      tags: [],
      note: '',
      creator: '',
      creatorNotes: '',
      talkativeness: 0.5,
    });
    expect(warnings).toEqual([]);
  });

  test('wrong types are read as what they can be, and told where they can be nothing', () => {
    const { character, warnings } = read('wrong-types.json');
    expect(character).toMatchObject({
      name: 'Ines Carrow',
      description: '',
      personality: '7',
      scenario: 'true',
      greeting: 'Sit.\nOr stand.',
      alternateGreetings: ['3'],
      tags: ['1', 'night'],
      creator: '4',
      creatorNotes: 'one\ntwo',
    });
    expect(warnings).toContain('field `description` is not text and was left out');
    expect(warnings).toContain('field `extensions` is not an object and was left out');
  });

  test('extensions that are an empty list', () => {
    const { character, warnings } = read('extensions-list.json');
    expect(character.greeting).toContain('Sit.');
    expect(warnings).toEqual([]);
  });

  test('fields of SillyTavern that say nothing', () => {
    const { character, card } = read('extensions-odd.json');
    expect(character.talkativeness).toBe(0.25);
    expect(character.note).toBe('');
    expect(card.extensions).toMatchObject({ fav: 'true', world: null, talkativeness: '0.25' });
  });

  test('numbers written as text', () => {
    expect(read('numbers-as-text.json').character).toMatchObject({
      name: '1887',
      tags: ['1', '2'],
      talkativeness: 0.9,
      age: 41,
      adult: true,
      aliases: ['the Pilot'],
    });
  });

  test('a nickname that would forge a label', () => {
    const { character, card } = read('nickname-odd.json');
    expect(character.nickname).toBe('the Pilot bInes/b');
    expect(character.aliases).toEqual(['the Pilot bInes/b', 'Old Carrow']);
    expect(card.nickname).toBe('the [Pilot]:\n<b>Ines</b>');
  });
});

describe('lore', () => {
  test('a book that is the list of its entries', () => {
    expect(read('book-is-list.json').character.book.entries).toMatchObject([{ keys: ['light'] }]);
  });

  test('entries by number, with the names of lorebook files', () => {
    expect(read('entries-by-number.json').character.book.entries).toMatchObject([
      { keys: ['light'], text: 'Out since the storm.', enabled: true },
      { keys: ['gold'], enabled: false },
    ]);
  });

  test('entries of every wrong kind', () => {
    const { character, card, warnings } = read('entries-odd.json');
    expect(character.book.entries).toMatchObject([
      { keys: [], text: '' },
      { keys: ['tide'], text: '12', enabled: true, constant: false },
      { keys: ['/tide,? ?time/i'], text: 'Twice a day.', enabled: false },
      { keys: ['rock'], text: 'There are nine.', constant: true },
    ]);
    expect(card.character_book?.entries[1]).toMatchObject({
      insertion_order: '5',
      house_rule: { deep: [1] },
    });
    expect(warnings).toEqual([
      'field `character_book.entries[3]` is no lore entry and was left out',
      'field `character_book.entries[4]` is no lore entry and was left out',
    ]);
  });
});

describe('nothing is lost', () => {
  test('V3: every field is in the card as it was', () => {
    const { card, character, warnings } = read('v3-all-fields.json');
    const file = fields('v3-all-fields.json');
    const { extensions, ...others } = file.data;
    expect(card).toMatchObject(others);
    expect(card.extensions).toMatchObject(extensions);
    expect(card.extensions.dramatis.beside).toEqual({ top_extra: 'kept too' });
    expect(character).toMatchObject({
      nickname: 'the Pilot',
      note: 'She smells of tar.',
      creator: 'Dramatis',
      creatorNotes: 'Play her slowly.',
      talkativeness: 0.8,
      groupGreetings: ['<role_action>looks from one to the other</role_action>Two of you, is it?'],
    });
    expect(warnings).toEqual([]);
  });

  test('what nobody knows stays wherever it stands', () => {
    const { card } = read('unknown-fields.json');
    expect(card).toMatchObject({
      zeta: { a: [1, { b: null }] },
      assets: [{ type: 'x_tool', uri: '', name: 1, ext: null, z: [] }],
      character_book: { z: 1, entries: [{ z: { deep: true } }] },
      extensions: { tool: [1, 2], dramatis: { z: { y: 1 }, beside: { zulu: [1] } } },
    });
  });

  test('what stands beside `data` is kept beside it; copies of it are not', () => {
    const { card } = read('beside-data.json');
    expect(card.extensions.dramatis.beside).toEqual({
      avatar: 'none',
      chat: 'Ines Carrow - evening',
      create_date: '2023-4-1',
      talkativeness: 0.8,
      fav: false,
      shelf: { tool: 1 },
    });
  });

  test('a copy that says something else is kept; `data` counts', () => {
    const { card, character } = read('copies-that-differ.json');
    expect(character.description).toBe('The harbour pilot of a small grey port.');
    expect(card.extensions.dramatis.beside).toEqual({ description: 'An older text.' });
  });

  test('what only stands above `data` is read from there', () => {
    expect(read('copies-only-above.json').character).toMatchObject({
      description: 'The harbour pilot.',
      personality: 'blunt',
      greeting: 'Sit.',
    });
  });
});

describe('cards of other programs', () => {
  test('old and new names in one card: the newer counts, the older is kept', () => {
    const { card, character } = read('old-and-new-names.json');
    expect(character).toMatchObject({
      name: 'Ines Carrow',
      description: 'The harbour pilot.',
      greeting: 'Sit.',
      examples: ['Shut the door.'],
    });
    expect(card).toMatchObject({
      char_name: 'Ines',
      char_persona: 'An older text.',
      metadata: { version: 1, tool: null },
    });
    expect(card).not.toHaveProperty('char_greeting');
  });

  test('Agnai', () => {
    const { card, character } = read('agnai.json');
    expect(character).toMatchObject({
      description: 'manner: blunt, patient\nwork: harbour pilot',
      creatorNotes: 'For people who like harbours.',
      greeting: 'Sit.',
      alternateGreetings: ['Back again?'],
      examples: ['Tonight it is possible.'],
      exampleCues: ['Is it safe?'],
    });
    expect(character.book.entries).toMatchObject([{ keys: ['light'], text: 'Out since the storm.' }]);
    expect(card).toMatchObject({
      persona: { kind: 'wpp' },
      system_prompt: 'Stay by the sea.',
      post_history_instructions: 'Be brief.',
      character_version: '1',
    });
  });

  test('SillyTavern’s flat form', () => {
    const { card, character } = read('sillytavern-flat.json');
    expect(character).toMatchObject({ creatorNotes: 'A note.', talkativeness: 0.25, tags: [] });
    expect(card).toMatchObject({ creator_notes: 'A note.', create_date: '2023-4-1', fav: false });
  });

  test('text-generation-webui’s YAML', () => {
    expect(read('text-generation.yaml').character).toMatchObject({
      description: 'The harbour pilot of a small grey port.\n{{user}} has missed the last ferry.',
      greeting: 'Sit.',
      examples: ['Tonight it is possible.'],
    });
  });
});

describe('JSON as tools and people leave it', () => {
  const mended = 'the JSON is broken in places and was mended';

  test.each([
    ['text-behind.json', 'what stands behind the end of the JSON was left out'],
    ['python-nan.json', mended],
    ['trailing-commas.json', mended],
    ['raw-line-breaks.json', mended],
    ['windows-1252.json', 'the text is not UTF-8 and was read as Windows-1252: some letters may be wrong'],
  ])('%s', (name, warning) => {
    const { character, warnings } = read(name);
    expect(character.name).toBe('Ines Carrow');
    expect(warnings).toEqual([warning]);
  });

  test('texts stay what they were when the rest is mended', () => {
    expect(read('python-nan.json').card).toMatchObject({ score: null, low: null, note: 'NaN, Infinity,]' });
    expect(read('raw-line-breaks.json').character.scenario).toBe('A hut\nbefore\tdawn.');
    expect(read('windows-1252.json').character.scenario).toBe('A hut “before” dawn – cold.');
  });
});

test('greetings for groups are HER, without any plan', () => {
  expect(read('group-greetings.json').character.groupGreetings).toEqual([
    '<role_action>looks from one to the other</role_action>Two of you, is it?',
    '<role_thinking>Too many</role_thinking>Sit, all of you.',
  ]);
});

test.each([
  ['name-missing.json', 'field `name` is missing: give the card a name'],
  ['no-object.json', 'holds no card: it has to be one object with a `name`'],
  ['world-sillytavern.json', 'is a lorebook, and no card'],
  ['chat.jsonl', 'is a chat, and no card'],
  ['coser-scene.json', 'holds a scene with several characters, and no card'],
])('%s is refused where one card is wanted', (name, why) => {
  expect(() => read(name)).toThrow(`${name}: ${why}`);
});
