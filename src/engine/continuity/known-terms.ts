import type { Character } from '../../cast/character.ts';
import type { LoreBook } from '../../cast/lore/lore.ts';
import { termsOf } from '../../cast/memory/terms.ts';

type Terms = ReadonlySet<string>;

const ofCards = new WeakMap<Character, Terms>();
const ofBooks = new WeakMap<LoreBook, Terms>();

/** Every term of a card, its book included; counted once, however often it is asked for. */
export function termsOfCard(character: Character): readonly Terms[] {
  const known = ofCards.get(character);
  const terms = known ?? new Set(termsOf(JSON.stringify(wordsOfCard(character))));
  if (!known) ofCards.set(character, terms);
  return [terms, termsOfBook(character.book)];
}

/** The same of a book of lore. */
export function termsOfBook(book: LoreBook): Terms {
  const known = ofBooks.get(book);
  const terms =
    known ??
    new Set(termsOf(book.entries.map(({ name, keys, text }) => [name, ...keys, text].join('\n')).join('\n')));
  if (!known) ofBooks.set(book, terms);
  return terms;
}

function wordsOfCard({ book: _book, avatar: _avatar, creatorNotes: _notes, ...words }: Character): unknown {
  return words;
}
