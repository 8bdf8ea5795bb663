import { wordsOf } from '../coser/words-of.ts';

const ORDERS = 4;
/** What no match counts as, so that one missing order does not make all of it 0 (NLTK’s `method1`). */
const NO_MATCH = 0.1;
/** Words of a text that are looked at: what comes later tells no more of a mould. */
const MOST_WORDS = 512;

/**
 * Self-BLEU: how much texts repeat each other, from 0 to 1 (Y. Zhu and others, “Texygen”, SIGIR 2018). It is
 * the mean, over all texts, of BLEU-4 with all the other texts as references: uniform weights, a count
 * clipped by the reference that has most of it, the brevity penalty by the reference nearest in length. An
 * order without a match counts as 0.1 of one; an order that a short text does not have is left out; 0 where
 * not one word is shared. Words as `wordsOf` of CoSER takes them, the first 512 of a text.
 *
 * It grows with the number of texts, so compare figures of samples of one size. Work grows with all words.
 *
 * @returns undefined where fewer than two texts have words
 */
export function selfBleu(texts: readonly string[]): number | undefined {
  const numbers = new Map<string, number>();
  const all = texts.flatMap((text) => {
    const words = wordsOf(text).slice(0, MOST_WORDS);
    return words.length === 0 ? [] : [words.map((word) => numberOf(numbers, word))];
  });
  if (all.length < 2) return undefined;
  const logs = new Float64Array(all.length);
  const isApart = new Uint8Array(all.length);
  let grams: readonly (readonly number[])[] = all;
  for (let order = 1; order <= ORDERS; order += 1) {
    const matches = matchesOf(grams);
    for (const [at, own] of grams.entries()) {
      if (own.length === 0) continue;
      const matched = matches[at] ?? 0;
      if (order === 1 && matched === 0) isApart[at] = 1;
      logs[at] = (logs[at] ?? 0) + Math.log((matched || NO_MATCH) / own.length);
    }
    grams = longer(grams, all, order);
  }
  const lengths = all.map(({ length }) => length).sort((a, b) => a - b);
  const scores = all.map(({ length }, at) => {
    if (isApart[at]) return 0;
    const mean = (logs[at] ?? 0) / Math.min(ORDERS, length);
    return brevity(length, nearestOther(lengths, length)) * Math.exp(mean);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** The two texts that have most of a gram: whoever is the first is held against the second. */
type Most = { first: number; who: number; second: number };

/** Of each text how many grams the others have too, each at most as often as one of them has it. */
function matchesOf(grams: readonly (readonly number[])[]): readonly number[] {
  const counts = grams.map(countsOf);
  const most = new Map<number, Most>();
  for (const [who, own] of counts.entries()) {
    for (const [gram, count] of own) {
      const known = most.get(gram);
      if (!known) most.set(gram, { first: count, who, second: 0 });
      else if (count > known.first) most.set(gram, { first: count, who, second: known.first });
      else known.second = Math.max(known.second, count);
    }
  }
  return counts.map((own, who) => {
    let matched = 0;
    for (const [gram, count] of own) {
      const known = most.get(gram);
      if (known) matched += Math.min(count, known.who === who ? known.second : known.first);
    }
    return matched;
  });
}

function countsOf(grams: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return counts;
}

/** More than there are different words in any sample. */
const MOST_NUMBERS = 2 ** 24;

/** Grams of one word more: each is the number of a pair, of the shorter gram and the word behind it. */
function longer(
  grams: readonly (readonly number[])[],
  words: readonly (readonly number[])[],
  order: number,
): readonly (readonly number[])[] {
  const numbers = new Map<number, number>();
  return grams.map((own, at) => {
    const all = words[at] ?? [];
    return own
      .slice(0, Math.max(0, all.length - order))
      .map((gram, place) => numberOf(numbers, gram * MOST_NUMBERS + (all[place + order] ?? 0)));
  });
}

function numberOf<Thing>(numbers: Map<Thing, number>, thing: Thing): number {
  const known = numbers.get(thing);
  if (known !== undefined) return known;
  numbers.set(thing, numbers.size);
  return numbers.size - 1;
}

/** The length, of all but one text of this length, that is nearest to it; of two the shorter. */
function nearestOther(sorted: readonly number[], length: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) < length) from = middle + 1;
    else to = middle;
  }
  const below = sorted[from - 1];
  const next = sorted[from + 1];
  if (next === undefined) return below ?? length;
  return below !== undefined && length - below <= next - length ? below : next;
}

function brevity(length: number, reference: number): number {
  return length >= reference ? 1 : Math.exp(1 - reference / length);
}
