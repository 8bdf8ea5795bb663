import { isRecord, tidyFlag, tidyObject, tidyText, tidyTexts, type Warn } from './tidy-value.ts';

const TEXT_FIELDS = ['description', 'personality', 'scenario', 'first_mes', 'mes_example'];
const DRAMATIS_TEXTS = ['motivation', 'background', 'manner', 'public_sheet'];

// Card V1's forerunners named the same fields differently.
const OLD_NAMES: Record<string, string> = {
  char_name: 'name',
  char_persona: 'description',
  world_scenario: 'scenario',
  char_greeting: 'first_mes',
  example_dialogue: 'mes_example',
};

const MAX_NAME = 80;

/**
 * Brings what was found in a file into the shape of `CardData`, lenient about everything that
 * cards in the wild get wrong: null or missing fields, a text where a list belongs, numbers as
 * text, V1's flat form, lore as an object. What had to be left out is told through `warn`.
 * The result still has to pass `cardDataSchema`.
 */
export function tidyCard(raw: Record<string, unknown>, warn: Warn): Record<string, unknown> {
  const found = fieldsOf(raw);
  const card: Record<string, unknown> = { ...found };
  for (const field of TEXT_FIELDS) card[field] = tidyText(found[field], field, warn);
  card['name'] = tidyName(found['name'], warn);
  card['alternate_greetings'] = tidyTexts(found['alternate_greetings'], 'alternate_greetings', warn);
  card['tags'] = tidyTags(found['tags'], warn);
  card['extensions'] = tidyExtensions(found['extensions'], warn);

  const nickname = tidyText(found['nickname'], 'nickname', warn).trim();
  if (nickname) card['nickname'] = nickname;
  else delete card['nickname'];

  const book = tidyObject(found['character_book'], 'character_book', warn);
  if (Object.keys(book).length > 0) card['character_book'] = tidyBook(book, warn);
  else delete card['character_book'];
  return card;
}

/** V2 and V3 keep the fields under `data` (V1 copies may stand beside it); V1 and our YAML do not. */
function fieldsOf(raw: Record<string, unknown>): Record<string, unknown> {
  const { data, spec: _spec, spec_version: _version, ...top } = raw;
  if (isRecord(data)) return data;
  for (const [old, now] of Object.entries(OLD_NAMES)) {
    if (top[now] === undefined && top[old] !== undefined) top[now] = top[old];
    delete top[old];
  }
  return top;
}

/** A name stands before a colon in every prompt, so it is one line without colons and marks of form. */
function tidyName(value: unknown, warn: Warn): string {
  const given = tidyText(value, 'name', warn);
  const name = given
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/[[\]{}`*]/g, '')
    .replace(/\s*[:：]\s*/g, ' ')
    .trim();
  if (name.length > MAX_NAME) warn(`field \`name\` is cut to ${MAX_NAME} characters`);
  else if (name !== given.trim()) warn(`field \`name\` is read as "${name}"`);
  return Array.from(name).slice(0, MAX_NAME).join('').trim();
}

function tidyTags(value: unknown, warn: Warn): string[] {
  const tags = typeof value === 'string' ? value.split(',') : tidyTexts(value, 'tags', warn);
  return tags.map((tag) => tag.trim()).filter(Boolean);
}

function tidyExtensions(value: unknown, warn: Warn): Record<string, unknown> {
  const extensions = tidyObject(value, 'extensions', warn);
  const found = tidyObject(extensions['dramatis'], 'extensions.dramatis', warn);
  const dramatis: Record<string, unknown> = { ...found };
  for (const field of DRAMATIS_TEXTS) {
    dramatis[field] = tidyText(found[field], `extensions.dramatis.${field}`, warn);
  }
  for (const field of ['aliases', 'declines']) {
    dramatis[field] = tidyTexts(found[field], `extensions.dramatis.${field}`, warn);
  }
  if (found['greetings'] !== undefined) {
    dramatis['greetings'] = tidyTexts(found['greetings'], 'extensions.dramatis.greetings', warn);
  }
  dramatis['examples'] = tidyExamples(found['examples'], warn);
  const { age: _age, adult: _adult, ageRestricted: _restricted, nsfw: _nsfw, ...others } = dramatis;
  return { ...extensions, dramatis: { ...others, ...tidyAge(found, warn), ...tidyRating(found) } };
}

/**
 * A stated age, also where it was written as text. Of one that makes no sense nothing is believed, what
 * stands beside it neither.
 */
function tidyAge(found: Record<string, unknown>, warn: Warn): Record<string, unknown> {
  const { age, adult } = found;
  const isSet = (value: unknown) => value !== undefined && value !== null && value !== '';
  const years = typeof age === 'string' && /^\d{1,7}$/.test(age.trim()) ? Number(age) : age;
  const isAge = typeof years === 'number' && Number.isFinite(years) && years >= 0;
  if (isSet(age) && !isAge) {
    warn('field `extensions.dramatis.age` is no number of years and was left out');
    return {};
  }
  if (isSet(adult) && typeof adult !== 'boolean')
    warn('field `extensions.dramatis.adult` is not true or false');
  return { ...(isAge ? { age: years } : {}), ...(typeof adult === 'boolean' ? { adult } : {}) };
}

/** A mark for adults only under any of its names; whatever it is set to that is not a plain no, it holds. */
function tidyRating({
  age_restricted,
  ageRestricted,
  nsfw,
}: Record<string, unknown>): Record<string, unknown> {
  const set = [age_restricted, ageRestricted, nsfw].filter((mark) => mark !== undefined && mark !== null);
  return set.length === 0 ? {} : { age_restricted: set.some((mark) => tidyFlag(mark, true)) };
}

function tidyExamples(value: unknown, warn: Warn): unknown[] {
  const field = 'extensions.dramatis.examples';
  if (!Array.isArray(value)) return tidyTexts(value, field, warn);
  const examples: unknown[] = value;
  return examples.flatMap((example, index): unknown[] => {
    if (!isRecord(example)) return tidyTexts([example], field, warn);
    const turn = tidyText(example['turn'], `${field}[${index}].turn`, warn);
    const to = tidyText(example['to'], `${field}[${index}].to`, warn);
    return turn ? [{ ...example, to, turn }] : [];
  });
}

/** Lore entries are a list in cards and an object by number in lorebook files. */
function tidyBook(book: Record<string, unknown>, warn: Warn): Record<string, unknown> {
  const found = book['entries'];
  const entries: unknown[] = isRecord(found) ? Object.values(found) : Array.isArray(found) ? found : [];
  return {
    ...book,
    entries: entries.flatMap((entry, index) => {
      const field = `character_book.entries[${index}]`;
      if (!isRecord(entry)) {
        warn(`field \`${field}\` is no lore entry and was left out`);
        return [];
      }
      return [
        {
          ...entry,
          keys: tidyTexts(entry['keys'] ?? entry['key'], `${field}.keys`, warn),
          content: tidyText(entry['content'], `${field}.content`, warn),
          enabled: tidyFlag(entry['enabled'], true) && !tidyFlag(entry['disable'], false),
          constant: tidyFlag(entry['constant'], false),
        },
      ];
    }),
  };
}
