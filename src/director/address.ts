import type { ActorId } from '../scene/beat.ts';

/** Whom a line may call, and by which names. */
export type Addressee = { readonly id: ActorId; readonly names: readonly string[] };

/**
 * Who is called by name in a text, in the order in which they are called.
 *
 * A name counts as a whole word, in any case. The longest name wins a place in the text ("Mr.
 * Bennet" is not also a call for every Bennet), and a name that several bear calls nobody.
 */
export function findAddressed(text: string, cast: readonly Addressee[]): ActorId[] {
  const bearers = new Map<string, Set<ActorId>>();
  for (const { id, names } of cast) {
    for (const name of names) {
      const key = fold(name);
      if (!key) continue;
      const ids = bearers.get(key) ?? new Set();
      bearers.set(key, ids.add(id));
    }
  }
  const folded = fold(text);
  const taken = new Uint8Array(folded.length);
  const found: { at: number; id: ActorId }[] = [];
  const names = [...bearers.keys()].sort((a, b) => b.length - a.length);
  for (const name of names) {
    for (let at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + 1)) {
      const end = at + name.length;
      if (isWordAt(folded, at, end) && isFree(taken, at, end)) {
        taken.fill(1, at, end);
        const ids = bearers.get(name) ?? new Set();
        const [only] = ids;
        if (only !== undefined && ids.size === 1) found.push({ at, id: only });
      }
    }
  }
  found.sort((a, b) => a.at - b.at);
  return [...new Set(found.map((call) => call.id))];
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

/** Lower case, straight apostrophes, single spaces; "Mr. Bennet" and "Mr Bennet" are the same. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[.\s]+/g, ' ')
    .trim();
}
