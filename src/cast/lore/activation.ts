import type { MacroNames } from '../macros/macro-names.ts';
import type { LoreEntry } from './lore.ts';

/** What calls lore up, for one turn of one character. */
export type LoreScan = {
  /** What this character perceived, oldest first: beats of its own view, its thoughts included, and nothing else. */
  readonly heard: readonly Heard[];
  /** How many lines its view holds in all. */
  readonly messages: number;
  /**
   * Lines of its view since that entry was last freshly called up, not as `sticky`; undefined: never. 0 is the
   * turn that is played again now, and counts for nothing.
   */
  last(book: string, entry: string): { readonly ago: number } | undefined;
  readonly speaker: LoreSpeaker;
  /** The same seed and turn throw the same dice. */
  readonly seed: number;
  readonly turn: number;
  /** Weight (`weightOf`) that all entries together may have, as they stand in the prompt. */
  readonly budget: number;
  /** Rounds in which what entries say may call up others; 0: none. */
  readonly maxRecursion: number;
  /** So many of the last lines are looked through where neither entry nor book says otherwise. */
  readonly scanDepth: number;
  /** For macros in keys and texts; undefined: only the speaker's name is known. */
  readonly macros?: MacroNames;
};

/** One line, by the number of its beat. */
export type Heard = { readonly n: number; readonly text: string };

export type LoreSpeaker = {
  readonly id: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly tags: readonly string[];
};

export type Activation = {
  /** In the order in which they stand in a prompt. */
  readonly active: readonly ActiveEntry[];
  /** Called up as well, for which there was no room. */
  readonly left: readonly LeftEntry[];
};

export type ActiveEntry = {
  readonly book: string;
  readonly entry: LoreEntry;
  readonly why: 'key' | 'constant' | 'sticky' | 'recursion';
  /** The key that was found, by its place in the entry's keys. */
  readonly key?: number;
  /** The line it was found in; undefined where that is what another entry says. */
  readonly beat?: number;
};

export type LeftEntry = { readonly book: string; readonly entry: LoreEntry; readonly because: 'budget' };
