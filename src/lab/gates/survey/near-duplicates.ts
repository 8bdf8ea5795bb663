import { wordsOf } from '../../coser/words-of.ts';

/** Texts that are nearly another one of a sample. */
export type NearDuplicates = {
  readonly n: number;
  /** Texts that have at least one like them. */
  readonly alike: number;
  /** Some pairs, by their places in the sample, those most alike first. */
  readonly pairs: readonly { readonly first: number; readonly second: number; readonly jaccard: number }[];
};

/** Of two texts’ groups of three words, from which share in common they are nearly one. */
export const NEARLY = 0.8;
const SHOWN = 5;
const MOST_WORDS = 512;
/** Of fewer words nothing is told: short answers are alike by nature. */
const LEAST_WORDS = 6;

/**
 * Which texts of a sample are nearly alike: the Jaccard index of their sets of groups of three words is at
 * least 0.8. Texts below six words are left out. Keep samples small: each is held against every other that
 * shares a group with it.
 */
export function nearDuplicates(texts: readonly string[]): NearDuplicates {
  const sets = texts.map((text) => threesOf(wordsOf(text).slice(0, MOST_WORDS)));
  const holders = new Map<string, number[]>();
  const alike = new Set<number>();
  const pairs: NearDuplicates['pairs'][number][] = [];
  for (const [second, own] of sets.entries()) {
    const shared = new Map<number, number>();
    for (const three of own) {
      const others = holders.get(three) ?? [];
      for (const first of others) shared.set(first, (shared.get(first) ?? 0) + 1);
      others.push(second);
      holders.set(three, others);
    }
    for (const [first, count] of shared) {
      const jaccard = count / (own.size + (sets[first]?.size ?? 0) - count);
      if (jaccard < NEARLY) continue;
      alike.add(first).add(second);
      pairs.push({ first, second, jaccard });
    }
  }
  const shown = pairs.sort((a, b) => b.jaccard - a.jaccard || a.first - b.first || a.second - b.second);
  return { n: sets.filter(({ size }) => size > 0).length, alike: alike.size, pairs: shown.slice(0, SHOWN) };
}

function threesOf(words: readonly string[]): ReadonlySet<string> {
  if (words.length < LEAST_WORDS) return new Set();
  return new Set(words.slice(2).map((word, at) => `${words[at]} ${words[at + 1]} ${word}`));
}
