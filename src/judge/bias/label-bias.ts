import type { JudgedPair } from './judged-pair.ts';
import { type Leaning, leaningOf } from './leaning.ts';

export type LabelBias = {
  /** Of the decided orders whose names are known, how many went to the name that comes first in the alphabet. */
  readonly earlierName: Leaning;
  /** Of the decided orders with a name, how many it won; for names of `OFTEN` pairs, the most telling first. */
  readonly names: readonly { readonly name: string; readonly won: Leaning }[];
};

/** Names may be drawn anew for each pair: what came up less often tells nothing. */
const OFTEN = 10;

type Tally = { hits: number; of: number; readonly pairs: Set<JudgedPair> };

/**
 * How the names that candidates go by in the prompt sway a judge. The orders of one pair hang together, so the
 * intervals are as wide as if each pair told but one thing.
 */
export function labelBias(pairs: readonly JudgedPair[]): LabelBias {
  const earlier = newTally();
  const names = new Map<string, Tally>();
  for (const pair of pairs) {
    for (const { better, other } of namesOf(pair)) {
      count(earlier, pair, better < other);
      for (const name of [better, other]) {
        const tally = names.get(name) ?? newTally();
        names.set(name, tally);
        count(tally, pair, name === better);
      }
    }
  }
  return {
    earlierName: shareIn(earlier),
    names: [...names]
      .filter(([, tally]) => tally.pairs.size >= OFTEN)
      .map(([name, tally]) => ({ name, won: shareIn(tally) }))
      .sort((a, b) => distance(b.won) - distance(a.won) || (a.name < b.name ? -1 : 1)),
  };
}

/** For each decided order whose names are known: that of the better one, and the other. */
function namesOf({ verdict, labels = [] }: JudgedPair): readonly { better: string; other: string }[] {
  return verdict.orders.flatMap(({ outcome }, at) => {
    const named = labels[at];
    if (!named || named.first === named.second || outcome.type === 'missing') return [];
    const { better } = outcome.reading;
    if (better === 'tie') return [];
    return [{ better: named[better], other: named[better === 'first' ? 'second' : 'first'] }];
  });
}

function newTally(): Tally {
  return { hits: 0, of: 0, pairs: new Set() };
}

function count(tally: Tally, pair: JudgedPair, isHit: boolean): void {
  if (isHit) tally.hits += 1;
  tally.of += 1;
  tally.pairs.add(pair);
}

function shareIn({ hits, of, pairs }: Tally): Leaning {
  return leaningOf(hits, of, pairs.size);
}

function distance({ share = 0.5 }: Leaning): number {
  return Math.abs(share - 0.5);
}
