import type { Character } from '../../cast/character.ts';
import { activateLore } from '../../cast/lore/activate.ts';
import type { Heard } from '../../cast/lore/activation.ts';
import type { LoreEntry } from '../../cast/lore/lore.ts';
import { BARE_ENTRY } from '../../cast/lore/tidy-entry.ts';
import type { MacroNames } from '../../cast/macros/macro-names.ts';

/** Whether a line, as it reads now, holds that key of an entry: it may have been edited since, or the book. */
export function stillSays(
  line: Heard,
  { keys, regex, caseSensitive, wholeWords }: LoreEntry,
  key: number,
  speaker: Character,
  macros: MacroNames,
): boolean {
  const sought = keys[key];
  if (sought === undefined) return false;
  const entry = {
    ...BARE_ENTRY,
    id: '',
    name: '',
    keys: [sought],
    text: sought,
    regex,
    caseSensitive,
    wholeWords,
  };
  const { active } = activateLore([{ id: '', name: '', recursive: false, entries: [entry] }], {
    ...{ heard: [line], messages: 1, last: () => undefined, seed: 0, turn: 0, scanDepth: 1 },
    ...{ speaker, budget: Number.POSITIVE_INFINITY, macros, maxRecursion: 0 },
  });
  return active.length > 0;
}
