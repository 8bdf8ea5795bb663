/** What a vanishing precision counts as, so that its logarithm exists (NLTK without smoothing). */
const SMALLEST = 2.2250738585072014e-308;
const ORDERS = 4;

/**
 * BLEU of one text against one reference: uniform weights over 1- to 4-grams, no smoothing, as NLTK’s
 * `sentence_bleu` counts (Papineni et al. 2002). 0 where not one word is shared.
 */
export function bleu(words: readonly string[], reference: readonly string[]): number {
  const numbers = createNumbers<string>();
  const [ownWords, theirWords] = [words.map(numbers), reference.map(numbers)];
  let [own, theirs] = [ownWords, theirWords];
  let logs = 0;
  for (let order = 1; order <= ORDERS; order += 1) {
    const shared = sharedBetween(own, theirs);
    if (order === 1 && shared === 0) return 0;
    logs += Math.log(shared === 0 ? SMALLEST : shared / Math.max(1, own.length)) / ORDERS;
    const grams = createNumbers<number>();
    own = longer(own, ownWords, order, grams);
    theirs = longer(theirs, theirWords, order, grams);
  }
  const brevity = words.length > reference.length ? 1 : Math.exp(1 - reference.length / words.length);
  return brevity * Math.exp(logs);
}

/** Gives every thing its number, from 0. */
function createNumbers<Thing>(): (thing: Thing) => number {
  const numbers = new Map<Thing, number>();
  return (thing) => {
    const number = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, number);
    return number;
  };
}

/** More than there are different words in any text. */
const MOST_WORDS = 2 ** 24;

/** Grams of one word more: the number of each, and of the word behind it, as one number. */
function longer(
  grams: readonly number[],
  words: readonly number[],
  order: number,
  numbers: (gram: number) => number,
): number[] {
  const count = Math.max(0, words.length - order);
  return Array.from({ length: count }, (_, at) =>
    numbers((grams[at] ?? 0) * MOST_WORDS + (words[at + order] ?? 0)),
  );
}

/** Each gram as often as both have it. */
function sharedBetween(own: readonly number[], theirs: readonly number[]): number {
  const left = new Map<number, number>();
  for (const gram of theirs) left.set(gram, (left.get(gram) ?? 0) + 1);
  let shared = 0;
  for (const gram of own) {
    const count = left.get(gram) ?? 0;
    if (count === 0) continue;
    left.set(gram, count - 1);
    shared += 1;
  }
  return shared;
}
