import type { Character } from '../../cast/character.ts';
import type { Library } from '../../cast/library/library-api.ts';
import type { LoreBook } from '../../cast/lore/lore.ts';
import type { Made } from '../../scene/beat.ts';

/** An entry of lore that stood in a prompt, as people know it, and why it did. */
export type NamedLore = {
  /** Its name, or where the library knows it no more its id. */
  readonly name: string;
  readonly why: NonNullable<Made['lore']>[number]['why'];
  /** The key that was found, where it is known, and the beat whose words did it. */
  readonly key?: string;
  readonly beat?: number;
};

/** Lore behind a line, for one person; `withheld`: so many entries would tell what is not for their eyes. */
export type LoreBehind = { readonly named: readonly NamedLore[]; readonly withheld: number };

/**
 * What a line's record tells of lore, with the names and keys that the books bear now: a log keeps no
 * words of a card.
 */
export function namedLore(
  lore: Made['lore'] = [],
  character: Character | undefined,
  library: Pick<Library, 'world'>,
): NamedLore[] {
  return lore.map(({ book, entry: id, why, key, beat }) => {
    const entry = bookNamed(book, character, library)?.entries.find((one) => one.id === id);
    const found = key === undefined ? undefined : entry?.keys[key];
    return {
      name: entry?.name ?? id,
      why,
      ...(found === undefined ? {} : { key: found }),
      ...(beat === undefined ? {} : { beat }),
    };
  });
}

/** The book of that id as the library has it now, for the character in whose prompt it stood. */
export function bookNamed(
  id: string,
  character: Character | undefined,
  library: Pick<Library, 'world'>,
): LoreBook | undefined {
  return id === CARD ? character?.book : library.world(id)?.book;
}

/** The id of the book in a character's own card. */
const CARD = 'card';
