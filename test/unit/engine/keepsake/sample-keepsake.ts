import type { Keepsake, KeepsakeBeat } from '../../../../src/engine/keepsake/keepsake.ts';
import { ENVIRONMENT } from '../../../../src/scene/beat.ts';

export const WENNA = { id: 'character:wenna', name: 'Old Wenna' };
export const TOM = { id: 'character:tom', name: 'Tom Reddick' };
export const ADA = { id: 'player:1', name: 'Ada' };

/** 26 November 2025, 19:00 UTC. */
export const EVENING = Date.UTC(2025, 10, 26, 19);

/** A short evening at the harbour, with a room, a day's pause and thoughts. */
export function sampleKeepsake(change: Partial<Keepsake> = {}): Keepsake {
  return {
    title: 'The last boat',
    setting: 'A ferry landing, ten minutes before the last boat.',
    cast: [
      {
        id: WENNA.id,
        name: WENNA.name,
        sheet: 'The ferrywoman. She has buried two husbands and a harbour master.',
      },
      { id: TOM.id, name: TOM.name, sheet: 'Rows for her, and knows every rope by name.' },
    ],
    players: ['Ada'],
    at: EVENING,
    ended: true,
    origin: 'local',
    beats: sampleBeats(),
    thoughts: new Map([[3, ['He has been paid already.']]]),
    ...change,
  };
}

export function sampleBeats(): readonly KeepsakeBeat[] {
  const nextDay = EVENING + 20 * 3_600_000;
  return [
    { n: 1, at: EVENING, kind: 'narration', speaker: ENVIRONMENT, segments: [action('Rain on the planks.')] },
    { n: 2, at: EVENING, kind: 'entrance', speaker: ADA, segments: [] },
    {
      n: 3,
      at: EVENING,
      kind: 'line',
      speaker: WENNA,
      segments: [action('ties a knot'), speech('Late, Tom.')],
    },
    { n: 4, at: EVENING, kind: 'line', speaker: ADA, segments: [speech('Is there a boat tonight?')] },
    { n: 5, at: EVENING, kind: 'line', speaker: TOM, segments: [speech('In here.')], place: 'boat shed' },
    { n: 6, at: nextDay, kind: 'time', segments: [action('The next morning.')] },
    { n: 7, at: nextDay, kind: 'exit', speaker: TOM, segments: [] },
  ];
}

export function action(text: string) {
  return { kind: 'action' as const, text };
}

export function speech(text: string) {
  return { kind: 'speech' as const, text };
}
