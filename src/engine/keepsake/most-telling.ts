import { lower } from '../../format/fold.ts';
import { contentWord } from '../../performer/understudy/content-words.ts';
import type { Witnessed } from '../ledger/ledger-api.ts';

type Sentence = { readonly entry: Witnessed; readonly text: string };

/** The newest sentences are where a reader comes in again: they are kept first. */
const NEWEST = 5;

/** So many that do not fit: what is left of the room is too little. */
const MISFITS = 8;

/** What counts beside its words: secrets first, then what changed, then talk. */
const WEIGHT: Readonly<Record<Witnessed['kind'], number>> = {
  whisper: 3,
  told: 2.5,
  event: 2.5,
  setting: 2,
  time: 1.6,
  change: 1.4,
  exit: 1.4,
  narration: 1.2,
  entrance: 1.2,
  line: 1,
};

/**
 * The sentences that say most of what there is to say, in their own order, with a line break each in
 * no more than `room` characters: after SumBasic (Nenkova and Vanderwende, 2005) a sentence is worth
 * what its words are worth, a word as much as it is frequent, and one that was taken is worth little
 * from then on.
 */
export function mostTelling<S extends Sentence>(sentences: readonly S[], room: number): readonly S[] {
  const words = sentences.map(({ text }) => wordsOf(text));
  const worth = new Map<string, number>();
  const total = words.flat().length || 1;
  for (const word of words.flat()) worth.set(word, (worth.get(word) ?? 0) + 1 / total);

  const kept = new Set<number>();
  let left = room;
  let misfits = 0;
  function take(i: number): void {
    const cost = (sentences[i]?.text.length ?? 0) + 1;
    open.delete(i);
    if (cost > left) {
      misfits += 1;
      return;
    }
    kept.add(i);
    left -= cost;
    for (const word of words[i] ?? []) worth.set(word, (worth.get(word) ?? 0) ** 2);
  }

  const open = new Set(sentences.keys());
  for (const i of [...open].slice(-NEWEST).reverse()) take(i);
  while (open.size > 0 && misfits < MISFITS) {
    let best = -1;
    let most = -1;
    for (const i of open) {
      const found = words[i] ?? [];
      const mean = found.reduce((sum, word) => sum + (worth.get(word) ?? 0), 0) / (found.length || 1);
      const value = mean * WEIGHT[sentences[i]?.entry.kind ?? 'line'];
      if (value > most) {
        most = value;
        best = i;
      }
    }
    take(best);
  }
  return sentences.filter((_, i) => kept.has(i));
}

function wordsOf(text: string): string[] {
  return (lower(text).match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? []).flatMap((word) => contentWord(word) ?? []);
}
