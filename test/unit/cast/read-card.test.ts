import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { readCard } from '../../../src/cast/cards/read-card.ts';
import { CastFileError } from '../../../src/cast/cast-file-error.ts';
import { fixture, PICTURE, pngCard } from './png-card.ts';

function read(card: unknown, fileName = 'card.json') {
  return readCard(Buffer.from(JSON.stringify(card)), fileName);
}

/** The message of the error that reading throws. */
function refusal(bytes: Uint8Array, fileName: string): string {
  try {
    readCard(bytes, fileName);
  } catch (error) {
    expect(error).toBeInstanceOf(CastFileError);
    return (error as CastFileError).message;
  }
  throw new Error('the card was read');
}

function refusalOf(card: unknown): string {
  return refusal(Buffer.from(JSON.stringify(card)), 'card.json');
}

describe('other tools’ cards', () => {
  test('V2 JSON with the usual flaws', () => {
    const { character, warnings } = readCard(fixture('pilot-v2.json'), 'pilot-v2.json');
    expect(character).toMatchObject({
      id: 'ines-carrow',
      name: 'Ines Carrow',
      talkativeness: 0.8,
      tags: ['harbour', '7', 'night'],
      book: { entries: [] },
      publicSheet: '',
      source: 'own',
    });
    expect(character.description).toContain('{{char}} is the harbour pilot');
    expect(warnings).toEqual([]);
  });

  test('greetings and examples come out in HER format', () => {
    const { character } = readCard(fixture('pilot-v2.json'), 'pilot-v2.json');
    expect(character.greeting).toBe(
      '<role_action>hangs the lantern on its nail without looking round</role_action>' +
        "You've missed it. They all miss it.<role_action>a mug is pushed across the table</role_action>Sit.",
    );
    expect(character.alternateGreetings).toEqual(['Back again, {{user}}?']);
    expect(character.examples).toEqual([
      '<role_action>wets a finger and holds it up</role_action>Safe is for Thursdays. Tonight it is possible.\nNothing more.',
      'The one who knows where the rocks are.',
      'No whistling,<role_action>she said, and shut the window.</role_action>Not in here.',
    ]);
    expect(character.exampleCues).toEqual(['Is it safe to cross tonight?', 'Who are you?', '']);
  });

  test('V3 JSON with lore and our own extensions', () => {
    const { character } = readCard(fixture('pilot-v3.json'), 'pilot-v3.json');
    expect(character.aliases).toEqual(['the Pilot']);
    expect(character.motivation).toBe('To be asked to stay.');
    expect(character.publicSheet).toBe("A weathered woman in a pilot's coat.");
    expect(character.greeting).toContain('<role_thinking>Another one without a coat</role_thinking>');
    expect(character.examples).toHaveLength(2);
    expect(character.exampleCues).toEqual(['', 'Is the light out?']);
    expect(character.book.entries).toMatchObject([
      { keys: ['light', 'lamp'], text: 'The harbour light has been out since the storm.', enabled: true },
      { keys: ['gold'], text: 'Switched off.', enabled: false },
      { keys: [], text: 'The port has no name on any chart.', constant: true },
    ]);
  });

  test('the flat form before V2, with a byte order mark', () => {
    const { character } = readCard(fixture('pilot-v1.json'), 'pilot-v1.json');
    expect(character).toMatchObject({
      name: 'Ines Carrow',
      description: 'The harbour pilot.',
      greeting: 'Sit.',
    });
    expect(character.examples).toEqual(['Shut the door.']);
    expect(character.exampleCues).toEqual(['Hello?']);
  });

  test('a PNG: V3 before V2, and a picture without the card for everyone to see', () => {
    const png = pngCard({
      chara: { data: { name: 'Old' } },
      ccv3: { data: { name: 'New', description: 'a secret' } },
    });
    const { character, kind } = readCard(png, 'new.png');
    expect(kind).toBe('png');
    expect(character.name).toBe('New');
    const avatar = character.avatar;
    if (avatar?.type !== 'bytes') throw new Error('no picture');
    expect(Buffer.from(avatar.bytes).equals(PICTURE)).toBe(true);
  });

  test('the PNG among the fixtures', () => {
    const { character } = readCard(fixture('pilot.png'), 'pilot.png');
    expect(character.id).toBe('ines-carrow');
    expect(character.examples).toHaveLength(3);
  });

  test('lore as an object, as lorebook files have it', () => {
    const { character } = read({
      name: 'A',
      character_book: { entries: { 0: { key: ['x'], content: 'y' } } },
    });
    expect(character.book.entries).toMatchObject([{ keys: ['x'], text: 'y', constant: false }]);
  });

  test('a plan in an example is left out, whoever wrote the card', () => {
    const { character } = read({
      name: 'A',
      mes_example:
        '{{char}}: <system_thinking>PLAN</system_thinking><role_thinking>mine</role_thinking>Good.',
    });
    expect(character.examples).toEqual(['<role_thinking>mine</role_thinking>Good.']);
  });
});

