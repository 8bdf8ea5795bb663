import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import type { CardData } from './card-data.ts';
import { plainPicture } from './png-card-picture.ts';
import { isPng, withoutPngText } from './png-text.ts';
import { writeCard } from './write-card.ts';

const END_CHUNK = 12;

/**
 * A card in a picture: V2 in its `chara` chunk, V3 in `ccv3`, each as base64 of UTF-8 JSON. The V2 card has
 * all that the V3 card has, so its creator notes need not warn of what is missing.
 *
 * @param picture PNG; anything else, or none: a plain picture in the character's colour
 */
export function writePngCard(card: CardData, picture?: Uint8Array): Uint8Array {
  const base = picture && isPng(picture) ? withEnd(withoutPngText(picture)) : plainPicture(card.name);
  const end = base.length - END_CHUNK;
  return Uint8Array.from(
    Buffer.concat([
      base.subarray(0, end),
      textChunk('chara', writeCard(card, 'v2')),
      textChunk('ccv3', writeCard(card, 'v3')),
      base.subarray(end),
    ]),
  );
}

/** A chunk is: length (4 bytes, big endian), type (4 letters), data, check sum (4 bytes). */
function chunk(type: string, data: string): Buffer {
  const body = Buffer.from(`${type}${data}`, 'latin1');
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(body.length - 4);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

function textChunk(keyword: string, text: string): Buffer {
  return chunk('tEXt', `${keyword}\0${Buffer.from(text).toString('base64')}`);
}

/** A picture that was cut off has no end; viewers show what there is, and so does this. */
function withEnd(png: Uint8Array): Uint8Array {
  const hasEnd = Buffer.from(png.slice(-8, -4)).toString('latin1') === 'IEND';
  return hasEnd ? png : Buffer.concat([png, chunk('IEND', '')]);
}
