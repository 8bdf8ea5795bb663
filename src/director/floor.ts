import type { Actor, ActorId } from '../scene/beat.ts';

/** What the director knows when it decides: who is there, who spoke, what the rules allow. */
export type Floor = {
  /** Characters in the scene now, in order of entrance. */
  readonly characters: readonly Actor[];
  /** Players in the scene now. */
  readonly players: readonly Actor[];
  readonly lastSpeaker: ActorId | undefined;
  /** Speakers of the last character turns, newest last, at most twelve; turn balance goes by them. */
  readonly recent?: readonly ActorId[];
  /** The last line set something physical going, and there is a voice of the world to answer it. */
  readonly stirred?: boolean;
  /** Beat of each one's last line. */
  readonly lastSpoke: ReadonlyMap<ActorId, number>;
  readonly turnsSincePlayer: number;
  readonly characterTurns: number;
  /** Length of the log; with the seed, what chance is drawn from. */
  readonly beats: number;
  readonly seed: number;
  /** Who was addressed by the last line and has not answered yet, first addressed first. */
  readonly addressed: readonly ActorId[];
  /** How readily each speaks unasked, 0 … 1. Who has 0 is never made to. */
  readonly talkativeness: ReadonlyMap<ActorId, number>;
};

/**
 * `why` is for everyone in the room: "Next: Darcy, he was just insulted", x-ray, "Why this?". One
 * plain sentence without a full stop; never empty. `later`: who is expected after that turn.
 */
export type Decision =
  | {
      readonly type: 'speak';
      readonly actor: ActorId;
      readonly why: string;
      readonly later?: readonly ActorId[];
    }
  | Rest;
export type Rest = { readonly type: 'rest'; readonly why: string };

/** The scene may not end itself before so many turns were played (CoSER: END counts after the sixth turn). */
export const TURNS_BEFORE_END = 6;
