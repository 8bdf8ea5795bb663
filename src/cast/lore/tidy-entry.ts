import { cardText } from '../cards/card-text.ts';
import { isRecord, tidyFlag, tidyText, tidyTexts, type Warn } from '../cards/tidy-value.ts';
import { readDecorators } from './decorators.ts';
import { compileKey, keyOf, MAX_PATTERN, MAX_PATTERNS } from './key.ts';
import type { LoreEntry, LoreFilter, LoreLogic } from './lore.ts';

/** An entry of which nothing is said but its keys and its text. */
export const BARE_ENTRY: Omit<LoreEntry, 'id' | 'name' | 'keys' | 'text'> = {
  secondaryKeys: [],
  logic: 'any',
  enabled: true,
  constant: false,
  regex: false,
  caseSensitive: false,
  wholeWords: false,
  probability: 100,
  order: 100,
  excludeRecursion: false,
  preventRecursion: false,
  delayUntilRecursion: false,
  sticky: 0,
  cooldown: 0,
  delay: 0,
  group: '',
  groupWeight: 100,
  groupOverride: false,
};

/** What a file says of an entry, by our names: anything at all, or nothing. */
export type RawEntry = { readonly [Field in keyof LoreEntry]?: unknown } & {
  /** Whether the secondary keys count. */
  readonly selective?: unknown;
  /** SillyTavern's number for how they do. */
  readonly selectiveLogic?: unknown;
  readonly useProbability?: unknown;
  readonly comment?: unknown;
};

export const MAX_ENTRIES = 10_000;
const MAX_KEYS = 1000;
const MAX_KEY = 1000;
const MAX_TEXT = 100_000;
const MAX_NAME = 100;
const MAX_LINES = 1_000_000;

// SillyTavern's order.
const LOGICS: readonly LoreLogic[] = ['any', 'not-all', 'not-any', 'all'];

/**
 * Entries as activation takes them, whatever a file says: null or missing fields, numbers as texts, a text
 * with commas for a list, equal ids. What had to be left out is told through `warn`.
 * @param field what the list is called in the file
 */
export function tidyEntries(found: readonly RawEntry[], field: string, warn: Warn): LoreEntry[] {
  if (found.length > MAX_ENTRIES)
    warn(`field \`${field}\` has more than 10,000 entries; the rest is left out`);
  const ids = new Set<string>();
  const room: PatternRoom = { left: MAX_PATTERNS, isTold: false };
  return found.slice(0, MAX_ENTRIES).map((raw, at) => {
    const label = `${field}[${at}]`;
    const read = readDecorators(tidyEntry(raw, at, label, warn));
    // The text goes into prompts, and may forge nothing there.
    const entry = { ...read, text: cardText(read.text) };
    warnOfPatterns(entry, label, room, warn);
    // A number of the file's own stays the entry's when others are added before it; words are no id.
    const given = tidyText(raw.id, '', () => {}).trim();
    const id = /^\d{1,15}$/.test(given) && !ids.has(given) ? given : `e${at}`;
    ids.add(id);
    return { ...entry, id };
  });
}

