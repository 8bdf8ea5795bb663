import type { CardData } from '../../cast/cards/card-data.ts';
import type { CardReading } from '../../cast/cards/read-card.ts';

/** Of a field: its name as in the card, and how much there is of it. */
export type Amount = { readonly field: string; readonly characters: number };

/** What a model gets to read of a card, and what no prompt ever holds. */
export type ToldAndKept = {
  /** For the character's own mind. */
  readonly told: readonly Amount[];
  /** For the minds of others; 0: they are told the name alone. */
  readonly publicSheet: number;
  /** Lore entries that can come up. */
  readonly lore: number;
  readonly kept: readonly Amount[];
};

export function toldAndKept({ card, character }: CardReading): ToldAndKept {
  const told = {
    description: character.description,
    personality: character.personality,
    scenario: character.scenario,
    background: character.background,
    motivation: character.motivation,
    relations: character.relations,
    manner: character.manner,
    depth_prompt: character.note,
    examples: [...character.examples, ...(character.exampleCues ?? [])].join(''),
  };
  return {
    told: filled(told),
    publicSheet: character.publicSheet.length,
    lore: character.book.entries.filter((entry) => entry.enabled && entry.text).length,
    kept: filled(keptOf(card)),
  };
}

// What play makes use of; the rest is for people and other programs.
const PLAYED = new Set([
  ...['name', 'nickname', 'description', 'personality', 'scenario', 'first_mes', 'alternate_greetings'],
  ...['group_only_greetings', 'mes_example', 'character_book', 'extensions'],
]);
const PLAYED_EXTENSIONS = new Set(['dramatis', 'talkativeness', 'depth_prompt']);

function keptOf(card: CardData): Record<string, unknown> {
  const { beside = {} } = card.extensions.dramatis;
  return Object.fromEntries([
    ...Object.entries(card).filter(([field]) => !PLAYED.has(field)),
    ...Object.entries(card.extensions)
      .filter(([field]) => !PLAYED_EXTENSIONS.has(field))
      .map(([field, value]) => [`extensions.${field}`, value]),
    ...Object.entries(beside).map(([field, value]) => [`beside data: ${field}`, value]),
  ]);
}

function filled(fields: Record<string, unknown>): Amount[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const characters = lengthOf(value);
    return characters > 0 ? [{ field, characters }] : [];
  });
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (value === null || value === undefined) return 0;
  if (typeof value !== 'object') return String(value).length;
  return Object.keys(value).length === 0 ? 0 : JSON.stringify(value).length;
}
