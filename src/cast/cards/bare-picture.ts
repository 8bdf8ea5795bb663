import { Buffer } from 'node:buffer';
import type { Avatar } from '../character.ts';
import { type Bare, bareJpeg, isJpeg } from './bare-jpeg.ts';
import { bareWebp, isWebp } from './bare-webp.ts';
import { inMb, MAX_PICTURE, MAX_PIXELS, MAX_SIDE } from './file-limits.ts';
import { isPng, pngFacts, withoutPngText } from './png-text.ts';
import type { Warn } from './tidy-value.ts';

export type { Bare };

export type BarePicture = Extract<Avatar, { type: 'bytes' }>;

/**
 * The picture that came with a card, told by its bytes, with nothing beside it: no texts, no Exif, no
 * second file behind its end, no animation. Undefined, and a line to `warn`, where it cannot be shown:
 * over 8 MB, 4,096 pixels a side or 16 megapixels, cut off, or none of PNG, JPEG and WebP. Nothing is
 * unpacked for this.
 */
export function barePicture(bytes: Uint8Array, warn: Warn): BarePicture | undefined {
  const leftOut = (why: string) => warn(`the picture ${why} and was left out`);
  const read = reader(bytes);
  if (!read) return void leftOut('is no PNG, JPEG or WebP');
  const bare = read.bare(bytes, warn);
  if (!bare) return void leftOut('is cut off or broken');
  const { width, height } = bare;
  if (width > MAX_SIDE || height > MAX_SIDE) {
    return void leftOut(`has ${width} × ${height} pixels, more than ${MAX_SIDE} a side,`);
  }
  if (width * height > MAX_PIXELS) {
    return void leftOut(`has ${width} × ${height} pixels, more than 16 megapixels,`);
  }
  if (bare.bytes.length > MAX_PICTURE) {
    return void leftOut(`is ${inMb(bare.bytes.length)}, more than 8 MB,`);
  }
  return { type: 'bytes', mime: read.mime, bytes: Uint8Array.from(bare.bytes) };
}

function reader(bytes: Uint8Array) {
  if (isPng(bytes)) return { mime: 'image/png', bare: barePng } as const;
  if (isJpeg(bytes)) return { mime: 'image/jpeg', bare: bareJpeg } as const;
  return isWebp(bytes) ? ({ mime: 'image/webp', bare: bareWebp } as const) : undefined;
}

function barePng(bytes: Uint8Array, warn: Warn): Bare | undefined {
  const { width, height, animated, whole } = pngFacts(bytes);
  if (!whole || width === 0 || height === 0) return undefined;
  if (animated) warn('the picture moves: its first image is kept');
  // Not copied while it may still be too large.
  const tooLarge = width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS;
  return { width, height, bytes: tooLarge ? Buffer.alloc(0) : withoutPngText(bytes) };
}
