import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CastFile, readCastFile } from '../../../../src/cast/cards/read-cast-file.ts';
import { CARD, CARDS, json } from '../../../support/card-files.ts';

function read(name: string): CastFile {
  return readCastFile(readFileSync(new URL(name, CARDS)), name);
}

function cards(file: CastFile) {
  if (file.kind !== 'cards') throw new Error(`is ${file.kind}`);
  return file.readings;
}

describe('what a file is', () => {
  test.each([
    'world-sillytavern.json',
    'world-risu.json',
    'world-v3.json',
    'world-novelai.json',
    'world-agnai.json',
  ])('%s is a world, as it was', (name) => {
    const file = read(name);
    expect(file).toEqual({
      kind: 'world',
      raw: JSON.parse(readFileSync(new URL(name, CARDS), 'utf8')),
      warnings: [],
    });
  });

  test.each(['chat.jsonl', 'chat-without-header.jsonl'])('%s is a chat', (name) => {
    expect(read(name)).toEqual({ kind: 'chat', text: readFileSync(new URL(name, CARDS), 'utf8') });
  });

  test('its name does not matter', () => {
    const chat = readCastFile(readFileSync(new URL('chat.jsonl', CARDS)), 'card.png');
    expect(chat.kind).toBe('chat');
  });

  test('a card that names its user is a card', () => {
    expect(cards(readCastFile(json({ ...CARD, user_name: 'Tom', mes: 'x' }), 'a.json'))).toHaveLength(1);
  });

  test('a card with a book is a card', () => {
    expect(cards(read('v3-all-fields.json'))).toHaveLength(1);
  });

  test('a list of cards', () => {
    const other = { ...CARD, data: { ...CARD.data, name: 'Tom Ash' } };
    const readings = cards(readCastFile(json([CARD, other]), 'two.json'));
    expect(readings.map((reading) => reading.character.name)).toEqual(['Ines Carrow', 'Tom Ash']);
    expect(new Set(readings.map((reading) => reading.digest)).size).toBe(2);
  });

  test('a list of too many', () => {
    const list = Array.from({ length: 201 }, () => CARD);
    expect(() => readCastFile(json(list), 'all.json')).toThrow(
      'all.json: holds 201 cards; a file may hold 200 at most',
    );
  });
});

describe('CoSER', () => {
  test('a scene is a card for each character', () => {
    const readings = cards(read('coser-scene.json'));
    expect(readings.map((reading) => reading.character.name)).toEqual(['Ines Carrow', 'Tom Ash']);
    expect(readings[0]?.character).toMatchObject({
      description: 'The harbour pilot of a small grey port.',
      background: 'She decides who crosses.',
      motivation: 'To be asked to stay.',
      scenario: "From “The Grey Port”. The pilot's hut. The last ferry has gone.",
      tags: ['The Grey Port'],
      examples: [
        '<role_thinking>He is hiding something</role_thinking><role_action>wets a finger and holds it up</role_action>Safe is for Thursdays.',
        'Tonight it is possible.',
      ],
      // Of what was said to her she knows what could be perceived.
      exampleCues: ['*sets his bag down* Is it safe to cross?', ''],
    });
    expect(readings[1]?.character).toMatchObject({
      description: '',
      motivation: 'To cross before the letter does.',
      exampleCues: ['The lamp smokes.', 'Tonight it is possible.'],
    });
  });

  test('one who is in several scenes of a book is one card', () => {
    const readings = cards(read('coser-list.json'));
    expect(readings.map((reading) => reading.character.name)).toEqual(['Ines Carrow', 'Tom Ash']);
    expect(readings[0]?.character.examples).toHaveLength(3);
    expect(readings[0]?.character.exampleCues?.[2]).toBe('I came back.');
  });

  test('a scene without anybody', () => {
    const empty = { character_profiles: { Environment: 'The sea.' }, dialogues: [] };
    expect(() => readCastFile(json(empty), 'a.json')).toThrow('a.json: holds no character');
  });

  const shared = new URL('../../../../../shared/data/coser/scenes-public-domain.json', import.meta.url);
  test.skipIf(!existsSync(shared))('the public-domain scenes of the data set', () => {
    const readings = cards(readCastFile(readFileSync(shared), 'scenes.json'));
    expect(readings.length).toBeGreaterThan(20);
    for (const { character, warnings } of readings) {
      expect(character.name).not.toMatch(/environment/i);
      expect(character.motivation).not.toBe('');
      expect(character.exampleCues?.join('\n')).not.toMatch(/role_thinking|\[/);
      expect(warnings).toEqual([]);
    }
  });
});
