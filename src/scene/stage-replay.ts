import type { Beat } from './beat.ts';
import { createPlaces } from './places.ts';
import { type StageBeat, toStageBeat } from './stage-beat.ts';

/**
 * What the room would see of a log if it were played again: in order, as amended and chosen,
 * without what was taken back and without swipes that do not count.
 */
export function replayForStage(beats: Iterable<Beat>): StageBeat[] {
  const places = createPlaces<StageBeat>();
  for (const beat of beats) {
    switch (beat.kind) {
      case 'amend':
        places.amend(beat.of, (shown) => ({ ...shown, segments: beat.segments }));
        break;
      case 'retract':
        places.retract(beat.of);
        break;
      case 'choose':
        places.choose(beat);
        break;
      default: {
        const shown = toStageBeat(beat);
        if (!shown) break;
        const { alternativeTo, ...entry } = shown;
        places.add(entry, alternativeTo);
      }
    }
  }
  return [...places.entries];
}
