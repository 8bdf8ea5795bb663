import { namesOf } from '../../cast/name-parts.ts';

/** What stands where somebody's name stood. */
const UNNAMED = 'someone';
const SHORTEST_PART = 3;
const MARKUP = /[\\^$.*+?()[\]{}|/-]/g;

/**
 * Takes names out of a text, whole words only: the full name in any case, and its first and last part
 * as a name is written (a lower-case "will" or "rose" is no Will and no Rose).
 *
 * @param others names of those who stay; what is theirs too is not taken out
 */
export function unnaming(names: Iterable<string>, others: Iterable<string>): (text: string) => string {
  const kept = new Set([...others].flatMap(partsOf).map((name) => name.toLowerCase()));
  const whole = new Set<string>();
  const parts = new Set<string>();
  for (const name of names) {
    if (!kept.has(name.toLowerCase())) whole.add(name);
    for (const part of partsOf(name)) {
      if (part !== name && [...part].length >= SHORTEST_PART && !kept.has(part.toLowerCase()))
        parts.add(capital(part));
    }
  }
  const anyCase = patternOf(
    [...whole].filter((name) => !isPlainWord(name)),
    'giu',
  );
  const asWritten = patternOf(
    [...parts, ...[...whole].filter(isPlainWord).flatMap((name) => [name, capital(name)])],
    'gu',
  );
  return (text) =>
    [anyCase, asWritten].reduce((left, found) => (found ? left.replace(found, UNNAMED) : left), text);
}

function partsOf(name: string): string[] {
  return namesOf({ name, aliases: [] });
}

/** One word of letters, as an ordinary word of the language may be. */
function isPlainWord(name: string): boolean {
  return /^\p{L}+$/u.test(name);
}

function capital(name: string): string {
  const [first = '', ...rest] = name;
  return first.toUpperCase() + rest.join('');
}

function patternOf(names: readonly string[], flags: string): RegExp | undefined {
  const longestFirst = [...new Set(names)].sort((one, other) => other.length - one.length);
  if (longestFirst.length === 0) return undefined;
  const any = longestFirst.map((name) => name.replace(MARKUP, '\\$&')).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, flags);
}
