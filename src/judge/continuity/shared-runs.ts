import type { Word } from './words-in.ts';

/** Fewer words in a row are no run. */
const SHORTEST = 4;

/** Words `from` to `to` (exclusive) of the first text, which stand in a row in the second as well. */
export type Run = { readonly from: number; readonly to: number };

/** The longest stretches that two texts share, in order; none overlaps another. */
export function sharedRuns(words: readonly Word[], others: readonly Word[]): Run[] {
  const places = new Map<string, number[]>();
  for (let at = 0; at + SHORTEST <= others.length; at += 1) {
    const gram = gramAt(others, at);
    const known = places.get(gram);
    if (known) known.push(at);
    else places.set(gram, [at]);
  }
  const runs: Run[] = [];
  let at = 0;
  while (places.size > 0 && at + SHORTEST <= words.length) {
    let to = at;
    for (const start of places.get(gramAt(words, at)) ?? [])
      to = Math.max(to, endOf(words, at, others, start));
    if (to > at) runs.push({ from: at, to });
    at = Math.max(at + 1, to);
  }
  return runs;
}

function gramAt(words: readonly Word[], at: number): string {
  return words
    .slice(at, at + SHORTEST)
    .map(({ text }) => text)
    .join(' ');
}

function endOf(words: readonly Word[], at: number, others: readonly Word[], start: number): number {
  let length = SHORTEST;
  while (at + length < words.length && words[at + length]?.text === others[start + length]?.text) length += 1;
  return at + length;
}
