import { isRecord, tidyFlag, tidyText, type Warn } from '../cards/tidy-value.ts';
import { slugOf } from '../library/slug.ts';
import { bookSettings, rawOfCardEntry } from './card-book.ts';
import type { LoreBook } from './lore.ts';
import { type RawEntry, splitKeys, tidyEntries } from './tidy-entry.ts';

type Raw = Readonly<Record<string, unknown>>;

/** Whose file it is, by its shape: SillyTavern, RisuAI, Character Card V2/V3, Agnai, NovelAI. */
export type WorldKind = 'sillytavern' | 'risu' | 'card' | 'agnai' | 'novelai';

// A card has entries nowhere but in its book.
const OF_CARDS = ['first_mes', 'char_greeting', 'char_persona', 'mes_example', 'character_book', 'avatar'];

/** Whether a file is a lorebook of its own, of a kind that `readWorld` reads. */
export function isWorld(raw: Raw): boolean {
  const { spec, data, entries } = raw;
  if (spec === 'lorebook_v3') return isRecord(data);
  if (raw['type'] === 'risu') return Array.isArray(data) || isRecord(data);
  if (!Array.isArray(entries) && !isRecord(entries)) return false;
  return spec === undefined && OF_CARDS.every((field) => raw[field] === undefined);
}

/** Of a file that is one: whose. */
export function worldKind(raw: Raw): WorldKind {
  if (raw['spec'] === 'lorebook_v3') return 'card';
  if (raw['type'] === 'risu') return 'risu';
  const [first] = entriesIn(raw['entries']);
  if (raw['kind'] === 'memory' || first?.['keywords'] !== undefined) return 'agnai';
  if (raw['lorebookVersion'] !== undefined) return 'novelai';
  return first && first['key'] === undefined && first['keys'] !== undefined ? 'card' : 'sillytavern';
}

/**
 * A lorebook file as a book. Lenient: what makes no sense is left out and told through `warn`. Its id is made
 * of its name, which is the file's own, else `name`.
 */
export function readWorld(raw: Record<string, unknown>, name: string, warn: Warn): LoreBook {
  const kind = worldKind(raw);
  const body = kind === 'card' && isRecord(raw['data']) ? raw['data'] : raw;
  const found = entriesIn(kind === 'risu' ? raw['data'] : body['entries'], warn);
  const called = tidyText(body['name'], 'name', warn).replace(/\s+/g, ' ').trim().slice(0, 100) || name;
  return {
    id: slugOf(called),
    name: called,
    ...bookSettings(body),
    entries: tidyEntries(
      found.map((entry) => rawEntryOf(kind, entry)),
      kind === 'risu' ? 'data' : 'entries',
      warn,
    ),
  };
}

/** Entries are a list, or an object by number; a number keeps its place. */
export function entriesIn(found: unknown, warn: Warn = () => {}): Raw[] {
  const entries: unknown[] = Array.isArray(found) ? found : isRecord(found) ? Object.values(found) : [];
  const kept = entries.filter((entry) => isRecord(entry));
  if (kept.length < entries.length) warn('field `entries` holds what is no lore entry; it was left out');
  return kept;
}

/** What an entry of such a file says, by our names. */
export function rawEntryOf(kind: WorldKind, entry: Raw): RawEntry {
  return READERS[kind](entry);
}

const READERS: Readonly<Record<WorldKind, (entry: Raw) => RawEntry>> = {
  card: rawOfCardEntry,
  sillytavern: rawOfSillyTavern,
  risu: rawOfRisu,
  agnai: (entry) => ({
    name: entry['name'],
    keys: entry['keywords'],
    text: entry['entry'],
    enabled: entry['enabled'],
    order: entry['weight'],
    priority: entry['priority'],
  }),
  novelai: (entry) => {
    const placing = isRecord(entry['contextConfig']) ? entry['contextConfig'] : {};
    return {
      name: entry['displayName'],
      keys: entry['keys'],
      text: entry['text'],
      enabled: entry['enabled'],
      constant: entry['forceActivation'],
      order: placing['budgetPriority'],
    };
  },
};

function rawOfSillyTavern(entry: Raw): RawEntry {
  const more = isRecord(entry['extensions']) ? entry['extensions'] : {};
  return {
    id: entry['uid'],
    name: entry['comment'],
    keys: entry['key'],
    secondaryKeys: entry['keysecondary'],
    selective: entry['selective'] ?? true,
    selectiveLogic: entry['selectiveLogic'],
    text: entry['content'],
    enabled: !tidyFlag(entry['disable'], false),
    constant: entry['constant'],
    caseSensitive: entry['caseSensitive'],
    wholeWords: entry['matchWholeWords'] ?? true,
    probability: entry['probability'],
    useProbability: entry['useProbability'],
    order: entry['order'],
    // It has none of its own; a book that was brought from a card may.
    priority: more['priority'],
    scanDepth: entry['scanDepth'],
    excludeRecursion: entry['excludeRecursion'],
    preventRecursion: entry['preventRecursion'],
    delayUntilRecursion: entry['delayUntilRecursion'],
    sticky: entry['sticky'],
    cooldown: entry['cooldown'],
    delay: entry['delay'],
    group: entry['group'],
    groupWeight: entry['groupWeight'],
    groupOverride: entry['groupOverride'],
    only: entry['characterFilter'],
  };
}

function rawOfRisu(entry: Raw): RawEntry {
  const more = isRecord(entry['extentions']) ? entry['extentions'] : {};
  const isRegex = tidyFlag(entry['useRegex'], false);
  const key = entry['key'];
  return {
    id: entry['id'],
    name: entry['comment'],
    // A pattern may hold commas; it is one key.
    keys: typeof key !== 'string' ? key : isRegex ? [key] : splitKeys(key),
    secondaryKeys: entry['secondkey'],
    selective: entry['selective'],
    text: entry['content'],
    // Folders are entries, too, and hold nothing.
    enabled: entry['mode'] !== 'folder',
    constant: tidyFlag(entry['alwaysActive'], false) || entry['mode'] === 'constant',
    regex: isRegex,
    caseSensitive: more['risu_case_sensitive'],
    probability: entry['activationPercent'] ?? more['risu_activationPercent'],
    order: entry['insertorder'],
  };
}