describe('what is wrong is passed over and told', () => {
  test('nulls and wrong types', () => {
    const { character, warnings } = read({
      name: 'A',
      description: { text: 'no' },
      first_mes: null,
      tags: 'one, two',
      alternate_greetings: { 0: 'yes' },
      extensions: [],
      character_book: { entries: ['no', null] },
    });
    expect(character).toMatchObject({
      description: '',
      greeting: '',
      alternateGreetings: ['yes'],
      tags: ['one', 'two'],
    });
    expect(warnings).toEqual([
      'field `description` is not text and was left out',
      'field `character_book.entries[0]` is no lore entry and was left out',
      'field `character_book.entries[1]` is no lore entry and was left out',
    ]);
  });

  test('a name is one line without colons, for it labels lines', () => {
    const { character, warnings } = read({ name: '[Ines]:\n**Carrow**\u202e' });
    expect(character.name).toBe('Ines Carrow');
    expect(warnings).toEqual(['field `name` is read as "Ines Carrow"']);
  });

  test('a long name is cut', () => {
    const { character } = read({ name: 'a'.repeat(300) });
    expect(character.name).toHaveLength(80);
  });

  test('control characters, which could drive a terminal, are dropped', () => {
    expect(read({ name: 'A', description: 'red \u001b[31m\u0007text' }).character.description).toBe(
      'red [31mtext',
    );
  });

  test('a key of the language’s own is only a key', () => {
    const card =
      '{"__proto__":{"polluted":true},"constructor":{"x":1},"data":{"name":"A","__proto__":{"polluted":true},"extensions":{"constructor":{"x":1}}}}';
    const reading = readCard(Buffer.from(card), 'card.json');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(reading.card.extensions).toHaveProperty('constructor', { x: 1 });
    expect(reading.card.extensions.dramatis.beside).toHaveProperty('constructor', { x: 1 });
  });
});

describe('what cannot be used is refused in one clear line', () => {
  test.each([
    ['no name', { description: 'x' }, 'card.json: field `name` is missing: give the card a name'],
    ['a name of nothing', { name: ' \n ' }, 'card.json: field `name` is missing: give the card a name'],
    [
      'a script as name',
      { name: '<script>alert(1)</script>' },
      'card.json: field `name` may not hold < or >: give the card another name',
    ],
    [
      'a macro as name',
      { name: '{{user}}' },
      'card.json: field `name` is a voice of the stage: give the card another name',
    ],
    [
      'a voice of the stage',
      { name: 'Narrator' },
      'card.json: field `name` is a voice of the stage: give the card another name',
    ],
    ['a list', [1], 'card.json: holds no card: it has to be one object with a `name`'],
  ])('%s', (_what, card, message) => {
    const list = Array.isArray(card);
    expect(list ? refusal(Buffer.from('- 1'), 'card.yaml').replace('.yaml', '.json') : refusalOf(card)).toBe(
      message,
    );
  });

  test('a field of 5 MB, named', () => {
    expect(refusalOf({ name: 'A', description: 'x'.repeat(5_000_000) })).toBe(
      'card.json: field `description` is longer than 100,000 characters',
    );
    expect(
      refusalOf({ name: 'A', character_book: { entries: [{ keys: ['k'], content: 'x'.repeat(200_000) }] } }),
    ).toBe('card.json: field `character_book.entries[0].content` is longer than 100,000 characters');
  });

  test('a file over 10 MB', () => {
    expect(refusal(Buffer.alloc(11 * 1024 * 1024), 'big.json')).toBe(
      'big.json: is 11.0 MB; a card may have 10 MB at most',
    );
  });

  test('broken JSON, also inside a PNG', () => {
    expect(refusal(Buffer.from('{"name": '), 'card.json')).toMatch(
      /^card\.json: holds broken JSON \(.+\): export the card again$/,
    );
    expect(refusal(pngCard({ chara: '{"name": ' }), 'card.png')).toMatch(/^card\.png: holds broken JSON/);
  });

  test('JSON nested without end', () => {
    expect(refusal(Buffer.from(`{"name":"A","tags":${'['.repeat(200_000)}`), 'card.json')).toBe(
      'card.json: is nested more than 100 levels deep',
    );
  });

  test('broken YAML, in one line', () => {
    const message = refusal(Buffer.from('name: A\n  description: [\n'), 'card.yaml');
    expect(message).toMatch(/^card\.yaml: holds broken YAML: /);
    expect(message).not.toContain('\n');
  });

  test('YAML that would blow up when its anchors are followed', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [one, next] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((pair) => [...pair])) {
      bomb.push(`${next}: &${next} [${`*${one}, `.repeat(10)}]`);
    }
    expect(refusal(Buffer.from(`name: A\n${bomb.join('\n')}`), 'bomb.yaml')).toMatch(/^bomb\.yaml: /);
  });

  test('a picture without a card, and a file that is nothing of the kind', () => {
    expect(refusal(PICTURE, 'photo.png')).toBe(
      'photo.png: is a picture without a card in it: export it again as a character card, or bring the .json',
    );
    expect(refusal(Buffer.from('Dear Georgiana'), 'letter.txt')).toMatch(/^letter\.txt: is no card/);
  });

  test('a cut-off PNG', () => {
    const png = pngCard({ chara: { data: { name: 'A' } } });
    expect(refusal(png.subarray(0, png.length - 40), 'cut.png')).toMatch(
      /^cut\.png: is a picture without a card/,
    );
  });

  test('the message names the file, never the way to it', () => {
    expect(refusal(Buffer.from('{'), '../../etc/evil.json')).toMatch(/^evil\.json: /);
    expect(refusal(Buffer.from('{'), 'C:\\cards\\evil.json')).toMatch(/^evil\.json: /);
  });
});

test('half a letter is told as one that cannot be read, not passed on', () => {
  const card = { name: 'Ines', description: 'A pilot \ud83d of the harbour.', tags: ['t\ud83d'] };
  const { character } = readCard(Buffer.from(JSON.stringify(card)), 'card.json');
  expect(character.description).toBe('A pilot \ufffd of the harbour.');
  expect(character.tags).toEqual(['t\ufffd']);
});
