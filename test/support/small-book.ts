import { BARE_ENTRY } from '../../src/cast/lore/card-book.ts';
import type { LoreBook, LoreEntry } from '../../src/cast/lore/lore.ts';

/** A card's book of these entries; of each only what a test is about. */
export function smallBook(...entries: readonly (Partial<LoreEntry> & { readonly text: string })[]): LoreBook {
  return {
    id: 'card',
    name: 'A book',
    recursive: false,
    entries: entries.map((entry, at) => ({
      ...BARE_ENTRY,
      id: String(at),
      name: entry.keys?.[0] ?? `entry ${at + 1}`,
      keys: [],
      ...entry,
    })),
  };
}
