import { parse } from 'node:path';
import type { CardData } from '../cards/card-data.ts';
import type { Character } from '../character.ts';
import type { CardFile } from './card-folder.ts';
import { slugOf } from './slug.ts';

/**
 * Gives every own card an id that no other has, the same one after a restart. A file named like an
 * id of its card (`alice-2.png` for Alice) keeps that id; the rest take the next free one, first those
 * that say which they have, then the oldest file. Scenes refer to characters by these ids.
 */
export function withUniqueIds(
  files: readonly CardFile[],
  taken: ReadonlySet<string>,
): Map<string, Character> {
  const used = new Set(taken);
  const characters = new Map<string, Character>();
  const settle = (file: CardFile, character: Character, id: string) => {
    used.add(id);
    characters.set(file.name, { ...character, id });
  };
  for (const file of files) {
    const stem = slugOf(parse(file.name).name);
    if (file.reading && isIdOf(ownId(file.reading), stem) && !used.has(stem)) {
      settle(file, file.reading.character, stem);
    }
  }
  const byAge = [...files].sort((one, other) => one.changedAt - other.changedAt);
  // A card that was edited is younger than it was, and is no other than it was.
  const edited = byAge.filter((file) => file.reading && keptId(file.reading.card) !== undefined);
  for (const file of [...edited, ...byAge]) {
    if (!file.reading || characters.has(file.name)) continue;
    settle(file, file.reading.character, freeId(ownId(file.reading), used));
  }
  return characters;
}

/** `id`, or else `id-2`, `id-3`, … */
export function freeId(id: string, used: { has(id: string): boolean }): string {
  if (!used.has(id)) return id;
  let number = 2;
  while (used.has(`${id}-${number}`)) number += 1;
  return `${id}-${number}`;
}

/** The id that a card asks for: the one it has kept through a change of name, else the slug of its name. */
export function ownId({
  card,
  character,
}: {
  readonly card: CardData;
  readonly character: Character;
}): string {
  return keptId(card) ?? character.id;
}

function keptId(card: CardData): string | undefined {
  const id = card.extensions.dramatis['id'];
  return typeof id === 'string' && id !== '' && slugOf(id) === id ? id : undefined;
}

/** A card that asks for its id where neither its name nor its file's gives it that. */
export function withOwnId(card: CardData, id: string, fileStem: string): CardData {
  const bare = withoutOwnId(card);
  if (fileStem === id && isIdOf(slugOf(card.name), id)) return bare;
  return { ...bare, extensions: { ...bare.extensions, dramatis: { ...bare.extensions.dramatis, id } } };
}

/** The card as it is edited and handed out: an id means something in one folder only. */
export function withoutOwnId(card: CardData): CardData {
  const { id: _id, ...own } = card.extensions.dramatis;
  return { ...card, extensions: { ...card.extensions, dramatis: own } };
}

/** Whether the name of a file is an id of the card in it: its own, or one with a number. */
export function isIdOf(id: string, stem: string): boolean {
  return stem === id || (stem.startsWith(`${id}-`) && /-\d+$/.test(stem));
}
