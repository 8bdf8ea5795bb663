import type { Character } from '../character.ts';
import { namesOf } from '../name-parts.ts';
import { plainOf } from './slug.ts';

/**
 * The characters a half-typed text may mean, best first, at most `limit`.
 * Order: a whole name, the beginning of a name, the beginning of a word in a name, part of a name,
 * a name with a slip or two. Equal fits keep their order; an empty text fits everyone.
 */
export function findCharacters(all: readonly Character[], text: string, limit: number): Character[] {
  const wanted = plainOf(text).trim();
  if (!wanted) return all.slice(0, limit);
  return all
    .map((character) => ({ character, rank: rankOf(character, wanted) }))
    .filter(({ rank }) => rank < NO_FIT)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, limit)
    .map(({ character }) => character);
}

const NO_FIT = 9;

function rankOf(character: Character, wanted: string): number {
  const names = [...namesOf(character), character.id].map(plainOf);
  return Math.min(...names.map((name) => rankOfName(name, wanted)));
}

function rankOfName(name: string, wanted: string): number {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 2;
  if (wanted.length >= 3 && name.includes(wanted)) return 3;
  const slips = wanted.length >= 8 ? 2 : wanted.length >= 4 ? 1 : 0;
  // A name that is still being typed is compared with as much of the name.
  const begun = Array.from(name).slice(0, wanted.length).join('');
  if (slips > 0 && (slipsBetween(name, wanted) <= slips || slipsBetween(begun, wanted) <= slips)) return 4;
  return NO_FIT;
}

/** Levenshtein distance of two short texts; long ones are cut, which cannot bring them nearer than a slip. */
function slipsBetween(one: string, other: string): number {
  const a = Array.from(one).slice(0, 40);
  const b = Array.from(other).slice(0, 40);
  let row = b.map((_, at) => at + 1);
  a.forEach((letter, above) => {
    let corner = above;
    let left = above + 1;
    row = b.map((wanted, at) => {
      const up = row[at] ?? 0;
      left = Math.min(up + 1, left + 1, corner + (letter === wanted ? 0 : 1));
      corner = up;
      return left;
    });
  });
  return row.at(-1) ?? a.length;
}
