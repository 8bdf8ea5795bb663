/**
 * ROUGE-L, F measure, as the Python package `rouge` 1.0.1 counts it, which is what CoSER prints (Lin 2004,
 * with that package’s own turns): sentences end at every full stop; of each pair of sentences the words of
 * their longest common subsequence are taken; what counts is how many *different* words those are.
 * Undefined where a text has no sentence.
 */
export function rougeL(text: string, reference: string): number | undefined {
  const numbers = new Map<string, number>();
  const own = sentencesOf(text).map((words) => numbersOf(words, numbers));
  const theirs = sentencesOf(reference).map((words) => numbersOf(words, numbers));
  if (own.length === 0 || theirs.length === 0) return undefined;
  const shared = new Set<number>();
  for (const columns of own) {
    const places = placesIn(columns);
    for (const rows of theirs) addCommon(rows, columns, places, shared);
  }
  const precision = shared.size / differentIn(own);
  const recall = shared.size / differentIn(theirs);
  return (2 * precision * recall) / (precision + recall + 1e-8);
}

function sentencesOf(text: string): string[][] {
  return text
    .split('.')
    .filter((sentence) => sentence.length > 0)
    .map((sentence) => sentence.trim().split(/\s+/u));
}

/** Every word its number: they are compared a million times. */
function numbersOf(words: readonly string[], numbers: Map<string, number>): Uint32Array {
  return Uint32Array.from(words, (word) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  });
}

function differentIn(sentences: readonly Uint32Array[]): number {
  return new Set(sentences.flatMap((words) => [...words])).size;
}

const BITS = 32;

/** For each word the columns in which it stands, as bits. */
function placesIn(columns: Uint32Array): ReadonlyMap<number, Uint32Array> {
  const places = new Map<number, Uint32Array>();
  for (const [at, word] of columns.entries()) {
    const bits = places.get(word) ?? new Uint32Array(Math.ceil(columns.length / BITS));
    places.set(word, bits);
    const block = Math.floor(at / BITS);
    bits[block] = (bits[block] ?? 0) | (1 << (at % BITS));
  }
  return places;
}

/**
 * Adds the words of a longest common subsequence; of several equally long ones that package’s. A row of
 * the table of lengths grows from column to column by one or not at all, so that it is kept as bits, 0 for
 * a step, and worked out 32 columns at a time (H. Hyyrö, “Bit-Parallel LCS-length Computation Revisited”,
 * 2004).
 */
function addCommon(
  rows: Uint32Array,
  columns: Uint32Array,
  places: ReadonlyMap<number, Uint32Array>,
  into: Set<number>,
): void {
  const blocks = Math.ceil(columns.length / BITS);
  const table = new Uint32Array((rows.length + 1) * blocks).fill(2 ** BITS - 1, 0, blocks);
  for (let i = 1; i <= rows.length; i += 1) {
    const bits = places.get(rows[i - 1] ?? -1);
    let carry = 0;
    for (let block = 0; block < blocks; block += 1) {
      const before = table[(i - 1) * blocks + block] ?? 0;
      const found = bits?.[block] ?? 0;
      const sum = before + ((before & found) >>> 0) + carry;
      carry = sum >= 2 ** BITS ? 1 : 0;
      table[i * blocks + block] = sum | (before & ~found);
    }
  }
  let [i, j] = [rows.length, columns.length];
  while (i > 0 && j > 0) {
    const word = rows[i - 1];
    const column = j - 1;
    const isFlat = ((table[i * blocks + Math.floor(column / BITS)] ?? 0) >>> (column % BITS)) & 1;
    if (word !== undefined && word === columns[column]) {
      into.add(word);
      i -= 1;
      j -= 1;
    } else if (isFlat === 0) i -= 1;
    else j -= 1;
  }
}
