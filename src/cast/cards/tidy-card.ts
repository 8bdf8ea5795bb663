import { isDeepStrictEqual } from 'node:util';
import { withNewNames } from './old-cards.ts';
import { tidyBook } from './tidy-book.ts';
import { tidyExtensions } from './tidy-dramatis.ts';
import { isRecord, tidyText, tidyTexts, type Warn } from './tidy-value.ts';

const TEXT_FIELDS = ['description', 'personality', 'scenario', 'first_mes', 'mes_example'];

const MAX_NAME = 80;

/**
 * Brings what was found in a file into the shape of `CardData`, lenient about everything that
 * cards in the wild get wrong: null or missing fields, a text where a list belongs, numbers as
 * text, V1's flat form, lore as an object. What had to be left out is told through `warn`.
 * The result still has to pass `cardDataSchema`.
 */
export function tidyCard(raw: Record<string, unknown>, warn: Warn): Record<string, unknown> {
  const { found, beside } = fieldsOf(raw, warn);
  const card: Record<string, unknown> = { ...found };
  for (const field of TEXT_FIELDS) card[field] = tidyText(found[field], field, warn);
  card['name'] = tidyName(found['name'], warn);
  card['alternate_greetings'] = tidyTexts(found['alternate_greetings'], 'alternate_greetings', warn);
  card['tags'] = tidyTags(found['tags'], warn);
  card['extensions'] = withBeside(tidyExtensions(found['extensions'], warn), beside);

  const group = found['group_only_greetings'];
  if (group !== undefined) card['group_only_greetings'] = tidyTexts(group, 'group_only_greetings', warn);

  const nickname = tidyText(found['nickname'], 'nickname', warn).trim();
  if (nickname) card['nickname'] = nickname;
  else delete card['nickname'];

  const book = tidyBook(found['character_book'], warn);
  if (book) card['character_book'] = book;
  else delete card['character_book'];
  return card;
}

type Found = { readonly found: Record<string, unknown>; readonly beside: Record<string, unknown> };

/** V2 and V3 keep the fields under `data` (V1 copies may stand beside it); V1 and our YAML do not. */
function fieldsOf(raw: Record<string, unknown>, warn: Warn): Found {
  const { data, spec: _spec, spec_version: _version, ...top } = raw;
  if (!isRecord(data)) {
    if (data !== undefined && data !== null) warn('field `data` is not an object and was left out');
    return { found: withNewNames(top), beside: {} };
  }
  const found = { ...data };
  const beside: [string, unknown][] = [];
  for (const [field, value] of Object.entries(top)) {
    const mirrored = MIRRORS.get(field);
    const given = mirrored === undefined ? undefined : found[mirrored];
    if (mirrored !== undefined && (given === undefined || given === null)) found[mirrored] = value;
    else if (mirrored === undefined || !isCopy(value, given)) beside.push([field, value]);
  }
  return { found, beside: Object.fromEntries(beside) };
}

/** V1's fields, which SillyTavern and others write beside `data` for programs that read no newer card. */
const MIRRORS: ReadonlyMap<string, string> = new Map([
  ...['name', ...TEXT_FIELDS, 'tags', 'creator'].map((field): [string, string] => [field, field]),
  ['creatorcomment', 'creator_notes'],
]);

function isCopy(value: unknown, of: unknown): boolean {
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty || isDeepStrictEqual(value, of);
}

function withBeside(
  extensions: Record<string, unknown>,
  beside: Record<string, unknown>,
): Record<string, unknown> {
  if (Object.keys(beside).length === 0) return extensions;
  const own = isRecord(extensions['dramatis']) ? extensions['dramatis'] : {};
  const before = isRecord(own['beside']) ? own['beside'] : {};
  return { ...extensions, dramatis: { ...own, beside: { ...before, ...beside } } };
}

/** A name stands before a colon in every prompt, so it is one line without colons and marks of form. */
function tidyName(value: unknown, warn: Warn): string {
  const given = tidyText(value, 'name', warn);
  const name = plainName(given);
  if (name.length > MAX_NAME) warn(`field \`name\` is cut to ${MAX_NAME} characters`);
  else if (name !== given.trim()) warn(`field \`name\` is read as "${name}"`);
  return Array.from(name).slice(0, MAX_NAME).join('').trim();
}

/** A name as it may stand in a prompt: one line, no colon, no marks of form. Angle brackets stay. */
export function plainName(name: string): string {
  return name
    .slice(0, 1000)
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/[[\]{}`*]/g, '')
    .replace(/\s*[:：]\s*/g, ' ')
    .trim();
}

function tidyTags(value: unknown, warn: Warn): string[] {
  const tags = typeof value === 'string' ? value.split(',') : tidyTexts(value, 'tags', warn);
  return tags.map((tag) => tag.trim()).filter(Boolean);
}
