import { isPlayerId } from '../scene/beat.ts';
import { presentPlayers } from '../scene/scene-state.ts';
import type { LiveScene } from './live-scene.ts';

const NOBODY = 'the visitor';

/** Whom a card's `{{user}}` means: the players who are here. */
export function userName({ state }: LiveScene): string {
  const names = presentPlayers(state).map((player) => player.name);
  return names.join(' and ') || NOBODY;
}

/** Whom `{{user}}` means in what the whole cast is told: the player who came first, now and later. */
export function hostName({ state }: LiveScene): string {
  for (const { actor } of state.people.values()) if (isPlayerId(actor.id)) return actor.name;
  return NOBODY;
}
