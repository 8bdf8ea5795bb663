import type { Library } from '../cast/library/library-api.ts';
import { namesOf } from '../cast/name-parts.ts';
import { ENVIRONMENT } from '../scene/beat.ts';
import { cardOf } from './card-of.ts';
import type { LiveScene } from './live-scene.ts';

/** Names under which nothing that a player types may seem to be said. */
export function reservedNames(live: LiveScene | undefined, library: Library): string[] {
  const people = live ? [...live.state.people.values()].map((person) => person.actor) : [];
  const cast = people.flatMap((actor) => {
    const card = cardOf(library, actor.id);
    return card ? namesOf(card) : [actor.name];
  });
  return [...cast, ENVIRONMENT.name, 'Narrator', 'System', 'Assistant', 'User'];
}
