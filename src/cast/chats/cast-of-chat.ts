import type { Character } from '../character.ts';
import { slugOf } from '../library/slug.ts';
import { namesOf } from '../name-parts.ts';
import type { Chat } from './read-chat.ts';

/** Who of those that speak in a chat has a card here, and who has none; each once, by first line. */
export function castOfChat(
  { lines }: Chat,
  among: readonly Character[],
): { readonly cast: readonly Character[]; readonly others: readonly string[] } {
  const names = [...new Set(lines.filter(({ by }) => by === 'character').map(({ name }) => name))];
  const found = names.map((name) => ({ name, character: characterCalled(name, among) }));
  const cast = new Map(found.flatMap(({ character }) => (character ? [[character.id, character]] : [])));
  return {
    cast: [...cast.values()],
    others: found.flatMap(({ name, character }) => (character ? [] : [name])),
  };
}

/** By the whole name, or another one that only one card bears. */
function characterCalled(name: string, among: readonly Character[]): Character | undefined {
  const wanted = sameFor(name);
  const exact = among.find((one) => sameFor(one.name) === wanted);
  if (exact) return exact;
  const [one, another] = among.filter((each) => namesOf(each).some((other) => sameFor(other) === wanted));
  return another ? undefined : one;
}

/** All names without a letter have one slug. */
function sameFor(name: string): string {
  return /[\p{L}\p{N}]/u.test(name) ? slugOf(name) : name;
}
