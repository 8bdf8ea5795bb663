import { Buffer } from 'node:buffer';
import { isJpeg } from './bare-jpeg.ts';
import { type BarePicture, barePicture } from './bare-picture.ts';
import { isWebp } from './bare-webp.ts';
import { parseYamlValue } from './bounded-yaml.ts';
import { isChat } from './cast-file-kind.ts';
import { startsAsZip, unpackCharx } from './charx.ts';
import { endsAsZip } from './charx-zip.ts';
import { inMb, MAX_CARD, MAX_CARRIER } from './file-limits.ts';
import { firstLine, parseJson } from './lenient-json.ts';
import { isPng, type PngText, readPngTexts } from './png-text.ts';
import { textOfBytes } from './text-of-bytes.ts';
import { isRecord, type Warn } from './tidy-value.ts';

/** What a file holds, before anyone asked whether it makes sense. */
export type Unpacked =
  | {
      readonly kind: 'yaml' | 'json' | 'png' | 'charx';
      readonly value: unknown;
      /** The picture that came with it, without the card's text. */
      readonly picture?: BarePicture;
    }
  | { readonly kind: 'chat'; readonly text: string };

/**
 * Takes out of a file what it carries: our YAML, JSON, a PNG that carries a card (`ccv3` before `chara`), a
 * CharX. What the bytes are is told by the bytes; the name only decides between YAML and JSON.
 * @throws Error whose message says what is wrong with the file.
 */
export function unpackFile(bytes: Uint8Array, fileName: string, warn: Warn): Unpacked {
  if (isPng(bytes)) return unpackPng(withinLimit(bytes, MAX_CARRIER, 'a PNG card'), warn);
  if (startsAsZip(bytes) || (isJpeg(bytes) && endsAsZip(bytes))) {
    return { kind: 'charx', ...unpackCharx(withinLimit(bytes, MAX_CARRIER, 'a CharX'), warn) };
  }
  withinLimit(bytes, MAX_CARD, 'a card');
  if (isJpeg(bytes) || isWebp(bytes)) {
    throw new Error('is a picture without a card in it: bring the .png, the .charx or the .json');
  }
  return unpackText(textOfBytes(bytes, warn), fileName, warn);
}

function unpackText(text: string, fileName: string, warn: Warn): Unpacked {
  if (/\.ya?ml$/i.test(fileName)) return { kind: 'yaml', value: parseYamlValue(text) };
  if (isChat(text)) return { kind: 'chat', text };
  if (/^\s*[{[]/.test(text)) return { kind: 'json', value: parseJson(text, warn) };
  throw new Error('is no card: bring a .yaml, a Character Card .json, or a .png or .charx that carries one');
}

function withinLimit(bytes: Uint8Array, limit: number, what: string): Uint8Array {
  if (bytes.length <= limit) return bytes;
  throw new Error(`is ${inMb(bytes.length)}; ${what} may have ${limit / 1024 / 1024} MB at most`);
}

function unpackPng(bytes: Uint8Array, warn: Warn): Unpacked {
  const texts = readPngTexts(bytes);
  const carriers = ['ccv3', 'chara'].flatMap((name) => texts.filter(({ keyword }) => keyword === name));
  if (carriers.length === 0) {
    throw new Error(
      'is a picture without a card in it: export it again as a character card, or bring the .json',
    );
  }
  const value = firstReadable(carriers, warn);
  const assets = texts.filter(({ keyword }) => keyword.startsWith('chara-ext-asset_')).length;
  if (assets > 0) {
    warn(
      `${assets} other ${assets === 1 ? 'file' : 'files'} in the picture left behind: only the picture is used`,
    );
  }
  const picture = barePicture(bytes, warn);
  return { kind: 'png', value, ...(picture && { picture }) };
}

/** Programs that know V3 leave a V2 card beside it; where the one is broken the other is read. */
function firstReadable(carriers: readonly PngText[], warn: Warn): unknown {
  let failure: unknown;
  for (const carrier of carriers) {
    try {
      const value = packedCard(carrier, warn);
      if (failure) {
        const why = firstLine(failure).replace(/: export the card again$/, '');
        warn(`a card in the picture ${why}; what stands in its \`${carrier.keyword}\` text was read instead`);
      }
      return value;
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/** Base64 of JSON; some tools forget the base64. */
function packedCard({ read }: PngText, warn: Warn): Record<string, unknown> {
  const text = textOfBytes(read(), warn);
  const json = /^\s*\{/.test(text) ? text : textOfBytes(Buffer.from(text, 'base64'), warn);
  return asFields(parseJson(json, warn));
}

/**
 * One YAML object.
 * @throws Error whose message says in one line what is wrong
 */
export function parseYaml(text: string): Record<string, unknown> {
  return asFields(parseYamlValue(text));
}

function asFields(value: unknown): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw new Error('holds no card: it has to be one object with a `name`');
}
