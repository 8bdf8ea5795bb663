import { renderDiscord } from '../../../format/render-discord.ts';
import type { VisibleSegment } from '../../../format/segments.ts';
import { ENVIRONMENT } from '../../../scene/beat.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';

/** Under this name the world speaks, and people are told of. */
export const NARRATOR = { id: ENVIRONMENT.id, name: 'Narrator' } as const;

/** Who says it: what is not somebody's line is the Narrator's. */
export function voiceOf(beat: StageBeat): { readonly id: string; readonly name: string } {
  if (beat.kind !== 'line' || beat.speaker === undefined || beat.speaker.id === ENVIRONMENT.id)
    return NARRATOR;
  return beat.speaker;
}

/** A beat as Discord markdown; empty where there is nothing to see. */
export function beatText(beat: StageBeat): string {
  return renderDiscord(beat.segments.length > 0 ? beat.segments : told(beat));
}

/** Comings and goings without words of their own. */
function told({ kind, speaker }: StageBeat): readonly VisibleSegment[] {
  if (!speaker) return [];
  if (kind === 'entrance') return [{ kind: 'action', text: `${speaker.name} comes in.` }];
  if (kind === 'exit') return [{ kind: 'action', text: `${speaker.name} leaves.` }];
  return [];
}
