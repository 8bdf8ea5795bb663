import type { View, ViewEntry } from '../../scene/view.ts';
import { createTermIndex } from './term-index.ts';
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

/** How telling the words must be that an entry shares with the query; one that a few entries have is enough. */
const TELLING = 0.5;
/** Long lines share something with almost any other by chance: so much of what they tell must be shared. */
const SHARED = 0.1;
/** What every fifth of a hundred entries says, however often, tells none of them from the others. */
const LEAST_TELLING = 0.4;

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
  const index = createTermIndex();
  const indexed = new Map<number, ViewEntry>();
  let seen = 0;
  let { revision } = view;

  function catchUp(): void {
    if (view.revision !== revision) {
      for (const [n, entry] of indexed) {
        if (view.at(n) === entry) continue;
        index.remove(n);
        indexed.delete(n);
      }
      seen = 0;
      ({ revision } = view);
    }
    for (; seen < view.entries.length; seen += 1) {
      const entry = view.entries[seen];
      if (!entry || indexed.has(entry.n)) continue;
      index.add(entry.n, termsOf(textOf(entry)));
      indexed.set(entry.n, entry);
    }
  }

  return {
    find(query, { upTo, limit, except, weak = false }) {
      catchUp();
      return index
        .search(termsOf(query), weak ? 0 : LEAST_TELLING)
        .filter(({ n, telling, share }) => {
          return n <= upTo && !except?.has(n) && (weak || (telling >= TELLING && share >= SHARED));
        })
        .sort((one, other) => other.score - one.score || other.n - one.n)
        .slice(0, limit)
        .flatMap(({ n }) => indexed.get(n) ?? []);
    },
  };
}

/** What an entry says, for looking it up: who speaks to whom, and every segment that its view holds of it. */
export function textOf({ speaker, to = [], segments }: ViewEntry): string {
  const names = [speaker, ...to].map((actor) => actor?.name ?? '');
  return [...names, ...segments.map(({ text }) => text)].filter(Boolean).join(' ');
}