function tidyEntry(raw: RawEntry, at: number, field: string, warn: Warn): LoreEntry {
  const keys = tidyKeys(raw.keys, `${field}.keys`, warn);
  const secondary = tidyFlag(raw.selective, false)
    ? tidyKeys(raw.secondaryKeys, `${field}.secondary_keys`, warn)
    : [];
  const text = tidyText(raw.text, `${field}.content`, warn);
  if (text.length > MAX_TEXT) warn(`field \`${field}.content\` is cut to 100,000 characters`);
  const name = [raw.name, raw.comment, keys[0]]
    .map((given) => (typeof given === 'string' ? given.replace(/\s+/g, ' ').trim() : ''))
    .find(Boolean);
  const priority = tidyNumber(raw.priority, -MAX_LINES, MAX_LINES);
  const scanDepth = tidyNumber(raw.scanDepth, 0, 1000);
  const only = tidyFilter(raw.only, field, warn);
  return {
    id: '',
    name: (name ?? `entry ${at + 1}`).slice(0, MAX_NAME),
    keys,
    secondaryKeys: secondary,
    logic: LOGICS[tidyNumber(raw.selectiveLogic, 0, 3) ?? 0] ?? 'any',
    text: text.slice(0, MAX_TEXT).trim(),
    enabled: tidyFlag(raw.enabled, true),
    constant: tidyFlag(raw.constant, false),
    regex: tidyFlag(raw.regex, false),
    caseSensitive: tidyFlag(raw.caseSensitive, false),
    wholeWords: tidyFlag(raw.wholeWords, false),
    probability: tidyFlag(raw.useProbability, true) ? (tidyNumber(raw.probability, 0, 100) ?? 100) : 100,
    order: tidyNumber(raw.order, -MAX_LINES, MAX_LINES) ?? BARE_ENTRY.order,
    ...(priority === undefined ? {} : { priority }),
    ...(scanDepth === undefined ? {} : { scanDepth }),
    excludeRecursion: tidyFlag(raw.excludeRecursion, false),
    preventRecursion: tidyFlag(raw.preventRecursion, false),
    // A number is the step of recursion at which SillyTavern begins; here there is one.
    delayUntilRecursion:
      (tidyNumber(raw.delayUntilRecursion, 0, 1) ?? 0) > 0 || tidyFlag(raw.delayUntilRecursion, false),
    sticky: tidyNumber(raw.sticky, 0, MAX_LINES) ?? 0,
    cooldown: tidyNumber(raw.cooldown, 0, MAX_LINES) ?? 0,
    delay: tidyNumber(raw.delay, 0, MAX_LINES) ?? 0,
    group: tidyText(raw.group, `${field}.group`, warn).slice(0, MAX_KEY),
    groupWeight: tidyNumber(raw.groupWeight, 0, MAX_LINES) ?? BARE_ENTRY.groupWeight,
    groupOverride: tidyFlag(raw.groupOverride, false),
    ...(only ? { only } : {}),
  };
}

/** A number, also where it is written as text, kept within its bounds; undefined for all else. */
export function tidyNumber(value: unknown, least: number, most: number): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  return Math.min(Math.max(number, least), most);
}

/** A list of keys, also where it is one text with commas. */
export function tidyKeys(value: unknown, field: string, warn: Warn): string[] {
  const keys = (typeof value === 'string' ? splitKeys(value) : tidyTexts(value, field, warn)).map((key) =>
    key.trim(),
  );
  const kept = keys.filter((key) => key && key.length <= MAX_KEY).slice(0, MAX_KEYS);
  if (kept.length < keys.filter(Boolean).length) {
    warn(`field \`${field}\` has keys that are left out: 1,000 of 1,000 characters are kept`);
  }
  return kept;
}

/** A list with commas, in which a comma between slashes belongs to a pattern. */
export function splitKeys(written: string): string[] {
  return written.match(/\s*\/(?:[^/\\\n]|\\.)+\/[a-z]*\s*(?=,|$)|[^,]+/g) ?? [];
}

function tidyFilter(value: unknown, field: string, warn: Warn): LoreFilter | undefined {
  if (!isRecord(value)) return undefined;
  const names = tidyTexts(value['names'], `${field}.characterFilter.names`, warn).slice(0, MAX_KEYS);
  const tags = tidyTexts(value['tags'], `${field}.characterFilter.tags`, warn).slice(0, MAX_KEYS);
  if (names.length + tags.length === 0) return undefined;
  return { names, tags, not: tidyFlag(value['isExclude'] ?? value['not'], false) };
}

/** What patterns of a book may still take, as where it is made ready for play. */
type PatternRoom = { left: number; isTold: boolean };

/** Keys that will never be found are told to who brings the book. */
function warnOfPatterns(entry: LoreEntry, field: string, room: PatternRoom, warn: Warn): void {
  const all = [...entry.keys, ...entry.secondaryKeys, ...(entry.also ?? []).flatMap(({ keys }) => keys)];
  for (const [at, written] of all.entries()) {
    if (!entry.regex && !written.startsWith('/')) continue;
    const key = keyOf(written, entry);
    if (key.type !== 'pattern') continue;
    if (room.isTold) return;
    if (room.left <= 0) {
      room.isTold = true;
      warn(`the patterns of \`${field}\` and of what follows are too many: they are never found`);
      return;
    }
    const pattern = compileKey(key.source, key.flags);
    room.left -= typeof pattern === 'string' ? MAX_PATTERN : pattern.size;
    if (typeof pattern !== 'string') continue;
    warn(`a pattern of \`${field}\` (key ${at + 1}) ${pattern}: it is never found`);
  }
}
