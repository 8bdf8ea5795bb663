import { Buffer } from 'node:buffer';
import { inflateSync } from 'node:zlib';
import { type DecodedPng, decode, encode } from 'fast-png';

/** So many pixels beneath one are looked at each way: more do not show, and cost everyone time. */
const LOOKED_AT = 4;

/**
 * A square of so many pixels a side at most, from the top of a picture, where faces are: each of its
 * pixels is the average of those beneath it.
 *
 * @param png one that is whole, without a colour profile: what is packed in one is not looked at here
 * @param most bytes of the picture as it is unpacked; nothing more ever is
 * @returns undefined where it cannot be decoded, or holds more than its head says
 */
export function shrinkPng(png: Uint8Array, side: number, most: number): Uint8Array | undefined {
  const unpacked = unpackedSize(png);
  if (unpacked === undefined || unpacked > most) return undefined;
  try {
    // A few bytes may hold gigabytes, and the decoder would unpack whatever is there.
    inflateSync(packedPixels(png), { maxOutputLength: unpacked });
    const small = averaged(decode(png), side);
    return encode({ width: small.side, height: small.side, data: small.data, channels: 4, depth: 8 });
  } catch {
    return undefined;
  }
}

/** Samples a pixel, by the kind of colour; one where colours stand in a palette. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Bytes of all rows, each with the filter before it, and a few more where they are interlaced. Undefined
 * for what the decoder cannot read. (Source: the PNG specification, third edition, sections 7 and 11.2.)
 */
function unpackedSize(png: Uint8Array): number | undefined {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height, depth] = [view.getUint32(16), view.getUint32(20), view.getUint8(24)];
  const channels = CHANNELS[view.getUint8(25)];
  const interlaced = view.getUint8(28) !== 0;
  if (channels === undefined || (interlaced && depth < 8)) return undefined;
  const rows = (Math.ceil((width * depth * channels) / 8) + 1) * height;
  return interlaced ? rows + 16 * (width + height) : rows;
}

function packedPixels(png: Uint8Array): Uint8Array {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const found: Uint8Array[] = [];
  for (let at = 8; at + 12 <= png.length; at += 12 + view.getUint32(at)) {
    const isPixels = Buffer.from(png.subarray(at + 4, at + 8)).toString('latin1') === 'IDAT';
    if (isPixels) found.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  return Buffer.concat(found);
}

function averaged(png: DecodedPng, most: number): { readonly side: number; readonly data: Uint8Array } {
  const from = Math.min(png.width, png.height);
  const side = Math.min(from, most);
  const left = Math.floor((png.width - from) / 2);
  const addPixel = pixelsOf(png);
  const data = new Uint8Array(side * side * 4);
  const sum = new Float64Array(4);
  const edge = (at: number) => Math.floor((at * from) / side);
  const step = Math.ceil(from / side / LOOKED_AT);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      sum.fill(0);
      let count = 0;
      for (let row = edge(y); row < edge(y + 1); row += step) {
        for (let column = edge(x); column < edge(x + 1); column += step) {
          addPixel(left + column, row, sum);
          count += 1;
        }
      }
      const [red = 0, green = 0, blue = 0, alpha = 0] = sum;
      const seen = alpha || 1;
      data.set([red / seen, green / seen, blue / seen, alpha / count].map(Math.round), (y * side + x) * 4);
    }
  }
  return { side, data };
}

/** Adds a pixel to a sum, its colours weighed by how much of it is seen. */
function pixelsOf({ width, height, data, depth, channels, palette, transparency }: DecodedPng) {
  const perRow = data.length / height;
  const scale = 255 / (2 ** depth - 1);
  const raw = (x: number, y: number, channel: number): number => {
    if (depth >= 8) return data[(y * width + x) * channels + channel] ?? 0;
    const byte = data[y * perRow + ((x * depth) >> 3)] ?? 0;
    return (byte >> (8 - depth - ((x * depth) & 7))) & (2 ** depth - 1);
  };
  return (x: number, y: number, sum: Float64Array): void => {
    const value = raw(x, y, 0);
    let [red, green, blue, alpha] = [value * scale, value * scale, value * scale, 255];
    if (palette) [red = 0, green = 0, blue = 0, alpha = 255] = palette[value] ?? [];
    if (channels >= 3) [green, blue] = [raw(x, y, 1) * scale, raw(x, y, 2) * scale];
    if (channels % 2 === 0) alpha = raw(x, y, channels - 1) * scale;
    // One colour that is not seen at all.
    if (!palette && transparency?.every((sample, channel) => sample === raw(x, y, channel))) alpha = 0;
    sum[0] = (sum[0] ?? 0) + red * alpha;
    sum[1] = (sum[1] ?? 0) + green * alpha;
    sum[2] = (sum[2] ?? 0) + blue * alpha;
    sum[3] = (sum[3] ?? 0) + alpha;
  };
}
