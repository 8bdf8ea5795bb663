import { deflateSync } from 'node:zlib';
import { decode, encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { fitPicture } from '../../../../src/cast/pictures/fit-picture.ts';
import { render } from '../../../../src/words/render.ts';

/** A red picture of 12 × 9 pixels with a blue square, as a browser wrote it. */
const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAJAAwDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABAb/xAAcEQACAgIDAAAAAAAAAAAAAAABAgADEUFRcaH/2gAMAwEAAhEDEQA/AJgAr2BlVQAMeylrqKOzFic646n/2Q==',
  'base64',
);
/** The same. */
const WEBP = Buffer.from(
  'UklGRkQAAABXRUJQVlA4IDgAAACQAQCdASoMAAkAAoBCJbACdLoAA5gA/us2xbs/25FTbj01f9H+8LBv9ve9/5uD7/gk/+CT9wAAAA==',
  'base64',
);

const SECRET = 'Kept where nobody should find it';

function png(width: number, height: number, colour: (x: number, y: number) => readonly number[]): Uint8Array {
  const first = colour(0, 0);
  const data = new Uint8Array(width * height * first.length);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data.set(colour(x, y), (y * width + x) * first.length);
  return encode({ width, height, data, channels: first.length, depth: 8, text: { chara: SECRET } });
}

/** A PNG chunk; its check sum is not looked at. */
function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  return Buffer.concat([head, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}

function header(width: number, height: number, depth = 8, colour = 6): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, colour, 0, 0, 0], 8);
  return chunk('IHDR', head);
}

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const END = chunk('IEND', new Uint8Array());

function pngOf(...chunks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([SIGNATURE, ...chunks, END]);
}

async function fitted(bytes: Uint8Array) {
  const result = await fitPicture(bytes);
  if ('refused' in result) throw new Error(render(result.refused));
  return result;
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const result = await fitPicture(bytes);
  return 'refused' in result ? render(result.refused) : 'taken';
}

/** Marker, length, text. */
function jpegPart(marker: number, text: string): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
}

function riff(...chunks: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks]);
  const head = Buffer.from('RIFF____', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

function webpChunk(name: string, data: Uint8Array): Buffer {
  const head = Buffer.from(`${name}____`, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

describe('PNG', () => {
  test('stays as it is, without a text in it', async () => {
    const before = png(64, 48, (x, y) => [x, y, 7]);
    expect(Buffer.from(before).includes(SECRET)).toBe(true);
    const { mime, bytes } = await fitted(before);
    expect(mime).toBe('image/png');
    expect(Buffer.from(bytes).includes(SECRET)).toBe(false);
    expect(decode(bytes).data).toEqual(decode(before).data);
  });

  test('one that moves stands still, and what is behind its end is gone', async () => {
    const whole = Buffer.from(png(8, 8, () => [1, 2, 3, 255]));
    const at = whole.indexOf('IDAT', 0, 'latin1') - 4;
    const moving = [chunk('acTL', new Uint8Array(8)), chunk('fdAT', Buffer.from(SECRET))];
    const bytes = Buffer.concat([whole.subarray(0, at), ...moving, whole.subarray(at), Buffer.from(SECRET)]);
    const kept = Buffer.from((await fitted(bytes)).bytes);
    for (const gone of ['acTL', 'fdAT', SECRET]) expect(kept.includes(gone)).toBe(false);
    expect(decode(kept).width).toBe(8);
  });

  test('one that is too large becomes a square of its upper part', async () => {
    // Red above, blue below: of 600 × 1100 pixels the upper 600 are kept.
    const { bytes } = await fitted(png(600, 1100, (_x, y) => (y < 600 ? [200, 10, 10] : [10, 10, 200])));
    const { width, height, channels, data } = decode(bytes);
    expect([width, height, channels]).toEqual([512, 512, 4]);
    for (const at of [0, 511 * 4, 512 * 511 * 4, 512 * 512 * 4 - 4]) {
      expect([...data.subarray(at, at + 4)]).toEqual([200, 10, 10, 255]);
    }
  });

  test('a wide one keeps its middle; what is not seen has no colour to give', async () => {
    const { bytes } = await fitted(
      png(2048, 1024, (x, y) => {
        if (x < 512 || x >= 1536) return [0, 255, 0, 255];
        return (x + y) % 2 === 0 ? [100, 50, 20, 255] : [255, 255, 255, 0];
      }),
    );
    const { data } = decode(bytes);
    for (const at of [0, 511 * 4, 200_000])
      expect([...data.subarray(at, at + 4)]).toEqual([100, 50, 20, 128]);
  });

  test.each([
    ['grey', 1, 8, 0],
    ['grey, two bits', 1, 2, 0],
    ['grey with alpha', 2, 8, 4],
    ['a palette, four bits', 1, 4, 3],
    ['sixteen bits', 3, 16, 2],
  ])('%s', async (_name, channels, depth, colour) => {
    const row = Buffer.alloc(1 + Math.ceil((1200 * channels * depth) / 8), 0xff);
    row[0] = 0;
    const rows = Buffer.concat(Array.from({ length: 40 }, () => row));
    const palette = Buffer.alloc(48, 0xff);
    const image = [chunk('PLTE', palette), chunk('IDAT', deflateSync(rows))].slice(colour === 3 ? 0 : 1);
    const { data } = decode((await fitted(pngOf(header(1200, 40, depth, colour), ...image))).bytes);
    expect(new Set(data)).toEqual(new Set([255]));
  });

  test('a few bytes that hold gigabytes, too many pixels, and half a picture are refused', async () => {
    const bomb = pngOf(
      header(2000, 2000),
      chunk('IDAT', deflateSync(Buffer.alloc(20_000_000), { level: 9 })),
    );
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await refusal(bomb)).toContain('damaged');
    const profile = chunk(
      'iCCP',
      Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(10_000_000))]),
    );
    const whole = Buffer.from(png(1100, 100, () => [9, 9, 9]));
    const profiled = Buffer.concat([whole.subarray(0, 33), profile, whole.subarray(33)]);
    expect(await fitted(profiled)).toEqual(await fitted(whole));
    expect(await refusal(pngOf(header(5000, 10), chunk('IDAT', Buffer.alloc(4))))).toContain(
      '5000 × 10 pixels',
    );
    expect(await refusal(pngOf(header(5000, 4097), chunk('IDAT', Buffer.alloc(4))))).toContain('16 million');
    expect(await refusal(pngOf(header(4000, 4000, 16), chunk('IDAT', Buffer.alloc(4))))).toContain('damaged');
    expect(await refusal(whole.subarray(0, -13))).toContain('damaged');
    expect(await refusal(Buffer.concat([SIGNATURE, END]))).toContain('damaged');
    expect(await refusal(Buffer.alloc(8 * 1024 * 1024 + 1))).toBe('The picture is larger than 8 MB.');
  });
});

