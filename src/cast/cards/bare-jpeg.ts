import { Buffer } from 'node:buffer';

/** A picture without a word in it. */
export type Bare = { readonly width: number; readonly height: number; readonly bytes: Uint8Array };

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

const SCAN = 0xda;
const END = 0xd9;

/**
 * A JPEG from its first byte to its end mark, without the segments that hold words (Exif, XMP, comments)
 * and whatever is appended to it. Undefined where it is cut off.
 */
export function bareJpeg(bytes: Uint8Array): Bare | undefined {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | undefined;
  let at = 2;
  while (at + 4 <= bytes.length || bytes[at + 1] === END) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return undefined;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END) {
      return size && { ...size, bytes: Buffer.concat([...kept, bytes.subarray(at, at + 2)]) };
    }
    const end = at + 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
    if (end < at + 4 || end > bytes.length) return undefined;
    if (isFrame(marker)) {
      const view = new DataView(bytes.buffer, bytes.byteOffset + at, end - at);
      if (view.byteLength < 9) return undefined;
      size = { height: view.getUint16(5), width: view.getUint16(7) };
      if (size.width === 0 || size.height === 0) return undefined;
    }
    const next = marker === SCAN ? endOfScan(bytes, end) : end;
    if (!isWordy(marker)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  return undefined;
}

/** `SOF0` to `SOF15`, but for the three numbers between that mean something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Comments, and application data but for JFIF's and Adobe's, which say how colours are meant. */
function isWordy(marker: number): boolean {
  return marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xee);
}

/** Where the next mark stands behind picture data, in which an FF is followed by 00 or a restart mark. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
    at = bytes.indexOf(0xff, next === 0xff ? at + 1 : at + 2);
  }
  return bytes.length;
}
