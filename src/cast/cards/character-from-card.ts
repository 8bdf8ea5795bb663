import type { Avatar, Character, LoreEntry } from '../character.ts';
import { slugOf } from '../library/slug.ts';
import type { CardData } from './card-data.ts';
import { proseToHer } from './card-prose.ts';
import { exampleTurns } from './example-turns.ts';
import type { Warn } from './tidy-value.ts';

/**
 * The character a card describes. Its id is the slug of its name; the library makes ids unique.
 * A card without a public sheet has none: nothing of its private text is shown to other minds.
 * A line whose hidden and visible parts cannot be told apart is left out, and told through `warn`.
 */
export function characterFromCard(
  card: CardData,
  source: Character['source'],
  warn: Warn,
  avatar?: Avatar,
): Character {
  const own = card.extensions.dramatis;
  const asHer = (line: string) => {
    const turn = proseToHer(line);
    if (!turn && line.trim()) warn(`the line "${line.trim().slice(0, 60)}…" cannot be read and was left out`);
    return turn;
  };
  const [greeting = '', ...alternateGreetings] = (
    own.greetings ?? [card.first_mes, ...card.alternate_greetings]
  ).map(asHer);
  const examples = exampleTurns(card)
    .map(({ cue, turn }) => ({ cue, turn: asHer(turn) }))
    .filter(({ turn }) => turn);
  return {
    id: slugOf(card.name),
    name: card.name,
    aliases: card.nickname ? [card.nickname, ...own.aliases] : own.aliases,
    description: card.description,
    personality: card.personality,
    motivation: own.motivation,
    background: own.background,
    manner: own.manner,
    publicSheet: own.public_sheet,
    scenario: card.scenario,
    greeting,
    alternateGreetings: alternateGreetings.filter(Boolean),
    examples: examples.map((example) => example.turn),
    exampleCues: examples.map((example) => example.cue),
    declines: own.declines.map(asHer).filter(Boolean),
    lore: loreOf(card),
    talkativeness: talkativenessOf(card),
    ...(avatar === undefined ? {} : { avatar }),
    tags: card.tags,
    ...(own.age_restricted === undefined ? {} : { ageRestricted: own.age_restricted }),
    ...(own.age === undefined ? {} : { age: own.age }),
    ...(own.adult === undefined ? {} : { adult: own.adult }),
    source,
  };
}

function loreOf(card: CardData): LoreEntry[] {
  const entries = card.character_book?.entries ?? [];
  return entries
    .filter((entry) => entry.enabled && entry.content.trim())
    .map((entry) => ({
      keys: entry.keys,
      // V3 puts directions to the program in leading lines such as `@@depth 4`.
      text: entry.content.replace(/^(?:@@.*\n?)+/, '').trim(),
      constant: entry.constant,
    }));
}

/** SillyTavern's field, 0 to 1, often written as text; half where it is missing or makes no sense. */
function talkativenessOf(card: CardData): number {
  const given = card.extensions['talkativeness'];
  const value = typeof given === 'string' ? Number.parseFloat(given) : given;
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : 0.5;
}
