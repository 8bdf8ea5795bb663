import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { readCard } from '../../../../src/cast/cards/read-card.ts';
import {
  CARD,
  charx,
  ICON,
  JPEG,
  json,
  madeFiles,
  patched,
  png,
  withUri,
  zip,
} from '../../../support/card-files.ts';

function made(name: string) {
  const file = madeFiles().find((one) => one.name === name);
  if (!file) throw new Error(`no ${name}`);
  return readCard(file.bytes, name);
}

describe('a CharX', () => {
  test('the card and its icon, without the icon’s texts', () => {
    const { character, kind, card, warnings } = made('icon.charx');
    expect(kind).toBe('charx');
    expect(character.description).toBe('The harbour pilot.');
    expect(character.avatar).toEqual({
      type: 'bytes',
      mime: 'image/png',
      bytes: Uint8Array.from(png([])),
    });
    expect(card).toMatchObject({ assets: CARD.data.assets, extensions: { other_tool: { keep: true } } });
    expect(warnings).toEqual(['1 other file of the archive left behind: only the icon is used']);
  });

  test('what a picture is, is told by its bytes', () => {
    expect(made('other-spelling.charx').character.avatar).toMatchObject({ mime: 'image/webp' });
    const { character, warnings } = made('false-icon.charx');
    expect(character.avatar).toBeUndefined();
    expect(warnings).toEqual(['the picture is no PNG, JPEG or WebP and was left out']);
  });

  test('behind a JPEG, which is its picture', () => {
    const { character, kind } = made('behind-a-picture.jpg');
    expect(kind).toBe('charx');
    expect(character.avatar).toMatchObject({ mime: 'image/jpeg' });
    if (character.avatar?.type !== 'bytes') throw new Error('no picture');
    const bytes = Buffer.from(character.avatar.bytes).toString('latin1');
    expect(bytes).not.toContain('card.json');
    expect(bytes).not.toContain('SECRET');
  });

  test('behind a JPEG with its places already moved', () => {
    const archive = charx(withUri('ccdefault:'));
    const end = archive.length - 22;
    const central = archive.readUInt32LE(end + 16);
    archive.writeUInt32LE(central + JPEG.length, end + 16);
    archive.writeUInt32LE(JPEG.length, central + 42);
    expect(readCard(Buffer.concat([JPEG, archive]), 'a.jpeg').character.name).toBe('Ines Carrow');
  });

  test.each([
    ['icon-missing.charx', ['the icon that the card names is not in the archive']],
    ['icon-elsewhere.charx', []],
    ['named-as-picture.png', []],
  ])('%s has no picture, and none is fetched', (name, warnings) => {
    const reading = made(name);
    expect(reading.character.avatar).toBeUndefined();
    expect(reading.warnings).toEqual(warnings);
  });

  test.each([
    ['a number', 7],
    ['an object', { toString: 1 }],
    ['an address on this machine', 'file:///etc/hostname'],
    ['a path out of the archive', 'embeded://../../etc/hostname'],
  ])('an icon whose address is %s', (_what, uri) => {
    const { character, card } = readCard(charx(withUri(uri)), 'a.charx');
    expect(character.avatar).toBeUndefined();
    expect(card['assets']).toMatchObject([{ uri }]);
  });
});

const BACKSLASH = '\\';

