import { Buffer } from 'node:buffer';
import type { Bare } from './bare-jpeg.ts';

// The picture itself and its transparency; not ICCP, EXIF, XMP, ANIM and ANMF.
const PICTURE_CHUNKS = new Set(['VP8X', 'ALPH', 'VP8 ', 'VP8L']);

export function isWebp(bytes: Uint8Array): boolean {
  return bytes.length > 20 && word(bytes, 0) === 'RIFF' && word(bytes, 8) === 'WEBP';
}

/** A still WebP with its picture alone. Undefined where it is cut off, or moves. */
export function bareWebp(bytes: Uint8Array): Bare | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [];
  let size: { width: number; height: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = word(bytes, at);
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length;
    if (end > bytes.length) return undefined;
    if (PICTURE_CHUNKS.has(type)) {
      const chunk = Buffer.from(bytes.subarray(at, end));
      size ??= sizeOf(type, chunk.subarray(8));
      // Of what the head says is there, only transparency stays.
      if (type === 'VP8X' && length >= 10) chunk[8] = (chunk[8] ?? 0) & 0x10;
      kept.push(chunk, Buffer.alloc(length % 2));
    }
    at = end + (length % 2);
  }
  const isWhole = kept.some((chunk) => ['VP8 ', 'VP8L'].includes(word(chunk, 0)));
  if (!size || !isWhole || size.width === 0 || size.height === 0) return undefined;
  const body = Buffer.concat(kept);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return { ...size, bytes: Buffer.concat([head, body]) };
}

function sizeOf(type: string, data: Buffer): { width: number; height: number } | undefined {
  if (data.length < 10) return undefined;
  if (type === 'VP8X') return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
  if (type === 'VP8 ') return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
  if (type !== 'VP8L') return undefined;
  const bits = data.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

function word(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
