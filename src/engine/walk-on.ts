import { type Actor, walkOnId } from '../scene/beat.ts';
import { playerActor } from './player-actor.ts';

/** A part without a card, under a name that nobody else bears. */
export function walkOn(name: string, reserved: readonly string[]): Actor {
  const { name: free } = playerActor({ id: '', name }, reserved);
  return { id: walkOnId(free), name: free };
}
