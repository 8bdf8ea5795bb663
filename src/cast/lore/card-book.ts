import type { CardData } from '../cards/card-data.ts';
import { isRecord, tidyFlag, type Warn } from '../cards/tidy-value.ts';
import type { LoreBook } from './lore.ts';
import { BARE_ENTRY, type RawEntry, tidyEntries, tidyNumber } from './tidy-entry.ts';

export { BARE_ENTRY };

/** The id of a card's own book; no world has it. */
export const CARD_BOOK = 'card';

/** The book of a card. Entries that are switched off or empty are in it, and never called up. */
export function bookOfCard(card: CardData, warn: Warn = () => {}): LoreBook {
  const { entries = [], ...book } = card.character_book ?? {};
  return {
    id: CARD_BOOK,
    name: card.name,
    ...bookSettings(book),
    entries: tidyEntries(entries.map(rawOfCardEntry), 'character_book.entries', warn),
  };
}

/** What Character Card V2 and V3 say of a book as a whole. Where nothing is said, entries call up others. */
export function bookSettings(
  book: Readonly<Record<string, unknown>>,
): Pick<LoreBook, 'recursive' | 'scanDepth' | 'tokenBudget'> {
  const scanDepth = tidyNumber(book['scan_depth'], 0, 1000);
  const tokenBudget = tidyNumber(book['token_budget'], 0, 1_000_000);
  return {
    recursive: tidyFlag(book['recursive_scanning'], true),
    ...(scanDepth === undefined ? {} : { scanDepth }),
    ...(tokenBudget === undefined ? {} : { tokenBudget }),
  };
}

/** An entry as V2 and V3 write it, with what SillyTavern adds under `extensions`. */
export function rawOfCardEntry(entry: Readonly<Record<string, unknown>>): RawEntry {
  const more = isRecord(entry['extensions']) ? entry['extensions'] : {};
  const isRegex = tidyFlag(entry['use_regex'], false) && !isOfSillyTavern(more);
  return {
    id: entry['id'],
    name: entry['name'],
    comment: entry['comment'],
    keys: entry['keys'],
    // V3: secondary keys and `constant` count for nothing beside patterns.
    secondaryKeys: isRegex ? [] : entry['secondary_keys'],
    selective: entry['selective'],
    selectiveLogic: more['selectiveLogic'],
    text: entry['content'],
    enabled: entry['enabled'],
    constant: isRegex ? false : entry['constant'],
    regex: isRegex,
    caseSensitive: more['case_sensitive'] ?? entry['case_sensitive'],
    // Null is SillyTavern's "as it is set for all", which is whole words unless someone changed it.
    wholeWords: more['match_whole_words'] === null ? true : more['match_whole_words'],
    probability: more['probability'],
    useProbability: more['useProbability'],
    order: entry['insertion_order'],
    priority: entry['priority'],
    scanDepth: more['scan_depth'],
    excludeRecursion: more['exclude_recursion'],
    preventRecursion: more['prevent_recursion'],
    delayUntilRecursion: more['delay_until_recursion'],
    sticky: more['sticky'],
    cooldown: more['cooldown'],
    delay: more['delay'],
    group: more['group'],
    groupWeight: more['group_weight'],
    groupOverride: more['group_override'],
    only: more['characterFilter'] ?? more['character_filter'],
  };
}

/** SillyTavern says of all its entries that their keys are patterns, and takes those in slashes for such. */
export function isOfSillyTavern(extensions: Readonly<Record<string, unknown>>): boolean {
  return extensions['selectiveLogic'] !== undefined || extensions['display_index'] !== undefined;
}
