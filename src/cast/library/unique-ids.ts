import { parse } from 'node:path';
import type { Character } from '../character.ts';
import type { CardFile } from './card-folder.ts';
import { slugOf } from './slug.ts';

/**
 * Gives every own card an id that no other has, the same one after a restart. A file named like an
 * id of its card (`alice-2.png` for Alice) keeps that id; the rest take the next free one, oldest
 * file first. Scenes refer to characters by these ids.
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
    const character = file.reading?.character;
    const stem = slugOf(parse(file.name).name);
    if (character && isIdOf(character, stem) && !used.has(stem)) settle(file, character, stem);
  }
  const byAge = [...files].sort((one, other) => one.changedAt - other.changedAt);
  for (const file of byAge) {
    const character = file.reading?.character;
    if (character && !characters.has(file.name)) settle(file, character, freeId(character.id, used));
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

function isIdOf(character: Character, stem: string): boolean {
  return stem === character.id || (stem.startsWith(`${character.id}-`) && /-\d+$/.test(stem));
}
