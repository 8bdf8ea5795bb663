import type { Character } from '../../cast/character.ts';
import type { Library } from '../../cast/library/library-api.ts';
import { plainOf } from '../../cast/library/slug.ts';
import { activateLore } from '../../cast/lore/activate.ts';
import type { ActiveEntry, LoreSpeaker } from '../../cast/lore/activation.ts';
import type { LoreBook, LoreEntry } from '../../cast/lore/lore.ts';
import type { MacroNames } from '../../cast/macros/macro-names.ts';
import { expandMacros } from '../../cast/macros.ts';
import type { Rules } from '../../config/room-settings.ts';
import type { ChatModel } from '../../model/chat-model.ts';
import { CHARS_PER_TOKEN } from '../../performer/actor-prompt.ts';
import { weightOf } from '../../scene/weight-of.ts';

/** The lore that one character may know in one scene, as one prompt of it is laid out. */
export type CharacterLore = {
  /** The book of its card and the worlds in play. */
  readonly sources: readonly LoreBook[];
  /** Weight (`weightOf`) of all lore in a prompt, at most. */
  readonly budget: number;
  /** What it knows at any time: it stands in the sheet, where no turn changes it. In the prompt's order. */
  readonly always: readonly ActiveEntry[];
  /** What would stand there if there were room. */
  readonly alwaysLeft: number;
  /** What is looked through for a turn: the same books, without what was left, and what is always known first. */
  readonly books: readonly LoreBook[];
  /** The furthest that any key is looked for. Lines. */
  readonly furthest: number;
};

// In a model with little room lore must not push out the story.
const MOST_OF_CONTEXT = 1 / 4;
const FURTHEST = 1000;

/** The books that a character may know here, and the room for what is in them. */
export function loreSources(
  character: Character,
  library: Pick<Library, 'world'>,
  { worlds, loreTokens }: Pick<Rules, 'worlds' | 'loreTokens'>,
  { contextSize, maxTokens }: Pick<ChatModel, 'contextSize' | 'maxTokens'>,
): Pick<CharacterLore, 'sources' | 'budget'> {
  const tokens = Math.min(loreTokens, Math.floor((contextSize - maxTokens) * MOST_OF_CONTEXT));
  const budget = Math.max(0, tokens) * CHARS_PER_TOKEN;
  const books = [character.book, ...[...new Set(worlds)].flatMap((id) => library.world(id)?.book ?? [])];
  return { sources: budget > 0 ? books.filter(({ entries }) => entries.length > 0) : [], budget };
}

/** Whether two come to the same: what was laid out for the one holds for the other. */
export function isSameLore(
  one: Pick<CharacterLore, 'sources' | 'budget'>,
  other: Pick<CharacterLore, 'sources' | 'budget'>,
): boolean {
  return (
    one.budget === other.budget &&
    one.sources.length === other.sources.length &&
    one.sources.every((book, at) => book === other.sources[at])
  );
}

/**
 * Who it is for a filter of lore. A card may give itself whatever other names it likes: what somebody else of
 * the library is called counts for nothing.
 */
export function loreSpeaker(
  { id, name, aliases, tags }: Character,
  { char }: MacroNames,
  library: Pick<Library, 'characters'>,
): LoreSpeaker {
  const others = library.characters().filter((other) => other.id !== id);
  const taken = new Set(others.flatMap((other) => [other.id, other.name]).map(plainOf));
  const [own = '', ...more] = [name, ...aliases, char].map((one) => (taken.has(plainOf(one)) ? '' : one));
  return { id, name: own, aliases: more.filter(Boolean), tags };
}

/** Parts what is known at any time from what a turn may call up. */
export function characterLore(
  { sources, budget }: Pick<CharacterLore, 'sources' | 'budget'>,
  speaker: LoreSpeaker,
  macros: MacroNames,
): CharacterLore {
  const known = sources.map((book) => ({ ...book, entries: book.entries.filter(isAlwaysKnown) }));
  const { active: always, left } = activateLore(known, {
    ...{ heard: [], messages: 0, last: () => undefined, seed: 0, turn: 0, scanDepth: 0 },
    ...{ speaker, budget, macros, maxRecursion: 0 },
  });
  const lacking = new Set(left.map(({ entry }) => entry));
  const books = sources.map((book) => ({
    ...book,
    entries: book.entries
      .filter((entry) => !lacking.has(entry))
      .map((entry) => (isAlwaysKnown(entry) ? { ...entry, priority: Number.MAX_SAFE_INTEGER } : entry)),
  }));
  const depths = sources.flatMap(({ scanDepth = 0, entries }) => [
    scanDepth,
    ...entries.map((entry) => entry.scanDepth ?? 0),
  ]);
  const furthest = Math.min(
    FURTHEST,
    depths.reduce((most, depth) => Math.max(most, depth), 0),
  );
  return { sources, budget, always, alwaysLeft: left.length, books, furthest };
}

/** Weight that is left for what a turn calls up. */
export function loreRoomOf({ always, budget, sources }: CharacterLore, macros: MacroNames): number {
  if (sources.length === 0) return 0;
  const taken = always.map(({ entry }) => weightOf(expandMacros(entry.text, macros)));
  return Math.max(0, budget - taken.reduce((sum, weight) => sum + weight, 0));
}

/** It needs no key, no luck and no time, and nobody who has the book is kept from it. */
export function isAlwaysKnown(entry: LoreEntry): boolean {
  const { enabled, constant, text, probability, sticky, cooldown, delay, group, only, also, every } = entry;
  const timed = sticky > 0 || cooldown > 0 || delay > 0 || (every ?? 0) > 1;
  const chosen = probability < 100 || group !== '' || entry.delayUntilRecursion;
  return enabled && constant && text.trim() !== '' && !timed && !chosen && !only && !also?.length;
}
