import type { Beat, BeatKind, BeatOf, PlaceId } from '../../../../src/scene/beat.ts';

/**
 * The rules of a scene, slow and obvious: each question is answered by going through the whole
 * story again. Nothing here is shared with the rooms that are tested, but the shapes.
 */

/** The beats that make up the story now: a rewind throws away what came after its target. */
export function storyOf(log: readonly Beat[]): Beat[] {
  let story: Beat[] = [];
  for (const beat of log) {
    if (beat.kind === 'rewind') story = story.filter((one) => one.n <= beat.to);
    else story.push(beat);
  }
  const inStory = new Set(story.map((one) => one.n));
  // Words that were edited away or deleted are gone, whatever became of the edit.
  return log.filter(
    (beat) => inStory.has(beat.n) || (isKind(beat, 'amend', 'retract') && inStory.has(beat.of)),
  );
}

export function isKind<K extends BeatKind>(beat: Beat, ...kinds: readonly K[]): beat is BeatOf<K> {
  return kinds.some((kind) => kind === beat.kind);
}

export function placeOf(beat: Beat): PlaceId {
  return beat.place ?? 'main';
}

/** The beat in whose place this one stands: itself, or the line it is a swipe of. */
export function standsFor(beat: Beat): number {
  return beat.kind === 'line' ? (beat.alternativeTo ?? beat.n) : beat.n;
}

/** Said or told by someone, in its own place in the story. */
export function isSpoken(beat: Beat): beat is BeatOf<'line' | 'whisper' | 'narration'> {
  return isKind(beat, 'line', 'whisper', 'narration') && standsFor(beat) === beat.n;
}

/** Somebody's turn; a card's greeting is none. */
export function isTurn(beat: Beat): beat is BeatOf<'line' | 'whisper'> {
  return isSpoken(beat) && beat.kind !== 'narration' && beat.cue !== 'greeting';
}

export function isBy(beat: BeatOf<'line' | 'whisper' | 'narration'>, who: 'character' | 'player'): boolean {
  return beat.speaker.id.startsWith(`${who}:`);
}
