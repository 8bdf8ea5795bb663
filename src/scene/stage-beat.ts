import { type VisibleSegment, visibleSegments } from '../format/segments.ts';
import type { Actor, Beat } from './beat.ts';

/**
 * A beat as everyone on a stage may perceive it. Stages are handed these and nothing else; there
 * is no field that could hold a thought or a plan.
 */
export type StageBeat = {
  readonly n: number;
  readonly at: number;
  readonly kind: 'line' | 'narration' | 'entrance' | 'exit' | 'setting' | 'time';
  /** Who speaks, enters or leaves; absent for settings and time. */
  readonly speaker?: Actor;
  readonly segments: readonly VisibleSegment[];
  /** For a swipe: the beat whose place it takes. */
  readonly alternativeTo?: number;
};

/**
 * What the whole room perceives of one beat, or nothing (whispers and bookkeeping).
 */
export function toStageBeat(beat: Beat): StageBeat | undefined {
  const place = { n: beat.n, at: beat.at };
  switch (beat.kind) {
    case 'line':
      return {
        ...place,
        kind: 'line',
        speaker: beat.speaker,
        segments: visibleSegments(beat.segments),
        ...(beat.alternativeTo === undefined ? {} : { alternativeTo: beat.alternativeTo }),
      };
    case 'narration':
      return {
        ...place,
        kind: 'narration',
        speaker: beat.speaker,
        segments: [{ kind: 'action', text: beat.text }],
      };
    case 'entrance':
      if (beat.quiet) return undefined;
      return {
        ...place,
        kind: 'entrance',
        speaker: beat.actor,
        segments: beat.text ? [{ kind: 'action', text: beat.text }] : [],
      };
    case 'exit':
      return {
        ...place,
        kind: 'exit',
        speaker: beat.actor,
        segments: beat.text ? [{ kind: 'action', text: beat.text }] : [],
      };
    case 'setting':
      if (beat.quiet) return undefined;
      return { ...place, kind: 'setting', segments: [{ kind: 'action', text: beat.text }] };
    case 'time':
      return { ...place, kind: 'time', segments: [{ kind: 'action', text: beat.text }] };
    case 'whisper':
    case 'amend':
    case 'retract':
    case 'choose':
      return undefined;
  }
}
