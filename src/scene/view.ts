import { type Segment, visibleSegments } from '../format/segments.ts';
import type { Actor, ActorId, Beat } from './beat.ts';
import { createPlaces } from './places.ts';

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

export type View = {
  /** In log order. Grows at the end; an earlier entry changes only with `revision`. */
  readonly entries: readonly ViewEntry[];
  /** Goes up when an entry that was already there changed or went. */
  readonly revision: number;
  /** The entry of beat `n`, where it was perceived and still stands. */
  at(n: number): ViewEntry | undefined;
  /** Takes the next beat of the log. */
  add(beat: Beat): void;
};

/**
 * A growing view for one audience. Feed it every beat from the start of the log (or from the
 * audience's entrance: it can have witnessed nothing before).
 */
export function createView(audience: Audience): View {
  const places = createPlaces<ViewEntry>();
  return {
    entries: places.entries,
    get revision() {
      return places.revision;
    },
    at: places.at,
    add(beat) {
      switch (beat.kind) {
        case 'amend':
          places.amend(beat.of, (entry) => withVisible(entry, beat.segments));
          break;
        case 'retract':
          places.retract(beat.of);
          break;
        case 'choose':
          places.choose(beat);
          break;
        default: {
          const entry = perceive(beat, audience);
          if (entry) places.add(entry, beat.kind === 'line' ? beat.alternativeTo : undefined);
        }
      }
    },
  };
}

/** What an audience perceives of one beat, or nothing. */
export function perceive(beat: Beat, audience: Audience): ViewEntry | undefined {
  const self =
    audience.type === 'character' ? audience.id : audience.type === 'judge' ? audience.of : undefined;
  if (self === undefined ? beat.kind === 'whisper' : !beat.witnesses.includes(self)) return undefined;
  const { n } = beat;
  switch (beat.kind) {
    case 'line':
    case 'whisper': {
      const own = beat.speaker.id === self;
      return {
        n,
        kind: beat.kind,
        speaker: beat.speaker,
        own,
        segments: own ? beat.segments : visibleSegments(beat.segments),
        ...(beat.kind === 'whisper' ? { to: beat.to } : {}),
      };
    }
    case 'narration':
      return { n, kind: 'narration', speaker: beat.speaker, own: false, segments: told(beat.text) };
    case 'entrance':
    case 'exit':
      return {
        n,
        kind: beat.kind,
        speaker: beat.actor,
        own: beat.actor.id === self,
        segments: told(beat.text),
      };
    case 'setting':
    case 'time':
      return { n, kind: beat.kind, own: false, segments: told(beat.text) };
    case 'amend':
    case 'retract':
    case 'choose':
      return undefined;
  }
}

function told(text: string | undefined): Segment[] {
  return text ? [{ kind: 'action', text }] : [];
}

/** An edit changes what was seen and heard; what the speaker thought then, it still thought. */
function withVisible(entry: ViewEntry, visible: readonly Segment[]): ViewEntry {
  const thoughts = entry.segments.filter((segment) => segment.kind === 'thought');
  return { ...entry, segments: [...thoughts, ...visible] };
}
