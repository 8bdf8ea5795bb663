import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barePicture } from '../../../../src/cast/cards/bare-picture.ts';
import { pngFacts, readPngTexts } from '../../../../src/cast/cards/png-text.ts';
import { readCard } from '../../../../src/cast/cards/read-card.ts';
import {
  base64,
  CARD,
  chunk,
  JPEG,
  json,
  madeFiles,
  packedText,
  png,
  text,
  WEBP,
} from '../../../support/card-files.ts';

function read(name: string) {
  const file = madeFiles().find((one) => one.name === name);
  if (!file) throw new Error(`no ${name}`);
  return readCard(file.bytes, name);
}

function avatarOf(name: string): Buffer {
  const { avatar } = read(name).character;
  if (avatar?.type !== 'bytes') throw new Error('no picture');
  return Buffer.from(avatar.bytes);
}

describe('where the card stands in a PNG', () => {
  test.each([
    'both-cards.png',
    'keyword-in-capitals.png',
    'one-keyword-twice.png',
    'base64-in-lines.png',
    'json-without-base64.png',
    'packed-text.png',
    'international-text.png',
    'packed-international-text.png',
    'wrong-check-sums.png',
    'named-as-json.json',
  ])('%s', (name) => {
    const { character, card, kind, warnings } = read(name);
    expect(kind).toBe('png');
    expect(character.description).toBe('The harbour pilot.');
    expect(card.extensions['other_tool']).toEqual({ keep: true });
    expect(warnings).toEqual([]);
    expect(avatarOf(name)).toHaveLength(png([]).length);
    expect(readPngTexts(avatarOf(name))).toEqual([]);
  });

  test('a newer card that is broken gives way to the older', () => {
    const { character, warnings } = read('broken-newer-card.png');
    expect(character.description).toBe('The harbour pilot.');
    expect(warnings).toEqual([
      'a card in the picture holds broken JSON (Unexpected end of JSON input); what stands in its `chara` text was read instead',
    ]);
  });

  test('files that other tools put beside the card are told of', () => {
    expect(read('assets-in-text.png').warnings).toEqual([
      '1 other file in the picture left behind: only the picture is used',
    ]);
  });

  test('a packed text that unpacks without end', () => {
    const bomb = png([packedText('chara', Buffer.alloc(40_000_000, 'A'))]);
    expect(bomb.length).toBeLessThan(100_000);
    expect(() => readCard(bomb, 'bomb.png')).toThrow('bomb.png: is more than 10 MB when it is unpacked');
  });
});

describe('the picture of a card', () => {
  test('a cut-off one is left out, and the card read', () => {
    const { character, warnings } = read('cut-in-the-picture.png');
    expect(character.name).toBe('Ines Carrow');
    expect(character.avatar).toBeUndefined();
    expect(warnings).toEqual(['the picture is cut off or broken and was left out']);
  });

  test('one that moves stands still', () => {
    expect(read('animated.png').warnings).toEqual(['the picture moves: its first image is kept']);
    expect(pngFacts(avatarOf('animated.png')).animated).toBe(false);
    expect(avatarOf('animated.png')).toEqual(png([]));
  });

  test.each([
    ['too-wide.png', 'the picture has 5000 × 10 pixels, more than 4096 a side, and was left out'],
    ['too-many-pixels.png', 'the picture has 4096 × 4000 pixels, more than 16 megapixels, and was left out'],
  ])('%s', (name, warning) => {
    const { character, warnings } = read(name);
    expect(character).toMatchObject({ name: 'Ines Carrow' });
    expect(character.avatar).toBeUndefined();
    expect(warnings).toEqual([warning]);
  });

  test('no words are left in any kind of picture', () => {
    const warnings: string[] = [];
    const bare = (bytes: Buffer) => barePicture(bytes, (warning) => void warnings.push(warning));
    const webp = Buffer.concat([WEBP, Buffer.from('EXIF\u0006\0\0\0SECRET', 'latin1')]);
    webp.writeUInt32LE(webp.length - 8, 4);
    const named = chunk('iCCP', Buffer.from('SECRET\0\0'));
    expect(
      bare(png([text('Comment', Buffer.from('SECRET')), named, chunk('eXIf', Buffer.from('SECRET'))])),
    ).toEqual({
      type: 'bytes',
      mime: 'image/png',
      bytes: Uint8Array.from(png([])),
    });
    for (const [mime, picture] of [
      ['image/jpeg', bare(Buffer.concat([JPEG, Buffer.from('SECRET')]))],
      ['image/webp', bare(webp)],
    ] as const) {
      expect(picture?.mime).toBe(mime);
      expect(Buffer.from(picture?.bytes ?? []).toString('latin1')).not.toContain('SECRET');
    }
    expect(bare(WEBP)?.bytes).toEqual(Uint8Array.from(WEBP));
    expect(warnings).toEqual([]);
  });

  test.each([
    ['a JPEG without an end', JPEG.subarray(0, -2)],
    [
      'a WebP without a picture',
      Buffer.concat([WEBP.subarray(0, 12), Buffer.from('VP8X\n\0\0\0', 'latin1'), Buffer.alloc(10)]),
    ],
    ['a PNG of no size', png([], [0, 5])],
  ])('%s', (_what, bytes) => {
    const warnings: string[] = [];
    expect(barePicture(bytes, (warning) => void warnings.push(warning))).toBeUndefined();
    expect(warnings).toEqual(['the picture is cut off or broken and was left out']);
  });

  test('whatever bytes are changed, a picture is read or left out', () => {
    const change = fc.tuple(fc.nat(), fc.nat(255));
    const pictures = fc.constantFrom(JPEG, WEBP, png([text('chara', base64(CARD))]));
    fc.assert(
      fc.property(
        pictures,
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.nat(300),
        (picture, changes, length) => {
          const bytes = Buffer.from(picture.subarray(0, length > 200 ? picture.length : length));
          for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
          const bare = barePicture(bytes, () => {});
          // The byte that fills up the last chunk of a WebP may have been missing.
          expect(bare?.bytes.length ?? 0).toBeLessThanOrEqual(bytes.length + 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a picture of more than 8 MB is left out', () => {
    const heavy = png([chunk('IDAT', Buffer.alloc(9 * 1024 * 1024)), text('chara', base64(CARD))]);
    expect(readCard(heavy, 'heavy.png').warnings).toEqual([
      'the picture is 9.0 MB, more than 8 MB, and was left out',
    ]);
  });
});

test.each([['utf-16-little.json'], ['utf-16-big.json'], ['utf-16-without-mark.json']])('%s', (name) => {
  const { character, warnings } = read(name);
  expect(character.description).toBe('The harbour pilot.');
  expect(warnings).toEqual([]);
});

test.each([
  ['a.jpg', JPEG],
  ['a.webp', WEBP],
  ['a.json', WEBP],
])('%s, a picture without a card', (name, bytes) => {
  expect(() => readCard(bytes, name)).toThrow(
    `${name}: is a picture without a card in it: bring the .png, the .charx or the .json`,
  );
});

test('a list of cards is not one card', () => {
  expect(() => readCard(json([CARD, CARD]), 'two.json')).toThrow('two.json: holds no card');
});
