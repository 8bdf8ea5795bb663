import { type Actor, playerActorId } from '../scene/beat.ts';
import type { Player } from './engine-api.ts';

const LONGEST_NAME = 40;

/**
 * A player as an actor of the scene. The name is one line without markup, and never one that a
 * character, the Environment or the prompt itself speaks under.
 *
 * @param reserved names that are taken, in any case
 */
export function playerActor(player: Player, reserved: readonly string[]): Actor {
  const shown = player.name
    .normalize('NFKC')
    .replace(/[\p{C}<>[\]{}*_~`|:=#\\]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const name = [...shown].slice(0, LONGEST_NAME).join('').trim() || 'Someone';
  const taken = new Set(reserved.map((other) => other.toLowerCase()));
  return { id: playerActorId(player.id), name: taken.has(name.toLowerCase()) ? `${name} (player)` : name };
}
