import { bearsTag, withoutTags } from '../format/last-gate.ts';
import { type VisibleSegment, visibleSegments } from '../format/segments.ts';
import {
  type Actor,
  type Beat,
  type BeatOf,
  type Condition,
  ENVIRONMENT,
  isPlayerId,
  type PlaceId,
} from './beat.ts';

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
  /** A room of the scene; absent in its main place. */
  readonly place?: PlaceId;
  /** Of a coming or going: the Environment told of it, and it can be undone. */
  readonly inferred?: boolean;
  /** Of a line: it comes from the card, since the model was late. */
  readonly fallback?: true;
  /** Of a line: it was broken off. */
  readonly cut?: true;
};

/**
 * What the whole room perceives of one beat, or nothing (whispers and bookkeeping).
 */
export function toStageBeat(beat: Beat): StageBeat | undefined {
  const place = { n: beat.n, at: beat.at, ...(beat.place === undefined ? {} : { place: beat.place }) };
  switch (beat.kind) {
    case 'line':
      return {
        ...place,
        kind: 'line',
        speaker: beat.speaker,
        segments: shownOf(beat),
        ...(beat.alternativeTo === undefined ? {} : { alternativeTo: beat.alternativeTo }),
        ...(beat.made?.fallback ? { fallback: true } : {}),
        ...(beat.cut ? { cut: true } : {}),
      };
    case 'narration':
      return {
        ...place,
        kind: 'narration',
        speaker: beat.speaker,
        segments: told(beat.text),
      };
    case 'entrance':
      if (beat.quiet) return undefined;
      return {
        ...place,
        kind: 'entrance',
        speaker: beat.actor,
        segments: told(beat.text ?? ''),
        ...(beat.inferred ? { inferred: true } : {}),
      };
    case 'exit':
      return {
        ...place,
        kind: 'exit',
        speaker: beat.actor,
        segments: told(beat.text ?? ''),
        ...(beat.inferred ? { inferred: true } : {}),
      };
    case 'change':
      return {
        ...place,
        kind: 'narration',
        speaker: ENVIRONMENT,
        segments: told(beat.text || changeWords(beat.actor, beat.condition)),
        ...(beat.inferred ? { inferred: true } : {}),
      };
    case 'setting':
      if (beat.quiet) return undefined;
      return { ...place, kind: 'setting', segments: [{ kind: 'action', text: beat.text }] };
    case 'time':
      return { ...place, kind: 'time', segments: [{ kind: 'action', text: beat.text }] };
    default:
      return undefined;
  }
}

/** A whisper as its addressees and the whisperer may perceive it, for a surface that can reach one of them alone. */
export function toWhisperBeat(beat: BeatOf<'whisper'>): StageBeat {
  return {
    n: beat.n,
    at: beat.at,
    kind: 'line',
    speaker: beat.speaker,
    segments: shownOf(beat),
    ...(beat.place === undefined ? {} : { place: beat.place }),
  };
}

/** What a player typed was made harmless when it was heard; what a model wrote passes the gate anew. */
function shownOf({ speaker, segments }: BeatOf<'line'> | BeatOf<'whisper'>): readonly VisibleSegment[] {
  const visible = visibleSegments(segments);
  return isPlayerId(speaker.id) ? visible : withoutTags(visible);
}

function told(text: string): readonly VisibleSegment[] {
  return text === '' || bearsTag(text) ? [] : [{ kind: 'action', text }];
}

/** What everyone in the place sees of a change of state. */
export function changeWords({ name }: Actor, condition: Condition): string {
  switch (condition) {
    case 'asleep':
      return `${name} falls asleep.`;
    case 'apart':
      return `${name} steps aside, out of earshot.`;
    case 'awake':
      return `${name} is all ears again.`;
  }
}
