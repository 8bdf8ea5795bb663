import { recallOf } from '../../cast/memory/recall.ts';
import { termsOf } from '../../cast/memory/terms.ts';
import { visibleSegments } from '../../format/segments.ts';
import { type ActorId, MAIN_PLACE } from '../../scene/beat.ts';
import type { Minds } from '../../scene/minds.ts';
import type { View, ViewEntry } from '../../scene/view.ts';

/** Who in a scene could know which words. */
export type Sayings = {
  /** Whether a mind perceived a term before beat `n`, or thought it itself. */
  knows(id: ActorId, term: string, n: number): boolean;
  /**
   * What could be seen and heard before beat `n`, wherever it was, but not by that one, and holds the term.
   * @param eyes of that only what happened openly somewhere, and what these perceived; left out, all of it
   */
  missed(id: ActorId, term: string, n: number, eyes?: ActorId): string[];
};

const MOST_TEXTS = 3;

const all = new WeakMap<Minds, Sayings>();

/** The one index of a scene's minds, made when it is first asked for; it goes when they do, as after a rewind. */
export function sayingsOf(minds: Minds): Sayings {
  const known = all.get(minds);
  if (known) return known;
  const missing = new Map<ActorId, MissedIndex>();
  const made: Sayings = {
    knows(id, term, n) {
      const view = minds.people.get(id);
      if (!view) return false;
      return recallOf(view).find(term, { upTo: n - 1, limit: 1, weak: true }).length > 0;
    },
    missed(id, term, n, eyes) {
      const index = missing.get(id) ?? createMissedIndex(minds, id);
      missing.set(id, index);
      return index.find(term, n, eyes);
    },
  };
  all.set(minds, made);
  return made;
}

type MissedIndex = { find(term: string, n: number, eyes: ActorId | undefined): string[] };

/**
 * By term, the beats that someone could see and hear and this mind could not: in most scenes few. It grows with
 * the views. It only says where to look: what stands there now, and for whom, is read from the views each time.
 */
function createMissedIndex(minds: Minds, id: ActorId): MissedIndex {
  const beats = new Map<string, number[]>();
  const looked = new Map<View, { upTo: number; revision: number; own: number }>();
  const indexed = new WeakSet<ViewEntry>();
  /** Most witnesses perceive a beat alike: it is read once. */
  const texts = new Map<number, string>();

  function others(): View[] {
    const own = minds.people.get(id);
    return [minds.place(MAIN_PLACE).director, ...minds.people.values()].filter((view) => view !== own);
  }

  function isMissed(n: number): boolean {
    const own = minds.people.get(id)?.at(n);
    return own === undefined || own.unheard === true;
  }

  function catchUp(): void {
    const own = minds.people.get(id)?.revision ?? 0;
    for (const view of others()) {
      const last = looked.get(view);
      const isSame = last?.revision === view.revision && last.own === own;
      for (let at = isSame ? last.upTo : 0; at < view.entries.length; at += 1) {
        const entry = view.entries[at];
        if (entry && !indexed.has(entry) && isMissed(entry.n)) add(entry);
      }
      looked.set(view, { upTo: view.entries.length, revision: view.revision, own });
    }
  }

  function add(entry: ViewEntry): void {
    indexed.add(entry);
    const text = openText(entry);
    if (texts.get(entry.n) === text) return;
    texts.set(entry.n, text);
    for (const term of new Set(termsOf(text))) {
      const known = beats.get(term);
      if (!known) beats.set(term, [entry.n]);
      else if (known.at(-1) !== entry.n) known.push(entry.n);
    }
  }

  return {
    find(term, n, eyes) {
      catchUp();
      const looking = eyes === undefined ? others() : [{ at: minds.openly }, minds.people.get(eyes)];
      const found = new Set<string>();
      for (const beat of beats.get(term) ?? []) {
        if (found.size >= MOST_TEXTS) break;
        if (beat >= n || !isMissed(beat)) continue;
        for (const view of looking) {
          const entry = view?.at(beat);
          const text = entry && openText(entry);
          if (text && termsOf(text).includes(term)) found.add(text);
        }
      }
      return [...found].slice(0, MOST_TEXTS);
    },
  };
}

function openText({ segments }: ViewEntry): string {
  return visibleSegments(segments)
    .map(({ text }) => text)
    .join('\n');
}
