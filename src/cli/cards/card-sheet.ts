import type { Character } from '../../cast/character.ts';
import type { LoreBook } from '../../cast/lore/lore.ts';
import type { World } from '../../cast/lore/world.ts';
import { plain } from './plain.ts';

/** A card in one line: who it is and how much there is of it. */
export function cardSummary(character: Character): string {
  const { name, id, examples, declines, book, alternateGreetings, greeting } = character;
  const greetings = alternateGreetings.length + (greeting ? 1 : 0);
  return [
    `${name} (${id})`,
    count(greetings, 'greeting'),
    count(examples.length, 'example'),
    count(declines.length, 'decline'),
    count(book.entries.length, 'lore entry', 'lore entries'),
  ].join(', ');
}

/** A card as a person reads it, private parts included; ends with an empty line. */
export function cardSheet(character: Character): string {
  return sheet(`${character.name}  (${character.id})`, [
    ['Also called', character.aliases.join(', ')],
    ['What anyone can know', character.publicSheet],
    ['Description', character.description],
    ['Personality', character.personality],
    ['Wants, and would not say', character.motivation],
    ['Background', character.background],
    ['Relations', character.relations],
    ['Manner of speech', character.manner],
    ['Always before its eyes', character.note],
    ['Scenario', character.scenario],
    ['Greets with', [character.greeting, ...character.alternateGreetings].filter(Boolean).join('\n\n')],
    ['Greets a group with', character.groupGreetings.join('\n\n')],
    ['Lore', loreLines(character.book)],
    ['Example lines', character.examples.join('\n\n')],
    ['Declines with', character.declines.join('\n')],
    ['Notes of its author, in no prompt', character.creatorNotes],
  ]);
}

/** A lorebook likewise. */
export function worldSheet({ name, book }: Pick<World, 'name' | 'book'>): string {
  return sheet(`${name}  (a lorebook)`, [['Lore', loreLines(book)]]);
}

type Part = readonly [title: string, text: string];

function sheet(heading: string, parts: readonly Part[]): string {
  const filled = parts.filter(([, text]) => text).map(([title, text]) => `${title}\n${indent(plain(text))}`);
  return `${[plain(heading), ...filled].join('\n\n')}\n\n`;
}

function loreLines(book: LoreBook): string {
  return book.entries
    .map(({ keys, name, text, enabled, constant }) => {
      const when = constant ? 'always' : keys.join(', ') || name;
      return `${when}: ${text}${enabled ? '' : ' (switched off)'}`;
    })
    .join('\n');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/** A number and what of. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
