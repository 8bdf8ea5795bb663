import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';

/** Files that carry cards, made as other programs make them, and as nobody should. */

export const CARDS = new URL('../fixtures/cards/', import.meta.url);

export type NamedFile = { readonly name: string; readonly bytes: Buffer };

export const CARD = {
  spec: 'chara_card_v3',
  spec_version: '3.0',
  data: {
    name: 'Ines Carrow',
    description: 'The harbour pilot.',
    first_mes: '*pushes a mug across* Sit.',
    assets: [{ type: 'icon', uri: 'embeded://assets/icon/image/main.png', name: 'main', ext: 'png' }],
    extensions: { other_tool: { keep: true } },
  },
};

export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

export function base64(value: unknown): Buffer {
  return Buffer.from(json(value).toString('base64'));
}

/** A chunk of a PNG, with its check sum. */
export function chunk(type: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

export function head(width: number, height: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width);
  data.writeUInt32BE(height, 4);
  data.set([8, 2], 8);
  return chunk('IHDR', data);
}

const DOT = chunk('IDAT', deflateSync(Buffer.from([0, 40, 60, 80])));

/** A PNG of one dot with chunks of one's own before its end; another head where a size is given. */
export function png(
  extra: readonly Uint8Array[],
  [width, height]: readonly [number, number] = [1, 1],
): Buffer {
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, head(width, height), DOT, ...extra, chunk('IEND')]);
}

export function text(keyword: string, data: Uint8Array): Buffer {
  return chunk('tEXt', Buffer.concat([Buffer.from(`${keyword}\0`, 'latin1'), data]));
}

export function packedText(keyword: string, data: Uint8Array): Buffer {
  return chunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`, 'latin1'), deflateSync(data)]));
}

export function internationalText(keyword: string, data: Uint8Array, packed: boolean): Buffer {
  const start = Buffer.from(`${keyword}\0${packed ? '\u0001' : '\0'}\0en\0\0`, 'latin1');
  return chunk('iTXt', Buffer.concat([start, packed ? deflateSync(data) : data]));
}

/** One dark dot as a JPEG, with an Exif segment in which somebody left a word. */
export const JPEG = Buffer.concat([
  Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0x00, 0x0e]),
  Buffer.from('Exif\0\0SECRET', 'latin1'),
  Buffer.from([0xff, 0xc0, 0x00, 0x0b, 0x08, 0x00, 0x01, 0x00, 0x01, 0x01, 0x01, 0x11, 0x00]),
  Buffer.from([0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00, 0xd2, 0xff, 0x00, 0xcf]),
  Buffer.from([0xff, 0xd9]),
]);

/** One dot as a WebP. */
export const WEBP = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');

export function zip(files: Readonly<Record<string, Uint8Array>>): Buffer {
  return Buffer.from(zipSync(files));
}

export function charx(card: unknown, files: Readonly<Record<string, Uint8Array>> = {}): Buffer {
  return zip({ 'card.json': json(card), ...files });
}

/** The archive with one text put in place of another of the same length, wherever it stands. */
export function patched(bytes: Buffer, from: string, to: string): Buffer {
  const copy = Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
  if (from.length !== to.length) throw new Error('only texts of one length');
  return copy;
}

export const ICON = 'assets/icon/image/main.png';

/** Every fixture of `test/fixtures/cards`. */
export function fixtureFiles(): NamedFile[] {
  return readdirSync(CARDS)
    .sort()
    .map((name) => ({ name, bytes: readFileSync(new URL(name, CARDS)) }));
}

/** Files that are easier made than kept, each named for what it shows. */
export function madeFiles(): NamedFile[] {
  const whole = json(CARD);
  const utf16 = Buffer.from(`\ufeff${JSON.stringify(CARD)}`, 'utf16le');
  const lines = base64(CARD)
    .toString()
    .replace(/(.{76})/g, '$1\r\n');
  const old = { ...CARD, data: { ...CARD.data, description: 'An older text.' } };
  const files: Record<string, Buffer> = {
    'utf-16-little.json': utf16,
    'utf-16-big.json': Buffer.from(utf16).swap16(),
    'utf-16-without-mark.json': utf16.subarray(2),
    'both-cards.png': png([text('chara', base64(old)), text('ccv3', base64(CARD))]),
    'broken-newer-card.png': png([text('ccv3', Buffer.from('!!')), text('chara', base64(CARD))]),
    'keyword-in-capitals.png': png([text('CCV3', base64(CARD))]),
    'one-keyword-twice.png': png([text('chara', base64(CARD)), text('chara', base64(old))]),
    'base64-in-lines.png': png([text('chara', Buffer.from(lines))]),
    'json-without-base64.png': png([text('chara', whole)]),
    'packed-text.png': png([packedText('chara', base64(CARD))]),
    'international-text.png': png([internationalText('chara', base64(CARD), false)]),
    'packed-international-text.png': png([internationalText('ccv3', base64(CARD), true)]),
    'wrong-check-sums.png': withoutCheckSums(png([text('chara', base64(CARD))])),
    'cut-in-the-picture.png': cutInPicture(),
    'animated.png': png([
      chunk('acTL', Buffer.alloc(8)),
      chunk('fcTL', Buffer.alloc(26)),
      chunk('fdAT', Buffer.from('frame')),
      text('chara', base64(CARD)),
    ]),
    'too-wide.png': png([text('chara', base64(CARD))], [5000, 10]),
    'too-many-pixels.png': png([text('chara', base64(CARD))], [4096, 4000]),
    'assets-in-text.png': png([text('chara-ext-asset_:0', Buffer.from('AAAA')), text('ccv3', base64(CARD))]),
    'icon.charx': charx(CARD, {
      [ICON]: png([text('chara', Buffer.from('SECRET'))]),
      'assets/other/a.bin': Buffer.from('x'),
    }),
    'other-spelling.charx': charx(withUri('embedded://icon.webp'), { 'icon.webp': WEBP }),
    'icon-missing.charx': charx(CARD),
    'icon-elsewhere.charx': charx(withUri('https://example.invalid/icon.png')),
    'false-icon.charx': charx(CARD, { [ICON]: Buffer.from('#!/bin/sh\necho no') }),
    'behind-a-picture.jpg': Buffer.concat([JPEG, charx(withUri('ccdefault:'))]),
    'named-as-picture.png': charx(withUri('ccdefault:')),
    'named-as-json.json': png([text('chara', base64(CARD))]),
  };
  return Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
}

export function withUri(uri: unknown) {
  return { ...CARD, data: { ...CARD.data, assets: [{ type: 'icon', uri, name: 'main', ext: 'png' }] } };
}

function withoutCheckSums(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = 8; at + 12 <= copy.length; ) {
    const end = at + 12 + copy.readUInt32BE(at);
    copy.fill(0, end - 4, end);
    at = end;
  }
  return copy;
}

/** The card stands before the picture, which ends in its middle. */
function cutInPicture(): Buffer {
  const whole = png([]);
  const start = 8 + 25;
  return Buffer.concat([
    whole.subarray(0, start),
    text('chara', base64(CARD)),
    whole.subarray(start, start + 14),
  ]);
}
