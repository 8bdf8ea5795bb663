/**
 * Whole numbers by word, in a dozen bytes a word or so: every mind of every scene in play counts words,
 * and a `Map` with the words themselves takes ten times the room. Of a word only its hash is kept: two
 * words in four billion have the same one, and then they count as one word.
 */
export type WordTable = {
  /** 0 where nothing was set. @param hash of the word (`wordHash`) */
  get(hash: number): number;
  /** @param value not 0; a 32-bit integer */
  set(hash: number, value: number): void;
};

const SMALLEST = 64;
/** Fuller than that, and looking for a free place takes long. */
const FULLEST = 0.85;
const GROWS = 1.3;

/** No word yet. It grows as it fills. */
export function createWordTable(): WordTable {
  // Hash and value side by side, where the hash says or in the next free place behind it.
  let table = new Int32Array(SMALLEST * 2);
  let used = 0;

  function placeOf(hash: number): number {
    let at = ((hash >>> 0) % (table.length / 2)) * 2;
    while (table[at + 1] !== 0 && table[at] !== hash) at = at + 2 < table.length ? at + 2 : 0;
    return at;
  }

  function put(hash: number, value: number): void {
    const at = placeOf(hash);
    if (table[at + 1] === 0) used += 1;
    table[at] = hash;
    table[at + 1] = value;
  }

  function grow(): void {
    const before = table;
    table = new Int32Array(Math.ceil((before.length / 2) * GROWS) * 2);
    used = 0;
    for (let at = 0; at < before.length; at += 2) {
      const value = before[at + 1] ?? 0;
      if (value !== 0) put(before[at] ?? 0, value);
    }
  }

  return {
    get: (hash) => table[placeOf(hash) + 1] ?? 0,
    set(hash, value) {
      put(hash, value);
      if (used * 2 > table.length * FULLEST) grow();
    },
  };
}

/** FNV-1a over UTF-16 units, and the finalizer of MurmurHash3 so that all bits tell: a 32-bit integer. */
export function wordHash(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
