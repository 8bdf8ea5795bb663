import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** A picture of ours to hide cards in. */
export const PICTURE = readFileSync(new URL('../../../characters/dramatis.png', import.meta.url));

export function fixture(name: string): Buffer {
  return readFileSync(new URL(`../../fixtures/cards/${name}`, import.meta.url));
}

/** A PNG that carries texts as other tools write them: base64 of JSON in tEXt chunks before IEND. */
export function pngCard(texts: Record<string, unknown>): Buffer {
  const chunks = Object.entries(texts).map(([keyword, card]) => {
    const json = typeof card === 'string' ? card : JSON.stringify(card);
    return textChunk(keyword, Buffer.from(json).toString('base64'));
  });
  const end = PICTURE.length - 12;
  return Buffer.concat([PICTURE.subarray(0, end), ...chunks, PICTURE.subarray(end)]);
}

function textChunk(keyword: string, text: string): Buffer {
  const body = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}
