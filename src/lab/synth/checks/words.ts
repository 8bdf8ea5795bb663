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

/** Runs of `RUN` words, to be looked up. */
export function runsIn(words: readonly string[], length = RUN): Set<string> {
  const runs = new Set<string>();
  for (let at = 0; at + length <= words.length; at += 1) runs.add(words.slice(at, at + length).join(' '));
  return runs;
}

/** Whether a text has one of the runs. */
export function sharesRun(words: readonly string[], runs: ReadonlySet<string>, length = RUN): boolean {
  if (runs.size === 0) return false;
  for (let at = 0; at + length <= words.length; at += 1) {
    if (runs.has(words.slice(at, at + length).join(' '))) return true;
  }
  return false;
}
