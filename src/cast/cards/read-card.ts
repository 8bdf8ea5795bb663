import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { CastFileError } from '../cast-file-error.ts';
import type { Avatar, Character } from '../character.ts';
import { type CardData, cardDataSchema } from './card-data.ts';
import { characterFromCard } from './character-from-card.ts';
import { fieldPath } from './field-path.ts';
import { tidyCard } from './tidy-card.ts';
import { type UnpackedCard, unpackCard } from './unpack-card.ts';

export type CardReading = {
  readonly character: Character;
  /** What the file was: it is saved as such. */
  readonly kind: UnpackedCard['kind'];
  /** Every field of the file, those we do not use included: what is converted. */
  readonly card: CardData;
  /** Tells whether two files are the same. */
  readonly digest: string;
  /** What was passed over, each naming its field. */
  readonly warnings: readonly string[];
};

/**
 * Reads one card: our YAML, Character Card V1, V2 or V3 JSON, or a PNG that carries one.
 * Lenient about form, strict about limits (10 MB a file, 100,000 characters a text).
 * @param fileName only for messages, and to know YAML by its ending.
 * @throws CastFileError naming the file and the field.
 */
export function readCard(
  bytes: Uint8Array,
  fileName: string,
  source: Character['source'] = 'own',
): CardReading {
  const file = basename(fileName.replaceAll('\\', '/'));
  const warnings: string[] = [];
  const warn = (warning: string) => void warnings.push(warning);
  const unpacked = unpack(bytes, file);
  const card = check(tidyCard(unpacked.fields, warn), file);
  const avatar: Avatar | undefined = unpacked.image && {
    type: 'bytes',
    mime: 'image/png',
    bytes: unpacked.image,
  };
  return {
    character: characterFromCard(card, source, warn, avatar),
    kind: unpacked.kind,
    card,
    digest: createHash('sha256').update(bytes).digest('base64'),
    warnings,
  };
}

function unpack(bytes: Uint8Array, file: string): UnpackedCard {
  try {
    return unpackCard(bytes, file);
  } catch (error) {
    throw new CastFileError(file, error instanceof Error ? error.message : String(error), error);
  }
}

function check(fields: Record<string, unknown>, file: string): CardData {
  const result = cardDataSchema.safeParse(fields);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new CastFileError(file, `field \`${fieldPath(issue?.path ?? [])}\` ${issue?.message ?? 'is wrong'}`);
}
