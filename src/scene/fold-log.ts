import type { Beat } from './beat.ts';
import { createMinds, type Minds } from './minds.ts';
import { applyBeat, emptyScene, passOver, type SceneState } from './scene-state.ts';
import { createTimeline } from './timeline.ts';

/**
 * What is true of a scene after a log, and what everyone in it perceived: a fold of the beats that
 * belong to the story now. Any next beat but a rewind may be added to the outcome (`applyBeat`,
 * `minds.add`); after a rewind the log is folded anew, which is what gives everyone's mind back.
 */
export function foldLog(beats: readonly Beat[]): { state: SceneState; minds: Minds } {
  const timeline = createTimeline();
  for (const beat of beats) timeline.add(beat);
  const state = emptyScene();
  const minds = createMinds();
  for (const beat of beats) {
    if (timeline.counts(beat)) {
      applyBeat(state, beat);
      minds.add(beat);
    } else {
      passOver(state, beat);
    }
  }
  return { state, minds };
}
