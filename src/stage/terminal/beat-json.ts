import type { Mark } from '../../engine/continuity/continuity-api.ts';
import type { JudgeReport } from '../../engine/judging/judge-report.ts';
import type { Fault } from '../../format/parsed-turn.ts';
import { renderPlain } from '../../format/render-plain.ts';
import type { VisibleSegment } from '../../format/segments.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import { speakerName } from './speaker-name.ts';
import { type VerdictJson, verdictJson } from './verdict-text.ts';

/** What x-ray adds to a beat: the layers that the room cannot see. */
export type HiddenLayers = {
  readonly systemThinking?: string;
  readonly thoughts: readonly string[];
  /** The director's reason for this speaker. */
  readonly why?: string;
  readonly faults: readonly Fault[];
  /** What rules of continuity say of it. */
  readonly marks?: readonly Mark[];
  /** How it was chosen, where it was one of several candidates. */
  readonly judged?: JudgeReport;
};

/** One line of `dramatis play --json`. The order of the keys is part of it: one seed, one output. */
export type BeatJson = {
  readonly beat: number;
  readonly kind: StageBeat['kind'];
  readonly speaker: string;
  readonly text: string;
  readonly segments: readonly VisibleSegment[];
  readonly hidden?: Omit<HiddenLayers, 'judged'> & { readonly judged?: VerdictJson };
};

/** A beat as a script reads it; without times and platform ids, so that runs can be compared. */
export function beatJson(beat: StageBeat, hidden?: HiddenLayers): BeatJson {
  return {
    beat: beat.n,
    kind: beat.kind,
    speaker: speakerName(beat),
    text: renderPlain(beat.segments),
    segments: beat.segments.map(({ kind, text }) => ({ kind, text })),
    ...(hidden ? { hidden: hiddenJson(hidden) } : {}),
  };
}

function hiddenJson({ judged, ...layers }: HiddenLayers): NonNullable<BeatJson['hidden']> {
  return { ...layers, ...(judged ? { judged: verdictJson(judged) } : {}) };
}
