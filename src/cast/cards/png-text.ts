import { Buffer } from 'node:buffer';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

// What a picture needs to look right, and nothing that could carry text.
const PICTURE_CHUNKS = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'IDAT', 'IEND']);

type Chunk = { readonly type: string; readonly data: Uint8Array; readonly whole: Uint8Array };

export function isPng(bytes: Uint8Array): boolean {
  return bytes.length > SIGNATURE.length && SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/** The tEXt chunks of a PNG by keyword. Check sums are not verified; a cut-off file yields what is whole. */
export function readPngText(png: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { type, data } of chunksOf(png)) {
    if (type !== 'tEXt') continue;
    const end = data.indexOf(0);
    if (end > 0) texts.set(latin1(data.subarray(0, end)), latin1(data.subarray(end + 1)));
  }
  return texts;
}

/**
 * The picture alone. A card's PNG holds the whole private card as text, and an avatar is shown to
 * everyone.
 */
export function withoutPngText(png: Uint8Array): Uint8Array {
  const kept = [...chunksOf(png)].filter((chunk) => PICTURE_CHUNKS.has(chunk.type));
  return Uint8Array.from(Buffer.concat([SIGNATURE, ...kept.map((chunk) => chunk.whole)]));
}

/** A chunk is: length (4 bytes, big endian), type (4 letters), data, check sum (4 bytes). */
function* chunksOf(png: Uint8Array): Generator<Chunk> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let at = SIGNATURE.length;
  while (at + 12 <= png.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > png.length) return;
    yield {
      type: latin1(png.subarray(at + 4, at + 8)),
      data: png.subarray(at + 8, end - 4),
      whole: png.subarray(at, end),
    };
    at = end;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
