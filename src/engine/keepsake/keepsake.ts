import type { VisibleSegment } from '../../format/segments.ts';
import type { Actor, ActorId, Origin } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import type { Portrait } from './portrait.ts';

/**
 * A scene to keep: what happened before everyone, and (only where everyone may read them) what was
 * thought. It is made to leave the house: nothing else that is hidden has a place in it.
 */
export type Keepsake = {
  readonly title: string;
  /** Where it began. */
  readonly setting: string;
  readonly cast: readonly KeepsakeMember[];
  /** Names of the humans who took part. */
  readonly players: readonly string[];
  /** When it began; milliseconds since the epoch. */
  readonly at: number;
  readonly ended: boolean;
  /** Where its words came from; mixed counts as Discord. The file says so, and is never trained on then. */
  readonly origin: Origin;
  readonly beats: readonly KeepsakeBeat[];
  /** By beat. Absent where the scene's policy does not let everyone read thoughts. */
  readonly thoughts?: ReadonlyMap<number, readonly string[]>;
};

export type KeepsakeMember = {
  readonly id: ActorId;
  readonly name: string;
  /** Public sheet: all that anyone could know of them. */
  readonly sheet: string;
  readonly portrait?: Portrait;
};

export type KeepsakeBeat = {
  readonly n: number;
  readonly at: number;
  readonly kind: StageBeat['kind'];
  readonly speaker?: Actor;
  readonly segments: readonly VisibleSegment[];
  /** Name of the room where it happened; absent in the main place. */
  readonly place?: string;
};

/** What a file of this scene is called, without its ending. */
export function keepsakeName({ title }: Pick<Keepsake, 'title'>): string {
  const words = title
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  return Array.from(words.join('-')).slice(0, 60).join('') || 'scene';
}
