import { escapeDiscord, renderDiscord } from '../../../format/render-discord.ts';
import type { VisibleSegment } from '../../../format/segments.ts';
import { ENVIRONMENT, isCharacterId } from '../../../scene/beat.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import { type LineStyle, PLAIN } from './line-style.ts';

/** Under this name the world speaks, and people are told of. */
export const NARRATOR = { id: ENVIRONMENT.id, name: 'Narrator' } as const;

/** Who says it: what is not somebody's line is the Narrator's. */
export function voiceOf(beat: StageBeat): { readonly id: string; readonly name: string } {
  if (beat.kind !== 'line' || beat.speaker === undefined || beat.speaker.id === ENVIRONMENT.id)
    return NARRATOR;
  return beat.speaker;
}

// What a regular expression reads otherwise than it is written.
const SPECIAL = /[\\^$.*+?()[\]{}|/]/gu;

/** A beat as Discord markdown; empty where there is nothing to see. */
export function beatText(beat: StageBeat, { openLinks, players }: LineStyle = PLAIN): string {
  const text = renderDiscord(beat.segments.length > 0 ? beat.segments : told(beat), { openLinks });
  if (!beat.speaker || !isCharacterId(beat.speaker.id)) return text;
  return players.reduce((told, { id, name }) => {
    const called = new RegExp(`@${escapeDiscord(name).replace(SPECIAL, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu');
    return told.replace(called, `<@${id}>`);
  }, text);
}

/** Whom a text of ours rings; what characters wrote holds no mention of their own. */
export function rungBy(content: string, { players }: LineStyle): string[] {
  return players.map(({ id }) => id).filter((id) => content.includes(`<@${id}>`));
}

/** Comings and goings without words of their own. */
function told({ kind, speaker }: StageBeat): readonly VisibleSegment[] {
  if (!speaker) return [];
  if (kind === 'entrance') return [{ kind: 'action', text: `${speaker.name} comes in.` }];
  if (kind === 'exit') return [{ kind: 'action', text: `${speaker.name} leaves.` }];
  return [];
}
