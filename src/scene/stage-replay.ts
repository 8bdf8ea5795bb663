import type { Beat } from './beat.ts';
import { createPlaces } from './places.ts';
import { type StageBeat, toStageBeat } from './stage-beat.ts';
import { activeBeats } from './timeline.ts';

/**
 * What the room would see of a log if it were played again: in order, as amended and chosen,
 * without what was taken back, left behind by a rewind, and without swipes that do not count.
 */
export function replayForStage(log: readonly Beat[]): StageBeat[] {
  const places = createPlaces<StageBeat>();
  for (const beat of activeBeats(log)) {
    switch (beat.kind) {
      case 'amend':
        places.amend(beat.of, (shown) => ({ ...shown, segments: beat.segments }));
        break;
      case 'retract':
      case 'undo':
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
