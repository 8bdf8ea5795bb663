import { activateLore } from '../../cast/lore/activate.ts';
import type { ActiveEntry, Heard, LoreSpeaker } from '../../cast/lore/activation.ts';
import { bindMacros } from '../../cast/macros/bind-macros.ts';
import type { MacroNames } from '../../cast/macros/macro-names.ts';
import type { Rules } from '../../config/room-settings.ts';
import { characterActorId, ENVIRONMENT, type Made } from '../../scene/beat.ts';
import { countBefore } from '../../scene/count-before.ts';
import { lastCalled } from '../../scene/lore-calls.ts';
import type { ViewEntry } from '../../scene/view.ts';
import type { LiveScene } from '../live-scene.ts';
import { type CharacterLore, isAlwaysKnown } from './character-lore.ts';

/** Lore of one turn: the texts for the end of its prompt, in order, and what is written down of it. */
export type TurnLore = {
  readonly texts: readonly string[];
  readonly made: Pick<Made, 'lore' | 'loreLeft'>;
};

/** Rounds in which what entries say may call up others. */
const MAX_RECURSION = 3;
/** So many entries are written down with a turn. */
const MOST_NOTED = 200;
/** Longest id in a log. */
const LONGEST_ID = 80;

/**
 * What comes to a character's mind before a turn, out of the books that it may know and what it has
 * witnessed itself: its own view, with its own thoughts and nobody else's.
 *
 * @param before of a swipe: only what was perceived, and called up, before this beat
 */
export function turnLore(
  live: LiveScene,
  lore: CharacterLore,
  speaker: LoreSpeaker,
  macros: MacroNames,
  { loreDepth }: Pick<Rules, 'loreDepth'>,
  before = Number.POSITIVE_INFINITY,
): TurnLore {
  const id = characterActorId(speaker.id);
  const view = live.minds.people.get(id);
  if (!view || lore.sources.length === 0) return { texts: [], made: {} };
  const messages = countBefore(view.entries, before);
  const furthest = Math.max(loreDepth, lore.furthest);
  const { active, left } = activateLore(lore.books, {
    heard: view.entries.slice(Math.max(0, messages - furthest), messages).map(heardAs),
    messages,
    last(book, entry) {
      const n = lastCalled(live.state.lore, id, book, entry.slice(0, LONGEST_ID), before);
      return n === undefined ? undefined : { ago: messages - countBefore(view.entries, n) };
    },
    speaker,
    seed: live.record.seed,
    turn: Number.isFinite(before) ? before : live.state.beats + 1,
    budget: lore.budget,
    maxRecursion: MAX_RECURSION,
    scanDepth: loreDepth,
    macros,
  });
  const fill = bindMacros(macros);
  const fresh = active.filter(({ entry }) => !isAlwaysKnown(entry));
  const loreLeft = lore.alwaysLeft + left.filter(({ entry }) => !isAlwaysKnown(entry)).length;
  const noted = [...lore.always, ...fresh].slice(0, MOST_NOTED).map(notedAs);
  return {
    texts: fresh.map(({ entry }) => fill(entry.text).trim()),
    made: { ...(noted.length > 0 ? { lore: noted } : {}), ...(loreLeft > 0 ? { loreLeft } : {}) },
  };
}

/** A line with its speaker's name, which calls things up like any word; the world has none. */
export function heardAs({ n, speaker, segments, to }: ViewEntry): Heard {
  const name = speaker && speaker.id !== ENVIRONMENT.id ? `${speaker.name}: ` : '';
  const names = (to ?? []).map((one) => one.name).join(', ');
  return { n, text: `${name}${segments.map(({ text }) => text).join(' ')}${names && ` (${names})`}` };
}

function notedAs({ book, entry, why, key, beat }: ActiveEntry): NonNullable<Made['lore']>[number] {
  return {
    book,
    entry: entry.id.slice(0, LONGEST_ID),
    why,
    ...(key === undefined ? {} : { key }),
    ...(beat === undefined ? {} : { beat }),
  };
}
