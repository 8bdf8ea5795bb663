import { CastFileError } from '../cast-file-error.ts';
import type { Character } from '../character.ts';
import { kindOfValue } from './cast-file-kind.ts';
import { coserCards } from './coser-card.ts';
import {
  type CardReading,
  createWarnings,
  digestOf,
  plainFileName,
  readingOf,
  unpackOrRefuse,
} from './read-card.ts';
import { isRecord } from './tidy-value.ts';

/** What a file that somebody brings turns out to be. */
export type CastFile =
  | { readonly kind: 'cards'; readonly readings: readonly CardReading[] }
  /** A lorebook of its own; every field as it was. */
  | {
      readonly kind: 'world';
      readonly raw: Readonly<Record<string, unknown>>;
      readonly warnings: readonly string[];
    }
  /** A talk that was held in another program, as JSON Lines. */
  | { readonly kind: 'chat'; readonly text: string };

const MAX_CARDS = 200;

/**
 * Tells what a file is by what is in it, and reads the cards that are: one, a list of them, or the characters
 * of CoSER scenes. Lorebooks and chats are only recognised.
 * @throws CastFileError naming the file and the field
 */
export function readCastFile(
  bytes: Uint8Array,
  fileName: string,
  source: Character['source'] = 'own',
): CastFile {
  const file = plainFileName(fileName);
  const { warnings, warn } = createWarnings();
  const unpacked = unpackOrRefuse(bytes, file, warn);
  if (unpacked.kind === 'chat') return unpacked;
  const { value } = unpacked;
  const kind = kindOfValue(value);
  if (kind === 'world' && isRecord(value)) return { kind, raw: value, warnings };

  const digest = digestOf(bytes);
  if (kind !== 'coser' && kind !== 'cards') {
    return { kind: 'cards', readings: [readingOf({ ...unpacked, file, source, digest }, warnings, warn)] };
  }
  const cards = kind === 'coser' ? coserCards(value, warn) : Array.isArray(value) ? value : [];
  if (cards.length === 0) throw new CastFileError(file, 'holds no character');
  if (cards.length > MAX_CARDS) {
    throw new CastFileError(file, `holds ${cards.length} cards; a file may hold ${MAX_CARDS} at most`);
  }
  const readings = cards.map((card, at) => {
    const own = createWarnings();
    const found = { kind: unpacked.kind, value: card, file, source, digest: `${digest}#${at}` };
    const reading = readingOf(found, own.warnings, own.warn);
    return { ...reading, warnings: [...(at === 0 ? warnings : []), ...own.warnings] };
  });
  return { kind: 'cards', readings };
}
