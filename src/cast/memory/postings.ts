import { withRoom } from './growing.ts';

/**
 * Lists of numbers, one a term, that grow at their end and are read from there. All are kept in one
 * array, each in blocks of 1, 2, 4, 8, 16 and then always 32 numbers: a short list takes no more room than
 * it needs (most terms are in one entry alone), and a long one is read in stretches, not from all
 * over the memory.
 */
export type Postings = {
  /** Lists are numbered from 1. */
  push(list: number, value: number): void;
  length(list: number): number;
  /** Its last numbers, `most` of them, the newest first. */
  newest(list: number, most: number): number[];
  /** Takes out the newest value that is so, if there is one. Cost: the values behind it. */
  take(list: number, isSo: (value: number) => boolean): void;
};

const LARGEST = 32;
/** Numbers in all blocks before the first one of the largest size. */
const BEFORE_LARGEST = LARGEST - 1;

/** No list yet. */
export function createPostings(): Postings {
  // A block is where the one before it begins (0: it is the first), and its numbers.
  let pool = new Int32Array(0);
  let end = 1;
  /** By list: how many numbers it has, and where its newest block begins. */
  let lengths = new Int32Array(0);
  let blocks = new Int32Array(0);

  /** Where numbers stand, newest first, until `visit` returns false. */
  function walk(list: number, visit: (at: number) => boolean): void {
    let block = blocks[list] ?? 0;
    for (let left = lengths[list] ?? 0; left > 0; block = pool[block] ?? 0) {
      const filled = filledOf(left);
      for (let at = block + filled; at > block; at -= 1) if (!visit(at)) return;
      left -= filled;
    }
  }

  return {
    push(list, value) {
      lengths = withRoom(lengths, list + 1);
      blocks = withRoom(blocks, list + 1);
      const length = (lengths[list] ?? 0) + 1;
      const filled = filledOf(length);
      if (filled === 1) {
        const size = 1 + Math.min(length, LARGEST);
        pool = withRoom(pool, end + size);
        pool[end] = blocks[list] ?? 0;
        blocks[list] = end;
        end += size;
      }
      pool[(blocks[list] ?? 0) + filled] = value;
      lengths[list] = length;
    },
    length: (list) => lengths[list] ?? 0,
    newest(list, most) {
      const values: number[] = [];
      if (most <= 0) return values;
      walk(list, (at) => values.push(pool[at] ?? 0) < most);
      return values;
    },
    take(list, isSo) {
      let found = 0;
      walk(list, (at) => {
        if (isSo(pool[at] ?? 0)) found = at;
        return found === 0;
      });
      if (found === 0) return;
      // What came after it moves up, from the newest on.
      let newer = 0;
      walk(list, (at) => {
        const value = pool[at] ?? 0;
        pool[at] = newer;
        newer = value;
        return at !== found;
      });
      const length = lengths[list] ?? 0;
      lengths[list] = length - 1;
      if (filledOf(length) === 1) blocks[list] = pool[blocks[list] ?? 0] ?? 0;
    },
  };
}

/** How many numbers are in the newest block of a list of this length. */
function filledOf(length: number): number {
  if (length > BEFORE_LARGEST) return ((length - LARGEST) % LARGEST) + 1;
  // Blocks before it hold 1, 3, 7, 15 numbers in all.
  return length + 1 - 2 ** (31 - Math.clz32(length));
}
