import type { Library } from '../cast/library/library-api.ts';
import { neutralise } from '../format/neutralise.ts';
import { type Actor, ENVIRONMENT } from '../scene/beat.ts';
import { addresseeOf } from './card-of.ts';
import type { LiveScene } from './live-scene.ts';

/** Names under which nothing that a player types may seem to be said: these people's, the world's, a prompt's. */
export function reservedNames(library: Library, people: readonly Actor[]): string[] {
  const names = people.flatMap((actor) => addresseeOf(library, actor).names);
  return [...names, ENVIRONMENT.name, 'Narrator', 'System', 'Assistant', 'User'];
}

/** Everyone who was ever in the scene. */
export function everyoneIn({ state }: LiveScene): Actor[] {
  return [...state.people.values()].map((person) => person.actor);
}

/** The same for everyone who was ever in this scene. */
export function reservedIn(library: Library, live: LiveScene): string[] {
  return reservedNames(library, everyoneIn(live));
}

/** Typed text in which nothing is a tag or anyone's line; '' where nothing is left of it. */
export function harmless(library: Library, live: LiveScene, text: string): string {
  return neutralise(text, reservedIn(library, live)).trim();
}
