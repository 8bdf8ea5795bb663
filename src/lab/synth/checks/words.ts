import { wordsIn } from '../../../judge/continuity/words-in.ts';

/** The words of a text, folded. */
export function wordsOf(text: string): string[] {
  return wordsIn(text).map(({ text: word }) => word);
}

/** How much of some words others have, each as often as it stands there: 0 … 1; 1 where there are none. */
export function recallOf(words: readonly string[], among: readonly string[]): number {
  if (words.length === 0) return 1;
  const left = new Map<string, number>();
  for (const word of among) left.set(word, (left.get(word) ?? 0) + 1);
  let found = 0;
  for (const word of words) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    found += 1;
  }
  return found / words.length;
}

/** So many words in a row are no chance (her-spec 6.3: hidden text is not quoted). */
export const RUN = 6;

const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** What words come to: in scripts without spaces each character is one of them, and two are as much as a word. */
export function amountOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + amount(word), 0);
}

function amount(word: string): number {
  return (word.codePointAt(0) ?? 0) >= 0xe00 && UNSPACED.test(word) ? 0.5 : 1;
}

/**
 * Runs of words in the order in which they stand, each as long as it must be to come to `length` words. What is too
 * short has none.
 */
export function* eachRun(words: readonly string[], length: number): Generator<string> {
  let [to, size] = [0, 0];
  for (const [from, first] of words.entries()) {
    while (size < length && to < words.length) {
      size += amount(words[to] ?? '');
      to += 1;
    }
    if (size < length) return;
    yield words.slice(from, to).join(' ');
    size -= amount(first);
  }
}

/** Runs of `RUN` words, to be looked up. */
export function runsIn(words: readonly string[], length = RUN): Set<string> {
  return new Set(eachRun(words, length));
}

/** Whether a text has one of the runs. */
export function sharesRun(words: readonly string[], runs: ReadonlySet<string>, length = RUN): boolean {
  if (runs.size === 0) return false;
  for (const run of eachRun(words, length)) if (runs.has(run)) return true;
  return false;
}
