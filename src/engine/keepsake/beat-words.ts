import { ENVIRONMENT } from '../../scene/beat.ts';
import type { KeepsakeBeat } from './keepsake.ts';

/** To people the Environment is the Narrator. */
export function speakerName({ speaker }: Pick<KeepsakeBeat, 'speaker'>): string {
  return speaker && speaker.id !== ENVIRONMENT.id ? speaker.name : 'Narrator';
}

/** What a stage direction says: of a coming or going, where nobody told of it, that it happened. */
export function directionWords(beat: Pick<KeepsakeBeat, 'kind' | 'speaker' | 'segments'>): string {
  const told = beat.segments.map(({ text }) => text).join(' ');
  if (told) return told;
  if (beat.kind === 'entrance') return `${speakerName(beat)} comes in.`;
  return beat.kind === 'exit' ? `${speakerName(beat)} leaves.` : '';
}

/** `26 November 2026`: the day of a moment, the same on every machine. */
export function dayWords(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

/** After so long a silence people have come back on another day. */
const PAUSE_MS = 6 * 3_600_000;

export type KeepsakePart =
  | { readonly type: 'beat'; readonly beat: KeepsakeBeat }
  /** What follows happens in this room; absent: in the main place again. */
  | { readonly type: 'place'; readonly place: string | undefined }
  | { readonly type: 'day'; readonly at: number };

/** The beats in order, with a heading wherever the place or the day of playing changes. */
export function partsOf(beats: readonly KeepsakeBeat[]): readonly KeepsakePart[] {
  const parts: KeepsakePart[] = [];
  let before: KeepsakeBeat | undefined;
  for (const beat of beats) {
    const { at, place } = beat;
    if (before && at - before.at > PAUSE_MS && dayWords(at) !== dayWords(before.at)) {
      parts.push({ type: 'day', at });
    }
    if (place !== before?.place) parts.push({ type: 'place', place });
    parts.push({ type: 'beat', beat });
    before = beat;
  }
  return parts;
}
