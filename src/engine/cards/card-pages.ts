import type { Character } from '../../cast/character.ts';
import type { Library } from '../../cast/library/library-api.ts';

const A_PAGE = 15;

export type CardPage = {
  readonly shown: readonly Character[];
  /** Of all that fit. */
  readonly count: number;
  /** From 1 on, and never past the last. */
  readonly page: number;
  readonly pages: number;
};

/** Everyone of a library, or those whose names fit best, so many at a time. */
export function pageOfCards(library: Library, find: string | undefined, page = 1): CardPage {
  const all = library.characters();
  const found = find === undefined ? all : library.find(find, all.length);
  const pages = Math.max(1, Math.ceil(found.length / A_PAGE));
  const at = Math.min(Math.max(page, 1), pages);
  return { shown: found.slice((at - 1) * A_PAGE, at * A_PAGE), count: found.length, page: at, pages };
}
