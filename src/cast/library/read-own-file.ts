import type { CardReading } from '../cards/read-card.ts';
import { readCastFile } from '../cards/read-cast-file.ts';
import { CastFileError } from '../cast-file-error.ts';
import type { Character } from '../character.ts';
import { readingOfWorld, type WorldReading } from './read-world-file.ts';

export type OwnFile = { readonly reading: CardReading } | { readonly world: WorldReading };

/**
 * What a file of the folder holds: one card, or a world.
 * @throws CastFileError naming the file and what is wrong with it
 */
export function readOwnFile(bytes: Uint8Array, name: string, source: Character['source']): OwnFile {
  const file = readCastFile(bytes, name, source);
  if (file.kind === 'world') return { world: readingOfWorld(file, bytes, name) };
  if (file.kind === 'chat') {
    throw new CastFileError(name, 'is a chat and no card: `dramatis play --chat FILE` goes on with it');
  }
  const [reading, ...others] = file.readings;
  if (!reading) throw new CastFileError(name, 'holds no character');
  if (others.length > 0) {
    throw new CastFileError(
      name,
      `holds ${file.readings.length} characters: \`dramatis cards convert FILE -o FOLDER\` makes a file of each`,
    );
  }
  return { reading };
}
