import { isRecord, tidyFlag } from '../cards/tidy-value.ts';
import { isOfSillyTavern } from './card-book.ts';
import { keyOf } from './key.ts';
import { entriesIn, rawEntryOf, worldKind } from './read-world.ts';
import { type RawEntry, tidyKeys } from './tidy-entry.ts';
import type { World } from './world.ts';

type Raw = Readonly<Record<string, unknown>>;
type Written = Record<string, unknown>;

/** A world as Character Card V3 writes a lorebook that stands alone. */
export function worldToV3(world: World): Written {
  if (world.raw['spec'] === 'lorebook_v3') return { ...world.raw };
  return { spec: 'lorebook_v3', data: worldToCardBook(world) };
}

/** A world as the book of a card (`character_book`); fields that have no place there are under `extensions`. */
export function worldToCardBook({ name, raw }: World): Written {
  const kind = worldKind(raw);
  if (kind === 'card') {
    const body = isRecord(raw['data']) ? raw['data'] : raw;
    return { name, extensions: {}, ...body };
  }
  const { entries, data, type: _type, name: own = name, extensions, ...others } = raw;
  const book: Written = { name: own };
  for (const field of OF_BOOKS) move(others, field, book, field);
  const found = entriesIn(kind === 'risu' ? data : entries);
  const written =
    kind === 'sillytavern'
      ? found.map(cardEntryOf)
      : found.map((entry) => cardEntryOfRaw(rawEntryOf(kind, entry), entry));
  return { ...book, extensions: { ...others, ...record(extensions) }, entries: written };
}

const OF_BOOKS = ['description', 'scan_depth', 'token_budget', 'recursive_scanning'];

/** A world as a file of SillyTavern's world info. */
export function worldToSillyTavern(world: World): Written {
  if (worldKind(world.raw) === 'sillytavern') return { ...world.raw };
  const { entries, ...book } = worldToCardBook(world);
  const written = entriesIn(entries).map((entry, at) => sillyTavernEntryOf(entry, at));
  // They are kept by their numbers, which put them in order.
  const uids = written.map(({ uid }) => (typeof uid === 'number' && Number.isSafeInteger(uid) ? uid : -1));
  const isNumbered = uids.every((uid, at) => uid > (uids[at - 1] ?? -1));
  return {
    ...book,
    entries: Object.fromEntries(
      written.map((entry, at): [string, Written] =>
        isNumbered ? [String(entry['uid']), entry] : [String(at), { ...entry, uid: at }],
      ),
    ),
  };
}

/** SillyTavern's names of what both have, beside the names of a card's book. */
const SAME: readonly (readonly [string, string])[] = [
  ['uid', 'id'],
  ['key', 'keys'],
  ['keysecondary', 'secondary_keys'],
  ['comment', 'comment'],
  ['content', 'content'],
  ['constant', 'constant'],
  ['selective', 'selective'],
  ['order', 'insertion_order'],
];

/** And of what only it has: under `extensions` of a card's entry. */
const ITS_OWN: readonly (readonly [string, string])[] = [
  ['position', 'position'],
  ['excludeRecursion', 'exclude_recursion'],
  ['displayIndex', 'display_index'],
  ['probability', 'probability'],
  ['useProbability', 'useProbability'],
  ['depth', 'depth'],
  ['selectiveLogic', 'selectiveLogic'],
  ['outletName', 'outlet_name'],
  ['group', 'group'],
  ['groupOverride', 'group_override'],
  ['groupWeight', 'group_weight'],
  ['preventRecursion', 'prevent_recursion'],
  ['delayUntilRecursion', 'delay_until_recursion'],
  ['scanDepth', 'scan_depth'],
  ['matchWholeWords', 'match_whole_words'],
  ['useGroupScoring', 'use_group_scoring'],
  ['caseSensitive', 'case_sensitive'],
  ['automationId', 'automation_id'],
  ['role', 'role'],
  ['vectorized', 'vectorized'],
  ['sticky', 'sticky'],
  ['cooldown', 'cooldown'],
  ['delay', 'delay'],
  ['matchPersonaDescription', 'match_persona_description'],
  ['matchCharacterDescription', 'match_character_description'],
  ['matchCharacterPersonality', 'match_character_personality'],
  ['matchCharacterDepthPrompt', 'match_character_depth_prompt'],
  ['matchScenario', 'match_scenario'],
  ['matchCreatorNotes', 'match_creator_notes'],
  ['triggers', 'triggers'],
  ['ignoreBudget', 'ignore_budget'],
];

