import { type ActorId, isPlayerId } from '../scene/beat.ts';
import { presentPlayers } from '../scene/scene-state.ts';
import { speakersIn } from '../scene/speakers-in.ts';
import type { LiveScene } from './live-scene.ts';

const NOBODY = 'the visitor';

/** Whom a card's `{{user}}` means: the players who are here, of those whom its character knows. */
export function userName({ state }: LiveScene, known: ReadonlySet<ActorId>): string {
  const names = presentPlayers(state)
    .filter(({ id }) => known.has(id))
    .map((player) => player.name);
  return names.join(' and ') || NOBODY;
}

/** Itself, the cast of the opening, who is where it is, whom it found when it came, and whom it perceived since. */
export function knownTo({ state, minds }: LiveScene, id: ActorId): ReadonlySet<ActorId> {
  const { people, opening } = state;
  const own = people.get(id);
  const known = new Set([id, ...opening.cast.map((actor) => actor.id), ...(own?.met ?? [])]);
  for (const { actor, present, place } of people.values()) {
    if (own?.present && present && place === own.place) known.add(actor.id);
  }
  const mind = minds.people.get(id);
  return mind ? known.union(speakersIn(mind)) : known;
}

/** Whom `{{user}}` means in what the whole cast is told: the player who came first, now and later. */
export function hostName({ state }: LiveScene): string {
  for (const { actor } of state.people.values()) if (isPlayerId(actor.id)) return actor.name;
  return NOBODY;
}
