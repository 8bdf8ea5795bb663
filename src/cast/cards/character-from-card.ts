import { renderHer } from '../../format/render-her.ts';
import type { Avatar, Character } from '../character.ts';
import { slugOf } from '../library/slug.ts';
import { bookOfCard } from '../lore/card-book.ts';
import type { LoreBook } from '../lore/lore.ts';
import type { CardData } from './card-data.ts';
import { proseSegments } from './card-prose.ts';
import { cardText } from './card-text.ts';
import { exampleTurns } from './example-turns.ts';
import { plainName } from './tidy-card.ts';
import { isRecord, tidyText, type Warn } from './tidy-value.ts';
import { herGreetings, herGroupGreetings } from './write-lines.ts';

/**
 * The character a card describes. Its id is the slug of its name; the library makes ids unique.
 * A card without a public sheet has none: nothing of its private text is shown to other minds.
 * A line whose hidden and visible parts cannot be told apart is left out, and told through `warn`.
 * What goes into prompts is made plain here (`cardText`), whatever the card tries.
 */
export function characterFromCard(
  card: CardData,
  source: Character['source'],
  warn: Warn,
  avatar?: Avatar,
): Character {
  const own = card.extensions.dramatis;
  // Named, not quoted: what cannot be told apart may be a thought.
  const asHer = (line: string, field: string) => {
    const turn = plainTurn(line);
    if (!turn && line.trim()) warn(`a line of \`${field}\` cannot be read and was left out`);
    return turn;
  };
  const [greeting = '', ...alternateGreetings] = herGreetings(card).map((line, at) =>
    asHer(line, at === 0 ? 'first_mes' : `alternate_greetings[${at - 1}]`),
  );
  const examples = exampleTurns(card)
    .map(({ cue, turn }) => ({ cue: cardText(cue), turn: asHer(turn, 'examples') }))
    .filter(({ turn }) => turn);
  const nickname = shortName(card.nickname ?? '');
  return {
    id: slugOf(card.name),
    name: card.name,
    aliases: [nickname, ...own.aliases.map(shortName)].filter(Boolean),
    description: cardText(card.description),
    personality: cardText(card.personality),
    motivation: cardText(own.motivation),
    background: cardText(own.background),
    relations: cardText(own.relations ?? ''),
    manner: cardText(own.manner),
    publicSheet: cardText(own.public_sheet),
    scenario: cardText(card.scenario),
    greeting,
    alternateGreetings: alternateGreetings.filter(Boolean),
    groupGreetings: (herGroupGreetings(card) ?? [])
      .map((line, at) => asHer(line, `group_only_greetings[${at}]`))
      .filter(Boolean),
    note: cardText(noteOf(card)),
    creator: textOf(card, 'creator'),
    creatorNotes: textOf(card, 'creator_notes'),
    examples: examples.map((example) => example.turn),
    exampleCues: examples.map((example) => example.cue),
    declines: own.declines.map((line, at) => asHer(line, `declines[${at}]`)).filter(Boolean),
    book: plainBook(bookOfCard(card, warn)),
    talkativeness: talkativenessOf(card),
    ...(avatar === undefined ? {} : { avatar }),
    ...(nickname && nickname !== card.name ? { nickname } : {}),
    tags: card.tags,
    ...(own.age_restricted === undefined ? {} : { ageRestricted: own.age_restricted }),
    ...(own.age === undefined ? {} : { age: own.age }),
    ...(own.adult === undefined ? {} : { adult: own.adult }),
    source,
  };
}

/** A line of the card in HER format. Its layers stay what they are; in each of them nothing forges another. */
function plainTurn(line: string): string {
  const segments = proseSegments(line).map(({ kind, text }) => ({ kind, text: cardText(text) }));
  return renderHer(segments.filter(({ text }) => text));
}

/** Of fields that no prompt needs what is wrong is passed over without a word: it stays in the card. */
const SILENT: Warn = () => {};

function textOf(card: CardData, field: string): string {
  return tidyText(card[field], field, SILENT).trim();
}

/** Other names label lines like the first one does, and may hold no more than it. */
function shortName(name: string): string {
  return Array.from(plainName(name.replace(/[<>]/g, '')))
    .slice(0, 80)
    .join('');
}

function noteOf(card: CardData): string {
  const note = card.extensions['depth_prompt'];
  return isRecord(note) ? tidyText(note['prompt'], 'depth_prompt', SILENT) : '';
}

function plainBook(book: LoreBook): LoreBook {
  return { ...book, entries: book.entries.map((entry) => ({ ...entry, text: cardText(entry.text) })) };
}

/**
 * SillyTavern's field, 0 to 1, often written as text and in flat cards beside the others; half where it is
 * missing or makes no sense.
 */
function talkativenessOf(card: CardData): number {
  const given = card.extensions['talkativeness'] ?? card['talkativeness'];
  const value = typeof given === 'string' ? Number.parseFloat(given) : given;
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : 0.5;
}