function cardEntryOf(entry: Raw): Written {
  const { disable, extensions, ...rest } = entry;
  const left: Written = { ...rest, selective: rest['selective'] ?? true };
  const written: Written = { keys: [], content: '', insertion_order: 100 };
  for (const [theirs, ours] of SAME) move(left, theirs, written, ours);
  // By the first of these a reader knows an entry of SillyTavern.
  const more: Written = { selectiveLogic: 0, match_whole_words: null, ...record(extensions) };
  for (const [theirs, ours] of ITS_OWN) move(left, theirs, more, ours);
  move(more, 'priority', written, 'priority');
  return {
    ...written,
    enabled: !tidyFlag(disable, false),
    position: entry['position'] === 0 ? 'before_char' : 'after_char',
    use_regex: true,
    extensions: { ...more, ...left },
  };
}

function sillyTavernEntryOf(entry: Raw, at: number): Written {
  const { enabled, position, use_regex, extensions, selective, ...rest } = entry;
  const left: Written = { ...rest };
  const more = { ...record(extensions) };
  const isRegex = tidyFlag(use_regex, false) && !isOfSillyTavern(more);
  const written: Written = { uid: at, key: [], keysecondary: [], comment: entry['name'] ?? '', content: '' };
  for (const [theirs, ours] of SAME) move(left, ours, written, theirs);
  const own: Written = {};
  for (const [theirs, ours] of ITS_OWN) move(more, ours, own, theirs);
  const filter = more['characterFilter'];
  delete more['characterFilter'];
  return {
    ...written,
    ...own,
    // Bare patterns of V3 stand in slashes there, and go without secondary keys and `constant`.
    ...(isRegex ? { key: inSlashes(written['key'], left['case_sensitive']), constant: false } : {}),
    selective: tidyFlag(selective, false) && !isRegex,
    disable: !tidyFlag(enabled, true),
    // V2 and V3 look for parts of words where nothing else is said, and may say how case counts.
    matchWholeWords: own['matchWholeWords'] === undefined ? false : own['matchWholeWords'],
    caseSensitive: own['caseSensitive'] ?? left['case_sensitive'] ?? null,
    position: own['position'] ?? (position === 'before_char' ? 0 : 1),
    ...(filter === undefined ? {} : { characterFilter: filter }),
    extensions: { ...more, ...left },
  };
}

/** Of other programs: what counts of an entry, and all that it held beside. */
function cardEntryOfRaw(found: RawEntry, entry: Raw): Written {
  const { id, name, keys, secondaryKeys, selective, text, enabled, constant, order, priority } = found;
  const { key, keywords, keys: _keys, secondkey, content, entry: _entry, text: _text, ...others } = entry;
  const isRegex = tidyFlag(found.regex, false);
  const probability = found.probability === undefined ? {} : { probability: found.probability };
  return {
    ...(id === undefined ? {} : { id }),
    keys: isRegex ? inSlashes(keys, found.caseSensitive) : (keys ?? []),
    secondary_keys: isRegex ? inSlashes(secondaryKeys, found.caseSensitive) : (secondaryKeys ?? []),
    comment: name ?? '',
    content: text ?? '',
    enabled: enabled ?? true,
    constant: constant ?? false,
    selective: selective ?? false,
    insertion_order: order ?? 100,
    ...(priority === undefined ? {} : { priority }),
    ...(found.caseSensitive === undefined ? {} : { case_sensitive: found.caseSensitive }),
    use_regex: false,
    extensions: { ...others, ...probability },
  };
}

function inSlashes(keys: unknown, caseSensitive: unknown): string[] {
  const exact = tidyFlag(caseSensitive, false);
  return tidyKeys(keys, 'keys', () => {}).map((key) => slashed(key, exact));
}

function slashed(key: string, exact: boolean): string {
  if (keyOf(key, { regex: false, caseSensitive: exact, wholeWords: false }).type === 'pattern') return key;
  return `/${key.replace(/\\.|\//gs, (sign) => (sign === '/' ? '\\/' : sign))}/${exact ? '' : 'i'}`;
}

function move(from: Written, field: string, to: Written, name: string): void {
  if (from[field] === undefined) return;
  to[name] = from[field];
  delete from[field];
}

function record(value: unknown): Raw {
  return isRecord(value) ? value : {};
}
