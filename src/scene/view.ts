import type { Segment } from '../format/segments.ts';
import type { Actor, ActorId } from './beat.ts';

/**
 * Views: what one audience perceives of a log, built beat by beat from what it witnessed, never by
 * deleting from a transcript.
 */
export type Audience =
  /** Its own thoughts, and the actions and speech it witnessed. */
  | { readonly type: 'character'; readonly id: ActorId }
  /** The speaker's view, for a judge of its next turn. */
  | { readonly type: 'judge'; readonly of: ActorId }
  /** All that happens openly; no thought, no whisper. */
  | { readonly type: 'director' }
  | { readonly type: 'environment' };

export type ViewEntry = {
  readonly n: number;
  readonly kind: 'line' | 'narration' | 'entrance' | 'exit' | 'setting' | 'whisper' | 'time';
  /** Absent for settings and time. */
  readonly speaker?: Actor;
  /** The audience itself did this. */
  readonly own: boolean;
  /** Thoughts are here only where `own`. */
  readonly segments: readonly Segment[];
  /** Of a whisper: to whom. */
  readonly to?: readonly Actor[];
};
