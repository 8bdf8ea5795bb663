import type { VisibleSegment } from '../../format/segments.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import type { HiddenLayers } from './beat-json.ts';
import { harmless, type Ink } from './ink.ts';
import { speakerName } from './speaker-name.ts';
import { verdictLines } from './verdict-text.ts';

/** What a person is told beside a beat. */
export type BeatNotes = {
  readonly hidden?: HiddenLayers | undefined;
  /** The room where it happened; absent in the main place. */
  readonly room?: string | undefined;
  /** For this person's ears alone. */
  readonly whispered?: boolean;
};

/** A beat as a person reads it in a terminal; one paragraph, without the line's end. */
export function beatText(beat: StageBeat, ink: Ink, { hidden, room, whispered }: BeatNotes = {}): string {
  const place = room === undefined ? '' : `${ink.aside(`[${harmless(room)}]`)} `;
  const manner = whispered ? `${ink.aside('(whispering to you)')} ` : '';
  return [...above(hidden, ink), `${place}${manner}${visible(beat, ink)}`].join('\n');
}

function visible(beat: StageBeat, ink: Ink): string {
  const text = segmentsText(beat.segments, ink);
  const name = ink.name(harmless(speakerName(beat)), beat.speaker?.id ?? '');
  switch (beat.kind) {
    case 'line':
      return `${name}: ${text}`;
    case 'narration':
    case 'setting':
    case 'time':
      return text;
    case 'entrance':
      return text === '' ? ink.aside(`→ ${name} is here.`) : `→ ${name}: ${text}`;
    case 'exit':
      return text === '' ? ink.aside(`← ${name} leaves.`) : `← ${name}: ${text}`;
  }
}

function segmentsText(segments: readonly VisibleSegment[], ink: Ink): string {
  return segments
    .map(({ kind, text }) => (kind === 'action' ? ink.action(harmless(text)) : harmless(text)))
    .join(' ');
}

function above(hidden: HiddenLayers | undefined, ink: Ink): readonly string[] {
  if (!hidden) return [];
  return [
    ...(hidden.why ? [ink.aside(`[why] ${harmless(hidden.why)}`)] : []),
    ...(hidden.systemThinking ? [ink.aside(`[system thinking] ${harmless(hidden.systemThinking)}`)] : []),
    ...hidden.thoughts.map((thought) => ink.thought(harmless(thought))),
    ...(hidden.faults.length > 0 ? [ink.aside(`[faults] ${hidden.faults.join(', ')}`)] : []),
    ...(hidden.marks ?? []).map(({ kind, quote, by }) =>
      ink.aside(`[continuity] ${kind}: “${harmless(quote)}” (${harmless(by)})`),
    ),
    ...(hidden.judged ? verdictLines(hidden.judged).map((line) => ink.aside(harmless(line))) : []),
  ];
}
