import { isDeepStrictEqual } from 'node:util';
import type { CardReading } from '../cards/read-card.ts';
import { readCastFile } from '../cards/read-cast-file.ts';
import { CastFileError } from '../cast-file-error.ts';
import type { Character } from '../character.ts';
import type { Added } from './library-api.ts';
import { freeFor, type OwnCards, put, sameName } from './own-cards.ts';
import { createCard } from './save-card.ts';
import { ownId } from './unique-ids.ts';

/**
 * A file that somebody brought: with one card in it, it is kept as it is; with several, each becomes a file
 * of its own, and the first is returned. They play at once.
 */
export async function addCards(own: OwnCards, fileName: string, bytes: Uint8Array): Promise<Added> {
  const file = readCastFile(bytes, fileName);
  if (file.kind !== 'cards') {
    throw new CastFileError(fileName, `is a ${file.kind === 'world' ? 'lorebook' : 'chat'} and no card`);
  }
  const [first, ...others] = file.readings;
  if (!first) throw new CastFileError(fileName, 'holds no character');
  if (others.length === 0) return addFile(own, first, bytes);
  const added = await addEach(own, file.readings);
  return { character: added.characters[0] ?? first.character, warnings: added.warnings };
}

async function addFile(own: OwnCards, reading: CardReading, bytes: Uint8Array): Promise<Added> {
  const same = own.files().find((file) => file.reading?.digest === reading.digest);
  const there = same && own.characterIn(same.name);
  if (there) return { character: there, warnings: [hereAlready(there)] };
  const id = freeFor(own, ownId(reading));
  const character = await put(own, `${id}.${reading.kind}`, bytes);
  const warnings = [...reading.warnings];
  if (character.id !== ownId(reading)) warnings.push(sameName(character));
  return { character, warnings };
}

async function addEach(own: OwnCards, readings: readonly CardReading[]) {
  const characters: Character[] = [];
  const warnings: string[] = [];
  for (const { card, warnings: passedOver } of readings) {
    const same = own.files().find((file) => file.reading && isDeepStrictEqual(file.reading.card, card));
    const there = same && own.characterIn(same.name);
    const added = there
      ? { character: there, warnings: [hereAlready(there)] }
      : await createCard(own, card, undefined);
    characters.push(added.character);
    warnings.push(...[...passedOver, ...added.warnings].map((warning) => `${card.name}: ${warning}`));
  }
  const names = characters.slice(1).map(({ name }) => name);
  return { characters, warnings: [`the file holds others, who came too: ${names.join(', ')}`, ...warnings] };
}

function hereAlready({ id }: Character): string {
  return `this card is here already, as ${id}`;
}
