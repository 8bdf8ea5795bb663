import { countBefore } from '../../scene/count-before.ts';
import type { View, ViewEntry } from '../../scene/view.ts';
import { createTermIndex, type Match } from './term-index.ts';
import { termsOf } from './terms.ts';

/** Finds older entries of one view, and of nothing else, that fit what is being said. */
export type Recall = {
  /** Best first. Cost: the entries added since the last call, and those that hold a word of the query. */
  find(query: string, sought: Sought): readonly ViewEntry[];
};

export type Sought = {
  /** Entries of later beats are no candidates. */
  readonly upTo: number;
  readonly limit: number;
  /** Beats that are no candidates either. */
  readonly except?: ReadonlySet<number>;
  /** One common word is enough. Else what fits must be telling, so that “well then” recalls nothing. */
  readonly weak?: boolean;
};

const LEAST = {
  /** What every fifth of a hundred entries says, however often, tells none of them from the others. */
  ofTerm: 0.4,
  /** How telling the words must be that an entry shares with the query; one that a few entries have is enough. */
  telling: 0.5,
  /** Long lines share something with almost any other by chance: so much of what they tell must be shared. */
  share: 0.1,
};

/** Where more entries than that changed at once, the index is made anew. */
const MANY = 100;

const recalls = new WeakMap<View, Recall>();

/** The one index of a view, made when it is first asked for; it goes when the view does, as after a rewind. */
export function recallOf(view: View): Recall {
  const known = recalls.get(view);
  if (known) return known;
  const made = createRecall(view);
  recalls.set(view, made);
  return made;
}

/**
 * BM25 over a view, thoughts of its own included. The index grows with the view; where an earlier
 * entry changed or went, so does the index.
 */
export function createRecall(view: View): Recall {
  let index = createTermIndex();
  /** As they are in the index, by number; undefined where one changed or went since. */
  let indexed: (ViewEntry | undefined)[] = [];
  let upTo = 0;
  let { revision } = view;

  function add(entry: ViewEntry): void {
    index.add(termsOf(textOf(entry)));
    indexed.push(entry);
  }

  function beatOf(entry: number): number {
    return indexed[entry]?.n ?? 0;
  }

  /** Of those that fit as well the newer one. */
  function isBetter(one: Match, other: Match): boolean {
    return one.score > other.score || (one.score === other.score && beatOf(one.entry) > beatOf(other.entry));
  }

  /** What was read already may read differently, may have gone, or something came among it. */
  function reread(n: number): void {
    const at = indexed.findLastIndex((entry) => entry?.n === n);
    const before = indexed[at];
    const now = view.at(n);
    if (before === now) return;
    if (before) {
      index.remove(at, termsOf(textOf(before)));
      indexed[at] = undefined;
    }
    if (now) add(now);
  }

  function catchUp(): void {
    const changed = new Set(view.changedSince(revision));
    ({ revision } = view);
    if (changed.size > MANY) {
      index = createTermIndex();
      indexed = [];
      upTo = 0;
    }
    for (const n of changed) if (n <= upTo) reread(n);
    for (let at = countBefore(view.entries, upTo + 1); at < view.entries.length; at += 1) {
      const entry = view.entries[at];
      if (!entry) continue;
      add(entry);
      upTo = entry.n;
    }
  }

  return {
    find(query, { upTo: last, limit, except, weak = false }) {
      catchUp();
      const matches = index.search(termsOf(query), weak ? undefined : LEAST);
      const best = bestOf(matches, limit, isBetter, ({ entry }) => {
        const n = beatOf(entry);
        return n > 0 && n <= last && !except?.has(n);
      });
      return best.flatMap(({ entry }) => indexed[entry] ?? []);
    },
  };
}

/** The best that count, the best first; few of many are found without sorting them all. */
function bestOf(
  matches: readonly Match[],
  limit: number,
  isBetter: (one: Match, other: Match) => boolean,
  counts: (match: Match) => boolean,
): Match[] {
  const best: Match[] = [];
  for (const match of matches) {
    const worst = best.length < limit ? undefined : best.at(-1);
    if ((worst && !isBetter(match, worst)) || !counts(match)) continue;
    if (worst) best.pop();
    best.splice(best.findLastIndex((other) => isBetter(other, match)) + 1, 0, match);
  }
  return best;
}

/** What an entry says, for looking it up: who speaks to whom, and every segment that its view holds of it. */
export function textOf({ speaker, to = [], segments }: ViewEntry): string {
  const names = [speaker, ...to].map((actor) => actor?.name ?? '');
  return [...names, ...segments.map(({ text }) => text)].filter(Boolean).join(' ');
}
