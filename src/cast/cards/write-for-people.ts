import { isDeepStrictEqual } from 'node:util';
import type { CardData } from './card-data.ts';
import { dialogueOf, herGreetings, herGroupGreetings } from './write-lines.ts';
import { DEFAULT_ORDER } from './write-spec-data.ts';

/**
 * The fields of a card as one writes them by hand: each line once, in HER format, and nothing that goes
 * without saying.
 */
export function forPeople(card: CardData): Record<string, unknown> {
  const { greetings: _asWritten, group_greetings: _inGroups, ...own } = card.extensions.dramatis;
  const inGroups = herGroupGreetings(card);
  const [first, ...others] = herGreetings(card);
  const isOurs = card.mes_example === dialogueOf(own.examples);
  const { dramatis: _whole, ...extensions } = card.extensions;
  const hers = ordered(withoutDefaults(own, OWN_DEFAULTS), OWN_ORDER);
  const all = Object.keys(hers).length > 0 ? { ...extensions, dramatis: hers } : extensions;
  const whole = {
    ...card,
    first_mes: first,
    alternate_greetings: others,
    ...(inGroups ? { group_only_greetings: inGroups } : {}),
    mes_example: isOurs ? '' : card.mes_example,
    ...(card.character_book ? { character_book: bookForPeople(card.character_book) } : {}),
    extensions: ordered(all, ['talkativeness']),
  };
  return ordered(withoutDefaults(whole, CARD_DEFAULTS), CARD_ORDER);
}

function bookForPeople(book: NonNullable<CardData['character_book']>): Record<string, unknown> {
  const entries = book.entries.map((entry) => withoutDefaults(entry, ENTRY_DEFAULTS));
  return { ...withoutDefaults(book, BOOK_DEFAULTS), entries };
}

// In the order in which one reads about a person; what is not named here comes last, as it came.
const CARD_ORDER = [
  ...['name', 'nickname', 'tags', 'creator', 'character_version', 'description', 'personality', 'scenario'],
  ...['first_mes', 'alternate_greetings', 'group_only_greetings', 'mes_example', 'character_book'],
  'extensions',
];
const OWN_ORDER = [
  ...['aliases', 'age', 'adult', 'age_restricted', 'public_sheet', 'motivation', 'background', 'relations'],
  ...['manner', 'examples', 'declines'],
];

// What is there again when the card is read, or written for other tools. Of other fields nothing can be told
// from here: an empty list of one we do not know is not the same as none.
const CARD_DEFAULTS = {
  ...{ description: '', personality: '', scenario: '', first_mes: '', mes_example: '' },
  ...{ creator_notes: '', system_prompt: '', post_history_instructions: '' },
  ...{ creator: '', character_version: '', alternate_greetings: [], group_only_greetings: [], tags: [] },
  extensions: {},
};
const OWN_DEFAULTS = {
  ...{ motivation: '', background: '', relations: '', manner: '', public_sheet: '' },
  ...{ aliases: [], examples: [], declines: [] },
};
const BOOK_DEFAULTS = { extensions: {} };
const ENTRY_DEFAULTS = { extensions: {}, insertion_order: DEFAULT_ORDER, use_regex: false };

/** Without the fields that are as they would be anyway. */
function withoutDefaults(
  fields: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const isDefault = (key: string, value: unknown) =>
    Object.hasOwn(defaults, key) && isDeepStrictEqual(value, defaults[key]);
  return Object.fromEntries(Object.entries(fields).filter(([key, value]) => !isDefault(key, value)));
}

/** The fields of HER's own that say something. */
export function ownFields(own: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return withoutDefaults(own, OWN_DEFAULTS);
}

function ordered(fields: Record<string, unknown>, order: readonly string[]): Record<string, unknown> {
  const named = order.filter((key) => Object.hasOwn(fields, key)).map((key) => [key, fields[key]]);
  return { ...Object.fromEntries(named), ...fields };
}
