import { splitKeys } from '../lore/tidy-entry.ts';
import { isRecord, tidyFlag, tidyTexts } from './tidy-value.ts';

/** Of a lore entry that says nothing of its order. */
export const DEFAULT_ORDER = 100;

/**
 * A card's `data` exactly as Character Card V2 or V3 wants it: every required field there, every field
 * that the specs name of the type they name. What they do not name is kept as it came, V3's fields in a
 * V2 card too: tools for V2 pass over them.
 *
 * (malfoyslastname/character-card-spec-v2, spec_v2.md; kwaroran/character-card-spec-v3, SPEC_V3.md.)
 */
export function specData(fields: Record<string, unknown>, format: 'v2' | 'v3'): Record<string, unknown> {
  const data = shaped(fields, CARD);
  if (format === 'v3') data['group_only_greetings'] ??= [];
  if (isRecord(fields['character_book'])) data['character_book'] = specBook(fields['character_book'], format);
  return data;
}

/** A lorebook as it lies in a card of that version. */
export function specBook(book: Record<string, unknown>, format: 'v2' | 'v3'): Record<string, unknown> {
  const entries: readonly unknown[] = Array.isArray(book['entries']) ? book['entries'] : [];
  return {
    ...shaped(book, BOOK),
    entries: entries.filter(isRecord).map((entry) => specEntry(entry, format)),
  };
}

function specEntry(entry: Record<string, unknown>, format: 'v2' | 'v3'): Record<string, unknown> {
  const whole = shaped(entry, ENTRY);
  const extensions = { ...record(entry['extensions']) };
  // SillyTavern counts the places of its prompt; the specs know the first two.
  const place = entry['position'];
  if (typeof place === 'number') {
    whole['position'] = place === 0 ? 'before_char' : 'after_char';
    extensions['position'] ??= place;
  }
  if (format === 'v3') {
    whole['use_regex'] = tidyFlag(entry['use_regex'], false);
  } else {
    // V2 has no patterns; that an entry has none goes without saying.
    if (whole['use_regex'] === false) delete whole['use_regex'];
    if (typeof whole['id'] === 'string') {
      delete whole['id'];
      extensions['id'] ??= entry['id'];
    }
  }
  whole['extensions'] = extensions;
  return whole;
}

/** A field as it has to be; undefined: the field is left out. */
type Fix = (value: unknown) => unknown;

/** What a shape names in its order, then the rest as it came. */
function shaped(fields: Record<string, unknown>, shape: Readonly<Record<string, Fix>>) {
  const named = Object.entries(shape)
    .map(([field, fix]) => [field, fix(fields[field])] as const)
    .filter(([, value]) => value !== undefined);
  const others = Object.entries(fields).filter(([field]) => !Object.hasOwn(shape, field));
  return Object.fromEntries<unknown>([...named, ...others]);
}

function maybeText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const lines: readonly unknown[] = Array.isArray(value) ? value : [];
  return lines.length > 0 && lines.every((line) => typeof line === 'string') ? lines.join('\n') : undefined;
}

const text = (value: unknown) => maybeText(value) ?? '';

function maybeTexts(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.flatMap((item) => maybeText(item) ?? []);
}

/** As they are read: a list in one text is set apart by commas. */
function maybeKeys(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return tidyTexts(typeof value === 'string' ? splitKeys(value) : value, '', () => {});
}

const maybeName = (value: unknown) => (typeof value === 'string' ? value : undefined);

const texts = (value: unknown) => maybeTexts(value) ?? [];

const record = (value: unknown) => (isRecord(value) ? value : {});

function maybeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const maybeFlag = (value: unknown) =>
  tidyFlag(value, true) === tidyFlag(value, false) ? tidyFlag(value, true) : undefined;

/** Unix time in seconds; milliseconds, finer ones and written dates are turned into it. */
function maybeSeconds(value: unknown): number | undefined {
  let number = maybeNumber(value) ?? (typeof value === 'string' ? Date.parse(value) : Number.NaN);
  // Seconds reach this in the year 5138, milliseconds did in 1973.
  while (Math.abs(number) >= 1e11) number = Math.floor(number / 1000);
  return Number.isNaN(number) ? undefined : number;
}

function maybeTranslations(value: unknown): Record<string, string> | undefined {
  if (!isRecord(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

/** Each with `type`, `uri`, `name` and `ext`; of several icons exactly one is the `main` one. */
function maybeAssets(value: unknown): Record<string, unknown>[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  const assets = items.filter(isRecord).flatMap((asset) => {
    const uri = maybeText(asset['uri']);
    if (uri === undefined) return [];
    const type = maybeText(asset['type']) ?? 'other';
    return [{ ...asset, type, uri, name: maybeText(asset['name']) ?? '', ext: endingOf(asset['ext'], uri) }];
  });
  return withOneMain(withOneMain(assets, 'icon', true), 'background', false);
}

type Asset = Record<string, unknown> & { readonly type: string; readonly name: string };

function withOneMain(assets: readonly Asset[], type: string, isNeeded: boolean): Asset[] {
  const ofType = assets.filter((asset) => asset.type === type);
  const named = ofType.find((asset) => asset.name === 'main');
  const main = named ?? (isNeeded && ofType.length > 1 ? ofType[0] : undefined);
  return assets.map((asset, at) => {
    if (asset === main) return { ...asset, name: 'main' };
    return asset.type === type && asset.name === 'main' ? { ...asset, name: `main-${at + 1}` } : asset;
  });
}

function endingOf(ext: unknown, uri: string): string {
  const given = typeof ext === 'string' ? ext : (/\.(\w{1,10})$/.exec(uri)?.[1] ?? '');
  const ending = given.toLowerCase().replace(/^\.+/, '');
  return /^[a-z0-9]{1,20}$/.test(ending) ? ending : 'unknown';
}

/** The numeral or the name of an entry, as it came. */
const maybeId = (value: unknown) => {
  const isNumeral = typeof value === 'string' && /^\d{1,15}$/.test(value);
  return typeof value === 'string' && !isNumeral ? value : maybeNumber(value);
};

const maybePosition = (value: unknown) =>
  value === 'before_char' || value === 'after_char' ? value : undefined;

const CARD: Readonly<Record<string, Fix>> = {
  name: text,
  description: text,
  personality: text,
  scenario: text,
  first_mes: text,
  mes_example: text,
  creator_notes: text,
  system_prompt: text,
  post_history_instructions: text,
  alternate_greetings: texts,
  tags: texts,
  creator: text,
  character_version: text,
  extensions: record,
  character_book: () => undefined,
  nickname: maybeText,
  group_only_greetings: maybeTexts,
  source: maybeTexts,
  creator_notes_multilingual: maybeTranslations,
  assets: maybeAssets,
  creation_date: maybeSeconds,
  modification_date: maybeSeconds,
};

const BOOK: Readonly<Record<string, Fix>> = {
  name: maybeText,
  description: maybeText,
  scan_depth: maybeNumber,
  token_budget: maybeNumber,
  recursive_scanning: maybeFlag,
  extensions: record,
};

const ENTRY: Readonly<Record<string, Fix>> = {
  keys: texts,
  content: text,
  extensions: record,
  enabled: (value) => tidyFlag(value, true),
  insertion_order: (value) => maybeNumber(value) ?? DEFAULT_ORDER,
  case_sensitive: maybeFlag,
  use_regex: maybeFlag,
  constant: maybeFlag,
  name: maybeName,
  priority: maybeNumber,
  id: maybeId,
  comment: maybeName,
  selective: maybeFlag,
  secondary_keys: maybeKeys,
  position: maybePosition,
};