describe('an archive is refused that', () => {
  const plain = { 'card.json': json(CARD) };
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`${n}.txt`, Buffer.alloc(0)]));

  test.each([
    [
      'has no card',
      zip({ 'readme.txt': Buffer.from('x') }),
      'is a zip archive without a card.json: bring a .charx',
    ],
    ['has too many files', zip({ ...plain, ...many }), 'holds 1,002 files; a CharX may hold 1,000 at most'],
    [
      'leads out of itself',
      zip({ ...plain, 'a/../../b': Buffer.alloc(1) }),
      'holds a file named "a/../../b": a path may not lead out of the archive',
    ],
    [
      'has an absolute path',
      zip({ ...plain, '/etc/b': Buffer.alloc(1) }),
      'holds a file named "/etc/b": a path may not be absolute',
    ],
    [
      'has a drive',
      zip({ ...plain, 'C:b': Buffer.alloc(1) }),
      'holds a file named "C:b": a path may not be absolute',
    ],
    [
      'has backslashes',
      zip({ ...plain, [`..${BACKSLASH}b`]: Buffer.alloc(1) }),
      'holds a file named "..\\\\b": a name may hold no backslash',
    ],
    [
      'has a zero in a name',
      zip({ ...plain, 'a\0b': Buffer.alloc(1) }),
      'holds a file named "a\\u0000b": a name may hold no zero byte',
    ],
    [
      'has two cards',
      patched(zip({ ...plain, 'cord.json': json(CARD) }), 'cord.json', 'card.json'),
      'holds "card.json" twice',
    ],
    ['is cut off', charx(CARD).subarray(0, -10), 'is a broken zip archive: its list of files is missing'],
    [
      'has a broken list',
      patched(charx(CARD), 'PK\u0001\u0002', 'PK\u0001\u0003'),
      'is a broken zip archive: its list of files is damaged',
    ],
  ])('%s', (_what, bytes, why) => {
    expect(() => readCard(bytes, 'a.charx')).toThrow(`a.charx: ${why}`);
  });

  test('has files that share their bytes', () => {
    const bytes = zip({ ...plain, 'b.txt': Buffer.from('bb') });
    const end = bytes.length - 22;
    const first = bytes.readUInt32LE(end + 16);
    const second = first + 46 + bytes.readUInt16LE(first + 28);
    bytes.writeUInt32LE(0, second + 42);
    bytes.writeUInt32LE(bytes.readUInt32LE(first + 20), second + 20);
    expect(() => readCard(bytes, 'a.charx')).toThrow('a.charx: holds files that overlap ("b.txt")');
  });

  test('has files elsewhere', () => {
    const bytes = zip({ ...plain, 'b.txt': Buffer.from('bb') });
    const second = bytes.lastIndexOf('PK\u0003\u0004', bytes.length, 'latin1');
    bytes[second + 3] = 5;
    expect(() => readCard(bytes, 'a.charx')).toThrow(
      'a.charx: is a broken zip archive: a file in it is not where the list says',
    );
  });

  test('is locked', () => {
    const bytes = charx(CARD);
    const list = bytes.readUInt32LE(bytes.length - 22 + 16);
    bytes.writeUInt16LE(1, list + 8);
    expect(() => readCard(bytes, 'a.charx')).toThrow('a.charx: is locked with a password');
  });

  test('is packed in another way', () => {
    const bytes = charx(CARD);
    const list = bytes.readUInt32LE(bytes.length - 22 + 16);
    bytes.writeUInt16LE(14, list + 10);
    expect(() => readCard(bytes, 'a.charx')).toThrow('a.charx: holds a card.json that is packed in a way');
  });

  test('unpacks without end, whatever it says of its size', () => {
    const bytes = zip({ 'card.json': Buffer.alloc(11 * 1024 * 1024, ' ') });
    const list = bytes.readUInt32LE(bytes.length - 22 + 16);
    bytes.writeUInt32LE(100, list + 24);
    expect(() => readCard(bytes, 'a.charx')).toThrow(
      'a.charx: holds a card.json of more than 10 MB when it is unpacked',
    );
  });
});

test('an icon that unpacks without end is left out', () => {
  const bytes = charx(CARD, { [ICON]: Buffer.alloc(9 * 1024 * 1024) });
  const { character, warnings } = readCard(bytes, 'a.charx');
  expect(character.avatar).toBeUndefined();
  expect(warnings).toEqual([
    `the icon was left out: the archive holds a ${ICON} of more than 8 MB when it is unpacked`,
  ]);
});

test('a file over 32 MB', () => {
  const bytes = Buffer.concat([charx(CARD), Buffer.alloc(33 * 1024 * 1024)]);
  expect(() => readCard(bytes, 'a.charx')).toThrow('a.charx: is 33.0 MB; a CharX may have 32 MB at most');
});
