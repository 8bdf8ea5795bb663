/**
 * Which entries hold which terms, with BM25 (Robertson and Zaragoza, 2009) over them. It can let go
 * of an entry and tells how telling a match is, and it is a few times faster to fill and to ask than
 * a search library, which matters here: it is asked at every turn, of every mind.
 */
export type TermIndex = {
  add(n: number, terms: readonly string[]): void;
  /** Nothing of the entry is left. */
  remove(n: number): void;
  /**
   * Entries that hold any of these terms, each term counting once; in no order.
   * @param leastTelling 0 to 1: terms that say less (see `Match`) are left out
   */
  search(terms: Iterable<string>, leastTelling?: number): Match[];
};

export type Match = {
  readonly n: number;
  readonly score: number;
  /** What the shared terms say: of each 1 where one entry alone has it, about 0 where all do. */
  readonly telling: number;
  /** 0 to 1: the part of all that is asked for, and that any entry has, which this one shares. */
  readonly share: number;
};

type Holders = { readonly slots: number[]; readonly counts: number[] };

// The usual ones.
const K1 = 1.2;
const B = 0.75;
/** Of those that hold a term, the newest so many count. */
const MOST_HOLDERS = 400;

/** No entry yet. */
export function createTermIndex(): TermIndex {
  const holders = new Map<string, Holders>();
  const slots = new Map<number, number>();
  /** By slot: the beat, and what it says, by term. */
  const beats: number[] = [];
  const held: (readonly string[])[] = [];
  const lengths: number[] = [];
  let total = 0;

  return {
    add(n, terms) {
      const slot = beats.length;
      const counts = new Map<string, number>();
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
      for (const [term, count] of counts) {
        const found = holders.get(term);
        if (found) {
          found.slots.push(slot);
          found.counts.push(count);
        } else holders.set(term, { slots: [slot], counts: [count] });
      }
      slots.set(n, slot);
      beats.push(n);
      held.push([...counts.keys()]);
      lengths.push(terms.length);
      total += terms.length;
    },
    remove(n) {
      const slot = slots.get(n);
      if (slot === undefined) return;
      for (const term of held[slot] ?? []) {
        const found = holders.get(term);
        const at = found?.slots.indexOf(slot) ?? -1;
        if (!found || at < 0) continue;
        found.slots.splice(at, 1);
        found.counts.splice(at, 1);
        if (found.slots.length === 0) holders.delete(term);
      }
      slots.delete(n);
      held[slot] = [];
      total -= lengths[slot] ?? 0;
    },
    search(terms, leastTelling = 0) {
      // By slot, of those alone that hold a term: what is asked costs the same in a long log.
      const found = new Map<number, { score: number; told: number }>();
      const mean = total / slots.size;
      const rarest = rarity(1, slots.size);
      let asked = 0;
      for (const term of new Set(terms)) {
        const holding = holders.get(term);
        if (!holding) continue;
        const idf = rarity(holding.slots.length, slots.size);
        if (idf / rarest < leastTelling) continue;
        asked += idf / rarest;
        const newest = Math.max(0, holding.slots.length - MOST_HOLDERS);
        for (let at = newest; at < holding.slots.length; at += 1) {
          const slot = holding.slots[at] ?? 0;
          const count = holding.counts[at] ?? 0;
          const long = 1 - B + (B * (lengths[slot] ?? 0)) / mean;
          const score = (idf * count * (K1 + 1)) / (count + K1 * long);
          const one = found.get(slot);
          if (one) {
            one.score += score;
            one.told += idf / rarest;
          } else found.set(slot, { score, told: idf / rarest });
        }
      }
      return [...found].flatMap(([slot, { score, told }]) =>
        score > 0 ? [{ n: beats[slot] ?? 0, score, telling: told, share: told / asked }] : [],
      );
    },
  };
}

/** Inverse document frequency, never below zero. */
function rarity(having: number, entries: number): number {
  return Math.log(1 + (entries - having + 0.5) / (having + 0.5));
}
