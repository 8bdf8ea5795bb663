import { Buffer } from 'node:buffer';
import { inflateSync } from 'node:zlib';
import { MAX_CARD } from './file-limits.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

// What a picture needs to look right, and nothing that could carry text or move.
const PICTURE_CHUNKS = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'IDAT', 'IEND']);

// A card in base64 is a third longer.
const MAX_TEXT = Math.ceil((MAX_CARD * 4) / 3);

type Chunk = { readonly type: string; readonly data: Uint8Array; readonly whole: Uint8Array };

/** A text that a PNG carries; its keyword is in lower case. */
export type PngText = {
  readonly keyword: string;
  /** @throws Error where it is packed and cannot be unpacked within the limit */
  read(): Uint8Array;
};

export function isPng(bytes: Uint8Array): boolean {
  return bytes.length > SIGNATURE.length && SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/**
 * The texts of a PNG in their order, plain (`tEXt`), packed (`zTXt`) and international (`iTXt`). Check sums
 * are not verified; a cut-off file yields what is whole.
 */
export function readPngTexts(png: Uint8Array): PngText[] {
  return [...chunksOf(png)].flatMap(({ type, data }) => {
    const end = data.indexOf(0);
    if (end <= 0) return [];
    const keyword = latin1(data.subarray(0, end)).trim().toLowerCase();
    const rest = data.subarray(end + 1);
    if (type === 'tEXt') return [{ keyword, read: () => rest }];
    // After the keyword: the method of packing, of which there is one.
    if (type === 'zTXt') return [{ keyword, read: () => unpacked(rest.subarray(1)) }];
    return type === 'iTXt' ? [{ keyword, read: () => internationalText(rest) }] : [];
  });
}

/** After the keyword: whether it is packed, the method, and two texts (language, keyword in it) ended by zeros. */
function internationalText(rest: Uint8Array): Uint8Array {
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) throw new Error('is cut off');
  const text = rest.subarray(translated + 1);
  return rest[0] === 0 ? text : unpacked(text);
}

function unpacked(data: Uint8Array): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: MAX_TEXT });
  } catch (error) {
    const isTooLong = error instanceof RangeError;
    throw new Error(isTooLong ? 'is more than 10 MB when it is unpacked' : 'is packed and broken', {
      cause: error,
    });
  }
}

export type PngFacts = {
  readonly width: number;
  readonly height: number;
  readonly animated: boolean;
  /** From its head to its end, with a picture between. */
  readonly whole: boolean;
};

/** What a PNG says of its picture, which is not unpacked for it. */
export function pngFacts(png: Uint8Array): PngFacts {
  const chunks = [...chunksOf(png)];
  const types = new Set(chunks.map(({ type }) => type));
  const [head] = chunks;
  const hasHead = head?.type === 'IHDR' && head.data.length === 13;
  const view = hasHead ? new DataView(head.data.buffer, head.data.byteOffset, 8) : undefined;
  return {
    width: view?.getUint32(0) ?? 0,
    height: view?.getUint32(4) ?? 0,
    animated: types.has('acTL') || types.has('fcTL'),
    whole: hasHead && types.has('IDAT') && types.has('IEND'),
  };
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
    const type = latin1(png.subarray(at + 4, at + 8));
    yield { type, data: png.subarray(at + 8, end - 4), whole: png.subarray(at, end) };
    if (type === 'IEND') return;
    at = end;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
