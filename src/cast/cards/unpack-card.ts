import { Buffer } from 'node:buffer';
import { parseDocument } from 'yaml';
import { isPng, readPngText, withoutPngText } from './png-text.ts';
import { isRecord } from './tidy-value.ts';

/** What a card file holds, before anyone asked whether it makes sense. */
export type UnpackedCard = {
  readonly kind: 'yaml' | 'json' | 'png';
  readonly fields: Record<string, unknown>;
  /** The picture of a PNG card, without the card's text. */
  readonly image?: Uint8Array;
};

const MB = 1024 * 1024;
const MAX_CARD = 10 * MB;
// Parsing YAML takes seconds a megabyte, on the one thread that plays every scene.
const MAX_YAML = MB / 2;

/**
 * Takes a card out of its file: our YAML, Card V1 to V3 JSON, or a PNG that carries one (`ccv3`
 * before `chara`). What the bytes are is told by the bytes; the name only decides between YAML and JSON.
 * @throws Error whose message says what is wrong with the file.
 */
export function unpackCard(bytes: Uint8Array, fileName: string): UnpackedCard {
  if (bytes.length > MAX_CARD) {
    throw new Error(`is ${(bytes.length / MB).toFixed(1)} MB; a card may have 10 MB at most`);
  }
  if (isPng(bytes)) return unpackPng(bytes);
  const text = decode(bytes);
  if (/\.ya?ml$/i.test(fileName)) return { kind: 'yaml', fields: parseYaml(text) };
  if (/^\s*\{/.test(text)) return { kind: 'json', fields: parseJson(text) };
  throw new Error('is no card: bring a .yaml, a Character Card .json, or a .png that carries one');
}

function unpackPng(bytes: Uint8Array): UnpackedCard {
  const texts = readPngText(bytes);
  const packed = texts.get('ccv3') ?? texts.get('chara');
  if (packed === undefined) {
    throw new Error(
      'is a picture without a card in it: export it again as a character card, or bring the .json',
    );
  }
  const fields = parseJson(decode(Buffer.from(packed, 'base64')));
  return { kind: 'png', fields, image: withoutPngText(bytes) };
}

function parseJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`holds broken JSON (${reason(error)}): export the card again`, { cause: error });
  }
  return asFields(value);
}

/**
 * YAML with its mistakes told in one line; anchors are of no use in a card and a known way to blow
 * one up, so few are followed.
 */
export function parseYaml(text: string): Record<string, unknown> {
  if (text.length > MAX_YAML) throw new Error('is more than 512 KB of YAML: bring it as JSON');
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error) throw new Error(`holds broken YAML: ${reason(error)}`, { cause: error });
  return asFields(document.toJS({ maxAliasCount: 20 }));
}

function asFields(value: unknown): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw new Error('holds no card: it has to be one object with a `name`');
}

function decode(bytes: Uint8Array): string {
  // TextDecoder drops a byte order mark.
  return new TextDecoder().decode(bytes);
}

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n', 1)[0] ?? '').replace(/:$/, '').slice(0, 200);
}
