import { parse } from 'node:path';
import { digestOf, plainFileName } from '../cards/read-card.ts';
import { type CastFile, readCastFile } from '../cards/read-cast-file.ts';
import { CastFileError } from '../cast-file-error.ts';
import type { LoreBook } from '../lore/lore.ts';
import { readWorld } from '../lore/read-world.ts';

export type WorldReading = {
  readonly name: string;
  readonly book: LoreBook;
  /** As it was read, every field kept. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Tells whether two files are the same. */
  readonly digest: string;
  /** What was passed over, each naming its field. */
  readonly warnings: readonly string[];
};

/**
 * Reads a lorebook that stands alone.
 * @throws CastFileError where the file is none, or one that cannot be used
 */
export function readWorldFile(bytes: Uint8Array, fileName: string): WorldReading {
  const file = readCastFile(bytes, fileName);
  if (file.kind === 'world') return readingOfWorld(file, bytes, fileName);
  const what = file.kind === 'chat' ? 'a chat' : 'a character card';
  throw new CastFileError(plainFileName(fileName), `is ${what} and no lorebook`);
}

/**
 * The world of a file that was told to be one. It is called as it says, or else as its file.
 * @throws CastFileError where it cannot be used
 */
export function readingOfWorld(
  { raw, warnings }: Extract<CastFile, { kind: 'world' }>,
  bytes: Uint8Array,
  fileName: string,
): WorldReading {
  const file = plainFileName(fileName);
  const told = [...warnings];
  try {
    const book = readWorld(raw, parse(file).name, (warning) => void told.push(warning));
    return { name: book.name, book, raw, digest: digestOf(bytes), warnings: told };
  } catch (error) {
    if (error instanceof CastFileError) throw error;
    throw new CastFileError(file, error instanceof Error ? error.message : String(error), error);
  }
}
