import type { Character } from '../cast/character.ts';
import type { Library } from '../cast/library/library-api.ts';
import type { ActorId } from '../scene/beat.ts';

/** The card behind an actor id, or undefined for players, the Environment and cards that are gone. */
export function cardOf(library: Library, actor: ActorId): Character | undefined {
  return actor.startsWith('character:') ? library.character(actor.slice('character:'.length)) : undefined;
}
