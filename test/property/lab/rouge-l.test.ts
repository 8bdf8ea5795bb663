import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rougeL } from '../../../src/lab/coser/rouge-l.ts';

/** The table of lengths cell by cell, and the way back through it, as the Python package goes. */
function slowRougeL(text: string, reference: string): number {
  const sentences = (all: string) =>
    all
      .split('.')
      .filter((one) => one.length > 0)
      .map((one) => one.trim().split(/\s+/u));
  const [own, theirs] = [sentences(text), sentences(reference)];
  const shared = new Set<string>();
  for (const one of theirs) for (const other of own) for (const word of common(one, other)) shared.add(word);
  const precision = shared.size / new Set(own.flat()).size;
  const recall = shared.size / new Set(theirs.flat()).size;
  return (2 * precision * recall) / (precision + recall + 1e-8);
}

function common(one: readonly string[], other: readonly string[]): string[] {
  const table = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  const at = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = 1; i <= one.length; i += 1) {
    for (let j = 1; j <= other.length; j += 1) {
      const row = table[i] ?? [];
      row[j] = one[i - 1] === other[j - 1] ? at(i - 1, j - 1) + 1 : Math.max(at(i - 1, j), at(i, j - 1));
    }
  }
  const words: string[] = [];
  let [i, j] = [one.length, other.length];
  while (i > 0 && j > 0) {
    if (one[i - 1] === other[j - 1]) {
      words.push(one[i - 1] ?? '');
      i -= 1;
      j -= 1;
    } else if (at(i - 1, j) > at(i, j - 1)) i -= 1;
    else j -= 1;
  }
  return words;
}

const word = fc.constantFrom('the', 'rope', 'tide', 'lamp', 'who', 'and', 'letter', 'dark');
/** Longer than one block of columns at times. */
const sentence = fc.array(word, { minLength: 1, maxLength: 80 }).map((words) => words.join(' '));
const text = fc
  .array(sentence, { minLength: 1, maxLength: 4 })
  .map((sentences) => sentences.map((one) => `${one}.`).join(' '));

test('thirty-two columns at a time come to the same as cell by cell', () => {
  fc.assert(
    fc.property(text, text, (own, reference) => {
      expect(rougeL(own, reference)).toBe(slowRougeL(own, reference));
    }),
  );
});
