import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writePngCard } from '../../../src/cast/cards/png-card.ts';
import { readPngTexts, withoutPngText } from '../../../src/cast/cards/png-text.ts';
import { type CardReading, readCard } from '../../../src/cast/cards/read-card.ts';
import { type CardFormat, writeCard } from '../../../src/cast/cards/write-card.ts';
import { CastFileError } from '../../../src/cast/cast-file-error.ts';
import { anyJson, type Fields, ours, validV2, validV3, wild } from './arbitraries.ts';
import { cardV2, cardV3 } from './spec-schemas.ts';

const RUNS = { numRuns: 100 };
const FORMATS: readonly CardFormat[] = ['v2', 'v3', 'yaml'];
const PICTURE = readFileSync(new URL('../../../characters/dramatis.png', import.meta.url));

function read(fields: Fields): CardReading {
  return readCard(Buffer.from(JSON.stringify(fields)), 'card.json');
}

/** Undefined where the card is refused, such as for a name that is none. */
function readIfCard(fields: Fields): CardReading | undefined {
  try {
    return read(fields);
  } catch (error) {
    if (error instanceof CastFileError) return undefined;
    throw error;
  }
}

function rewritten({ card }: CardReading, format: CardFormat): CardReading {
  return readCard(Buffer.from(writeCard(card, format)), format === 'yaml' ? 'card.yaml' : 'card.json');
}

const jsonOf = (card: CardReading['card'], format: 'v2' | 'v3') => JSON.parse(writeCard(card, format));

describe('nothing is lost', () => {
  test('of a valid V2 card: it is written as it was read', () => {
    fc.assert(
      fc.property(validV2, (card) => void expect(jsonOf(read(card).card, 'v2')).toEqual(card)),
      RUNS,
    );
  });

  test('of a valid V3 card: it is written as it was read', () => {
    fc.assert(
      fc.property(validV3, (card) => void expect(jsonOf(read(card).card, 'v3')).toEqual(card)),
      RUNS,
    );
  });

  test('of a V3 card on its way through V2 and through YAML', () => {
    fc.assert(
      fc.property(validV3, fc.constantFrom(...FORMATS), (card, by) => {
        expect(jsonOf(rewritten(read(card), by).card, 'v3')).toEqual(card);
      }),
      RUNS,
    );
  });

  test('of ours, thoughts included, on its way through V2, V3 and PNG', () => {
    fc.assert(
      fc.property(ours, fc.constantFrom('v2', 'v3', 'png'), (card, by) => {
        const first = read(card);
        const yaml = writeCard(first.card, 'yaml');
        const start = readCard(Buffer.from(yaml), 'card.yaml');
        const back =
          by === 'png'
            ? readCard(writePngCard(start.card, PICTURE), 'card.png')
            : rewritten(start, by as CardFormat);
        expect(writeCard(back.card, 'yaml')).toBe(yaml);
        expect({ ...back.character, avatar: undefined }).toEqual({ ...first.character, avatar: undefined });
      }),
      RUNS,
    );
  });

  test('in fields that we know nothing of, at every level', () => {
    fc.assert(
      fc.property(anyJson, fc.constantFrom(...FORMATS), (value, format) => {
        const planted = JSON.parse(JSON.stringify(value));
        const { card } = read({
          spec: 'chara_card_v2',
          top_x: planted,
          data: {
            name: 'Ada',
            data_x: planted,
            extensions: { ext_x: planted, dramatis: { own_x: planted } },
            character_book: {
              book_x: planted,
              extensions: { book_ext_x: planted },
              entries: [
                { keys: ['a'], content: 'b', entry_x: planted, extensions: { entry_ext_x: planted } },
              ],
            },
          },
        });
        const text = writeCard(card, format);
        const file = format === 'yaml' ? parse(text) : JSON.parse(text);
        const data = format === 'yaml' ? file : file.data;
        expect(format === 'yaml' ? data.extensions.dramatis.beside.top_x : file.top_x).toEqual(planted);
        expect(data.data_x).toEqual(planted);
        expect(data.extensions).toMatchObject({ ext_x: planted, dramatis: { own_x: planted } });
        const [entry] = data.character_book.entries;
        expect(data.character_book).toMatchObject({
          book_x: planted,
          extensions: { book_ext_x: planted },
        });
        expect([entry.entry_x, entry.extensions.entry_ext_x]).toEqual([planted, planted]);
      }),
      RUNS,
    );
  });
});

describe('of cards as they are found', () => {
  test('each is written as its spec wants it', () => {
    fc.assert(
      fc.property(wild, (fields) => {
        const reading = readIfCard(fields);
        fc.pre(reading !== undefined);
        cardV2.parse(jsonOf(reading.card, 'v2'));
        cardV3.parse(jsonOf(reading.card, 'v3'));
      }),
      RUNS,
    );
  });

  test('each reads the same after it was written, and is written the same after it was read', () => {
    fc.assert(
      fc.property(wild, fc.constantFrom(...FORMATS), (fields, format) => {
        const reading = readIfCard(fields);
        fc.pre(reading !== undefined);
        const again = rewritten(reading, format);
        expect(again.character).toEqual(reading.character);
        const text = writeCard(reading.card, format);
        const twice = rewritten(again, format);
        expect(writeCard(again.card, format)).toBe(writeCard(twice.card, format));
        if (format === 'yaml') expect(writeCard(again.card, 'yaml')).toBe(text);
        else expect(JSON.parse(writeCard(again.card, format))).toEqual(JSON.parse(text));
      }),
      RUNS,
    );
  });
});

describe('a PNG', () => {
  test('carries V2 and V3, in the picture as it was', () => {
    fc.assert(
      fc.property(fc.oneof(validV3, ours), (fields) => {
        const { card } = read(fields);
        const png = writePngCard(card, PICTURE);
        const texts = new Map(
          readPngTexts(png).map(({ keyword, read: body }) => [
            keyword,
            Buffer.from(Buffer.from(body()).toString('latin1'), 'base64').toString('utf8'),
          ]),
        );
        expect([...texts.keys()].toSorted()).toEqual(['ccv3', 'chara']);
        expect(texts.get('chara')).toBe(writeCard(card, 'v2'));
        expect(texts.get('ccv3')).toBe(writeCard(card, 'v3'));
        expect(withoutPngText(png)).toEqual(withoutPngText(PICTURE));
        const back = readCard(png, 'card.png');
        expect(writePngCard(back.card, png)).toEqual(png);
      }),
      { numRuns: 50 },
    );
  });
});
