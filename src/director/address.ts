import type { ActorId } from '../scene/beat.ts';

/** Whom a line may call, and by which names; `name`: the whole one, where that is known. */
export type Addressee = {
  readonly id: ActorId;
  readonly names: readonly string[];
  readonly name?: string;
};

/** A name in a text; `id` is missing where several bear it. */
export type NamePlace = { readonly at: number; readonly end: number; readonly id: ActorId | undefined };

/**
 * Who is called by name in a text, in the order in which they are called.
 *
 * A name counts as a whole word, in any case. The longest name wins a place in the text ("Mr.
 * Bennet" is not also a call for every Bennet), and a name that several bear calls nobody; but whoever is
 * called so in full is not made nameless by another's alias.
 */
export function findAddressed(text: string, cast: readonly Addressee[]): ActorId[] {
  const found = findNames(fold(text), cast);
  return [...new Set(found.flatMap(({ id }) => (id === undefined ? [] : [id])))];
}

/** All names of the cast in a text, in order. Takes a text that was folded as `findAddressed` does it. */
export function findNames(folded: string, cast: readonly Addressee[]): NamePlace[] {
  const bearers = bearersOf(cast);
  const taken = new Uint8Array(folded.length);
  const found: NamePlace[] = [];
  const names = [...bearers].sort(([one], [other]) => other.length - one.length);
  for (const [name, ids] of names) {
    const [only] = ids;
    const id = ids.size === 1 ? only : undefined;
    for (let at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + 1)) {
      const end = at + name.length;
      if (isWordAt(folded, at, end) && isFree(taken, at, end)) {
        taken.fill(1, at, end);
        found.push({ at, end, id });
      }
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

function bearersOf(cast: readonly Addressee[]): ReadonlyMap<string, ReadonlySet<ActorId>> {
  const bearers = new Map<string, Set<ActorId>>();
  const inFull = new Map<string, Set<ActorId>>();
  for (const { id, names, name: whole } of cast) {
    for (const name of names) {
      const key = fold(name);
      if (!key) continue;
      for (const map of whole !== undefined && fold(whole) === key ? [bearers, inFull] : [bearers]) {
        map.set(key, (map.get(key) ?? new Set()).add(id));
      }
    }
  }
  return new Map([...bearers, ...inFull]);
}

const LETTER = /[\p{L}\p{M}\p{N}_]/u;
// No space stands between words here, or endings are put to names: さん, 은.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function isWordAt(text: string, start: number, end: number): boolean {
  return isEdge(text.charAt(start), text.charAt(start - 1)) && isEdge(text.charAt(end - 1), text.charAt(end));
}

/** Whether a word may end with this letter where that one is next to it. */
function isEdge(letter: string, neighbour: string): boolean {
  return !LETTER.test(neighbour) || UNSPACED.test(letter) || UNSPACED.test(neighbour);
}

function isFree(taken: Uint8Array, start: number, end: number): boolean {
  return !taken.subarray(start, end).includes(1);
}

/** Lower case, usual widths, straight apostrophes. Its punctuation still stands. */
export function plainCase(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[’‘]/g, "'");
}

/** What names do not differ in: "Mr. Bennet" and "Mr Bennet" are the same. */
export const BETWEEN_WORDS = /[.\s]+/g;

/** Lower case, straight apostrophes, single spaces. */
function fold(text: string): string {
  return plainCase(text).replace(BETWEEN_WORDS, ' ').trim();
}
