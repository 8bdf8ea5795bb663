import type { Character } from '../cast/character.ts';
import type { Library } from '../cast/library/library-api.ts';
import { namesOf } from '../cast/name-parts.ts';
import type { Addressee } from '../director/address.ts';
import { type Actor, type ActorId, cardIdOf } from '../scene/beat.ts';

/** The card behind an actor id, or undefined for players, the Environment and cards that are gone. */
export function cardOf(library: Library, actor: ActorId): Character | undefined {
  const id = cardIdOf(actor);
  return id === undefined ? undefined : library.character(id);
}

/** An actor with all that it can be called: a character by every name of its card, others by theirs. */
export function addresseeOf(library: Library, actor: Actor): Addressee & Actor {
  const card = cardOf(library, actor.id);
  return { ...actor, names: card ? namesOf(card) : [actor.name] };
}
