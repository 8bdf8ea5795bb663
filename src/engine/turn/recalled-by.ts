import { fuseRanks } from '../../cast/memory/fuse.ts';
import { textOf } from '../../cast/memory/recall.ts';
import { termsOf } from '../../cast/memory/terms.ts';
import type { ActorId } from '../../scene/beat.ts';
import type { View, ViewEntry } from '../../scene/view.ts';
import type { LiveScene } from '../live-scene.ts';
import { nearInMeaning } from '../memory/near-in-meaning.ts';
import type { TurnOptions } from './made-turn.ts';

/** Entries that come back at once. */
const MOST = 4;
/** Lines that tell what is spoken of. */
const LAST_LINES = 3;
/** Of each way to look for them, so many are compared. */
const CANDIDATES = 20;

/**
 * Older entries of its own view that come back to a character now, best first: of those that stand in
 * its prompt only as a note, the ones that fit what was said last and who is here. Pinned ones stand
 * there anyway.
 *
 * @param before of a swipe: what is said from this beat on does not count
 */
export async function recalledBy(
  live: LiveScene,
  id: ActorId,
  options: TurnOptions,
  signal: AbortSignal,
  before = Number.POSITIVE_INFINITY,
): Promise<readonly ViewEntry[]> {
  const { minds, prompts, state } = live;
  const view = minds.people.get(id);
  const laidOut = prompts.get(id);
  if (!view || !laidOut) return [];
  const upTo = Math.min(laidOut.prompt.foldedUpTo(), before - 1);
  if (upTo <= 0) return [];
  const last = lastEntries(view, before);
  // One by one: what is asked now and what was spoken of before it need not be the same.
  const said = last.toReversed().filter((entry) => termsOf(wordsOf(entry)).length > 0);
  const [newest, ...earlier] = said.map(textOf);
  if (newest === undefined) return [];

  const sought = { upTo, limit: CANDIDATES, except: state.pins };
  const { memory } = laidOut;
  const ranked = [[newest, ...namesAround(live, id)].join('\n'), ...earlier].map((text) =>
    memory.recall.find(text, sought),
  );
  const { embed } = options.models;
  if (embed) {
    const texts = said.map(wordsOf);
    ranked.push(...(await nearInMeaning(live, memory.vectors(embed), embed, texts, sought, options, signal)));
  }
  const found = fuseRanks(
    ranked.map((entries) => entries.map(({ n }) => n)),
    CANDIDATES,
  );
  // As they stand now: while it was waited for, one of them may have gone.
  return found
    .flatMap((n) => view.at(n) ?? [])
    .filter(tellsSomething)
    .slice(0, MOST);
}

function lastEntries({ entries }: View, before: number): readonly ViewEntry[] {
  let end = entries.length;
  while (end > 0 && (entries[end - 1]?.n ?? 0) >= before) end -= 1;
  return entries.slice(Math.max(0, end - LAST_LINES), end);
}

/** Who came and went when brings nothing back. */
function tellsSomething({ kind, segments }: ViewEntry): boolean {
  return segments.length > 0 && kind !== 'entrance' && kind !== 'exit' && kind !== 'change';
}

function wordsOf({ segments }: ViewEntry): string {
  return segments.map(({ text }) => text).join(' ');
}

/** Who else is where this character is. */
function namesAround({ state }: LiveScene, id: ActorId): string[] {
  const place = state.people.get(id)?.place;
  return [...state.people.values()]
    .filter((person) => person.present && person.place === place && person.actor.id !== id)
    .map(({ actor }) => actor.name);
}
