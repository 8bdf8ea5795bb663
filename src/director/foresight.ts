import { type Actor, type ActorId, ENVIRONMENT, type PlaceId } from '../scene/beat.ts';
import { yieldsTo } from './balance.ts';
import type { Decision, Floor } from './floor.ts';

/**
 * What is left of a prediction once a turn of it was played as foreseen: whom the director expected
 * after it. It is handed from that turn to the next and kept nowhere, so a restart forgets it, and
 * none of it is used twice.
 */
export type Foresight = {
  readonly place: PlaceId;
  /** Whose turn came as foreseen. */
  readonly after: Actor;
  /** Who is expected now, and after them. */
  readonly later: readonly ActorId[];
  /** Length of the log with that turn in it. While it is that long, nothing else has happened. */
  readonly beats: number;
};

/** What holds at a turn, beside the floor. */
export type Moment = {
  readonly place: PlaceId;
  /** The last line calls a player by name; characters that are called stand in the floor. */
  readonly callsPlayer: boolean;
  /** The world did not just speak, and has a turn left. */
  readonly worldMay: boolean;
};

/**
 * Who is next as it was foreseen, or undefined where the director is to be asked again. A ranking
 * holds only while nothing happened but the turns that it foresaw: no beat of any other kind, nobody
 * called, nothing set going that the world would answer. Whoever is named must still be there, awake,
 * and not about to dominate the talk.
 */
export function foreseenNext(
  { place, after, later, beats }: Foresight,
  floor: Floor,
  moment: Moment,
): Decision | undefined {
  const [next, ...rest] = later;
  if (next === undefined || beats !== floor.beats || place !== moment.place) return undefined;
  if (floor.addressed.length > 0 || moment.callsPlayer || next === floor.lastSpeaker) return undefined;
  const why = `foreseen after ${after.id === ENVIRONMENT.id ? 'what the world did' : after.name}`;
  if (next === ENVIRONMENT.id) {
    return moment.worldMay ? { type: 'speak', actor: next, why, later: rest } : undefined;
  }
  if (floor.stirred && moment.worldMay) return undefined;
  if (floor.players.some(({ id }) => id === next)) return { type: 'rest', why };
  const isThere = floor.characters.some(({ id }) => id === next);
  return isThere && !yieldsTo(next, floor) ? { type: 'speak', actor: next, why, later: rest } : undefined;
}
