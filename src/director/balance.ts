import type { Actor, ActorId } from '../scene/beat.ts';
import type { Floor } from './floor.ts';

/** Turn balance: nobody dominates, and nobody who is there is left out. Calls by name come before it. */

// Character turns that are looked at.
const LATELY = 6;
const FOR_LONG = 12;

/**
 * Who speaks instead of whom a model or chance has named, or undefined where that one may speak.
 *
 * Whoever made more than half of the last six turns yields to one who made none of them. Among
 * themselves, whoever made half of the last twelve yields, so that two do not trade lines while a
 * third is there; right after a player's line nobody does, because a player may talk with one.
 */
export function yieldsTo(actor: ActorId, floor: Floor): Actor | undefined {
  const recent = floor.recent ?? [];
  const others = silentFirst(floor).filter(({ id }) => id !== actor);
  const [silent] = others;
  if (!silent) return undefined;
  const lately = recent.slice(-LATELY);
  if (turnsOf(actor, lately) > LATELY / 2 && !lately.includes(silent.id)) return silent;
  const forLong = recent.slice(-FOR_LONG);
  const amongThemselves = floor.turnsSincePlayer > 0 && floor.characters.length > 2;
  return amongThemselves && turnsOf(actor, forLong) >= FOR_LONG / 2 ? silent : undefined;
}

/** Who made none of the last twelve turns, the most silent one; undefined where everybody made one. */
export function overdue(floor: Floor): Actor | undefined {
  const recent = (floor.recent ?? []).slice(-FOR_LONG);
  if (recent.length < FOR_LONG) return undefined;
  return silentFirst(floor).find(({ id }) => !recent.includes(id));
}

/** Those who may be made to speak now, the longest silent one first; of equals, who came first. */
function silentFirst(floor: Floor): Actor[] {
  const recent = floor.recent ?? [];
  const since = ({ id }: Actor) => floor.lastSpoke.get(id) ?? 0;
  return floor.characters
    .filter(({ id }) => id !== floor.lastSpeaker && floor.talkativeness.get(id) !== 0)
    .sort(
      (one, other) => recent.lastIndexOf(one.id) - recent.lastIndexOf(other.id) || since(one) - since(other),
    );
}

function turnsOf(actor: ActorId, recent: readonly ActorId[]): number {
  return recent.filter((id) => id === actor).length;
}