describe('JPEG', () => {
  test('the place where it was taken, comments and what is behind it are gone', async () => {
    const told = [jpegPart(0xe1, `Exif\0\0${SECRET}`), jpegPart(0xfe, SECRET), jpegPart(0xed, SECRET)];
    const bytes = Buffer.concat([JPEG.subarray(0, 20), ...told, JPEG.subarray(20), Buffer.from(SECRET)]);
    expect(await fitted(bytes)).toEqual({ mime: 'image/jpeg', bytes: Uint8Array.from(JPEG) });
  });

  test('what stands between two scans is looked at, too', async () => {
    const second = Buffer.concat([
      jpegPart(0xfe, SECRET),
      jpegPart(0xda, 'scan'),
      Buffer.from([1, 0xff, 0, 2]),
    ]);
    const end = JPEG.length - 2;
    const bytes = Buffer.concat([JPEG.subarray(0, end), second, JPEG.subarray(end)]);
    const kept = Buffer.from((await fitted(bytes)).bytes);
    expect(kept.includes(SECRET)).toBe(false);
    expect(kept.length).toBe(bytes.length - jpegPart(0xfe, SECRET).length);
  });

  test('one that is too large, or cut off, is refused', async () => {
    const large = Buffer.from(JPEG);
    large.writeUInt16BE(1025, JPEG.indexOf(Buffer.from([0xff, 0xc0])) + 7);
    expect(await refusal(large)).toContain('1024 pixels a side');
    for (let cut = 3; cut < JPEG.length; cut += 7)
      expect(await refusal(JPEG.subarray(0, cut))).toContain('damaged');
  });
});

describe('WebP', () => {
  const picture = WEBP.subarray(12);
  const extended = (flags: number) => webpChunk('VP8X', Uint8Array.of(flags, 0, 0, 0, 11, 0, 0, 8, 0, 0));

  test('the place where it was taken is gone', async () => {
    const bytes = riff(
      extended(0x08 | 0x04),
      picture,
      webpChunk('EXIF', Buffer.from(SECRET)),
      webpChunk('XMP ', Buffer.from(SECRET)),
    );
    expect(await fitted(bytes)).toEqual({
      mime: 'image/webp',
      bytes: Uint8Array.from(riff(extended(0), picture)),
    });
    expect(await fitted(WEBP)).toEqual({ mime: 'image/webp', bytes: Uint8Array.from(WEBP) });
  });

  test('one that moves, is too large, or cut off is refused', async () => {
    const frame = webpChunk('ANMF', Buffer.concat([Buffer.alloc(16), picture]));
    expect(await refusal(riff(extended(0x02), webpChunk('ANIM', Buffer.alloc(6)), frame, frame))).toContain(
      'moves',
    );
    const large = riff(webpChunk('VP8L', Uint8Array.of(0x2f, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0)));
    expect(await refusal(large)).toContain('1024 pixels a side');
    for (let cut = 21; cut < WEBP.length; cut += 5)
      expect(await refusal(WEBP.subarray(0, cut))).toContain('damaged');
  });
});

test('other files are told from pictures by their bytes', async () => {
  const others = [
    '',
    'GIF89a...',
    'PK\x03\x04',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '{"name": "Alice"}',
  ];
  for (const other of others)
    expect(await refusal(Buffer.from(other, 'latin1'))).toContain('take one of those');
});
