import type { VisibleSegment } from '../format/segments.ts';
import type { Beat } from './beat.ts';
import { type StageBeat, toStageBeat } from './stage-beat.ts';

/**
 * What the room would see of a log if it were played again: in order, as amended and chosen,
 * without what was taken back and without swipes that do not count.
 */
export function replayForStage(beats: Iterable<Beat>): StageBeat[] {
  const shown = new Map<number, StageBeat>();
  const alternatives = new Map<number, StageBeat>();
  const originals = new Map<number, StageBeat>();
  for (const beat of beats) {
    switch (beat.kind) {
      case 'amend':
        reword(shown, beat.of, beat.segments);
        reword(alternatives, beat.of, beat.segments);
        break;
      case 'retract':
        shown.delete(beat.of);
        alternatives.delete(beat.of);
        break;
      case 'choose': {
        const before = shown.get(beat.of);
        if (!before) break;
        if (!originals.has(beat.of)) originals.set(beat.of, before);
        const picked = beat.pick === beat.of ? originals.get(beat.of) : alternatives.get(beat.pick);
        if (picked) shown.set(beat.of, { ...before, segments: picked.segments });
        break;
      }
      default: {
        const stageBeat = toStageBeat(beat);
        if (stageBeat) (stageBeat.alternativeTo === undefined ? shown : alternatives).set(beat.n, stageBeat);
      }
    }
  }
  return [...shown.values()];
}

function reword(beats: Map<number, StageBeat>, n: number, segments: readonly VisibleSegment[]): void {
  const beat = beats.get(n);
  if (beat) beats.set(n, { ...beat, segments });
}
