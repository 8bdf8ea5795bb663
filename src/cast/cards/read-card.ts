import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { CastFileError } from '../cast-file-error.ts';
import type { Avatar, Character } from '../character.ts';
import { type CardData, cardDataSchema } from './card-data.ts';
import { kindOfValue } from './cast-file-kind.ts';
import { characterFromCard } from './character-from-card.ts';
import { fieldPath } from './field-path.ts';
import { firstLine } from './lenient-json.ts';
import { tidyCard } from './tidy-card.ts';
import { isRecord, type Warn } from './tidy-value.ts';
import { type Unpacked, unpackFile } from './unpack-card.ts';

export type CardReading = {
  readonly character: Character;
  /** What the file was: it is saved as such. */
  readonly kind: 'yaml' | 'json' | 'png' | 'charx';
  /** Every field of the file, those we do not use included: what is converted. */
  readonly card: CardData;
  /** Tells whether two files are the same. */
  readonly digest: string;
  /** What was passed over, each naming its field. */
  readonly warnings: readonly string[];
};

/**
 * Reads one card: our YAML, Character Card V1, V2 or V3 JSON, a PNG or a CharX that carries one.
 * Lenient about form, strict about limits (10 MB of text, 32 MB a PNG or CharX, 100,000 characters a field,
 * 2,000,000 in all).
 * @param fileName only for messages, and to know YAML by its ending.
 * @throws CastFileError naming the file and the field.
 */
export function readCard(
  bytes: Uint8Array,
  fileName: string,
  source: Character['source'] = 'own',
): CardReading {
  const file = plainFileName(fileName);
  const { warnings, warn } = createWarnings();
  const unpacked = unpackOrRefuse(bytes, file, warn);
  if (unpacked.kind === 'chat') throw new CastFileError(file, 'is a chat, and no card');
  const kind = kindOfValue(unpacked.value);
  if (kind === 'world') throw new CastFileError(file, 'is a lorebook, and no card');
  if (kind === 'coser') throw new CastFileError(file, 'holds a scene with several characters, and no card');
  const { value } = unpacked;
  return readingOf({ ...unpacked, value, file, source, digest: digestOf(bytes) }, warnings, warn);
}

export type FoundCard = {
  readonly kind: CardReading['kind'];
  readonly value: unknown;
  readonly picture?: Avatar;
  readonly file: string;
  readonly source: Character['source'];
  readonly digest: string;
};

/** @throws CastFileError naming the file and the field */
export function readingOf(
  { kind, value, picture, file, source, digest }: FoundCard,
  warnings: readonly string[],
  warn: Warn,
): CardReading {
  if (!isRecord(value)) {
    throw new CastFileError(file, 'holds no card: it has to be one object with a `name`');
  }
  const card = check(tidyCard(value, warn), file);
  if (lengthOf(card) > MAX_LENGTH) {
    throw new CastFileError(
      file,
      `holds more than ${MAX_LENGTH.toLocaleString('en')} characters of text that would be read`,
    );
  }
  return { character: characterFromCard(card, source, warn, picture), kind, card, digest, warnings };
}

/** @throws CastFileError saying what is wrong with the file */
export function unpackOrRefuse(bytes: Uint8Array, file: string, warn: Warn): Unpacked {
  try {
    return unpackFile(bytes, file, warn);
  } catch (error) {
    throw new CastFileError(file, firstLine(error), error);
  }
}

/** The file's name alone, whatever way to it was given. */
export function plainFileName(fileName: string): string {
  return basename(fileName.replaceAll('\\', '/'));
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

const MAX_WARNINGS = 50;

/** A list of warnings, each told once, that does not grow with the file. */
export function createWarnings() {
  const warnings: string[] = [];
  const warn = (warning: string) => {
    if (warnings.length < MAX_WARNINGS && !warnings.includes(warning)) warnings.push(warning);
    else if (warnings.length === MAX_WARNINGS) warnings.push('and more of the kind');
  };
  return { warnings, warn };
}

// Reading the worst of texts takes two seconds a megabyte, on the one thread that plays every scene.
const MAX_LENGTH = 2_000_000;

/** All that is parsed or made plain, in characters. */
function lengthOf(card: CardData): number {
  const own = card.extensions.dramatis;
  const entries = card.character_book?.entries ?? [];
  const texts = [
    ...[card.description, card.personality, card.scenario, card.first_mes, card.mes_example],
    ...[...card.alternate_greetings, ...(card.group_only_greetings ?? [])],
    ...[own.motivation, own.background, own.manner, own.public_sheet, own.relations ?? ''],
    ...[...(own.greetings ?? []), ...(own.group_greetings ?? []), ...own.declines],
    ...own.examples.flatMap((example) =>
      typeof example === 'string' ? [example] : [example.to, example.turn],
    ),
    ...entries.map((entry) => entry.content),
  ];
  return texts.reduce((length, text) => length + text.length, 0);
}

function check(fields: Record<string, unknown>, file: string): CardData {
  const result = cardDataSchema.safeParse(fields);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new CastFileError(file, `field \`${fieldPath(issue?.path ?? [])}\` ${issue?.message ?? 'is wrong'}`);
}
