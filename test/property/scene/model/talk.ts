import type { Actor, ActorId, Beat, BeatOf, PlaceId } from '../../../../src/scene/beat.ts';
import { isBy, isKind, isSpoken, isTurn, placeOf } from './story.ts';

export type SlowTalk = {
  turnsSincePlayer: number;
  narrationsSincePlayer: number;
  playerLines: number;
  addressed: ActorId[];
  whispered: [ActorId, Actor][];
  led: boolean;
  lastSpeaker: ActorId | undefined;
  recent: ActorId[];
  stirredAt: number;
  turn: { n: number; speaker: ActorId; versions: number[]; standing: number } | undefined;
};

/** How the talk in a place stands after a story. */
export function talkOf(story: readonly Beat[], place: PlaceId): SlowTalk {
  const spoken = story.filter(isSpoken).filter((beat) => placeOf(beat) === place);
  const ofPlayers = spoken.filter((beat) => beat.kind !== 'narration' && isBy(beat, 'player'));
  const lastOfPlayer = ofPlayers.at(-1);
  const since = spoken.filter(({ n }) => n > (lastOfPlayer?.n ?? 0));
  return {
    turnsSincePlayer: since.filter((beat) => isTurn(beat) && isBy(beat, 'character') && !beat.overtaken)
      .length,
    narrationsSincePlayer: since.filter(({ kind }) => kind === 'narration').length,
    playerLines: ofPlayers.length,
    addressed: calledIn(story, place),
    whispered: whisperedIn(spoken),
    led: lastOfPlayer?.cue !== undefined,
    lastSpeaker: spoken.at(-1)?.speaker.id,
    recent: spoken
      .filter((beat) => isTurn(beat) && isBy(beat, 'character'))
      .map(({ speaker }) => speaker.id)
      .slice(-12),
    stirredAt: story.filter((beat) => placeOf(beat) === place && stirs(story, beat)).at(-1)?.n ?? 0,
    turn: turnOf(story, spoken.at(-1), Number.POSITIVE_INFINITY),
  };
}

/** The cast goes on from it. */
export function stirs(story: readonly Beat[], beat: Beat): boolean {
  if (beat.kind === 'narration') return beat.made !== undefined;
  if (beat.kind === 'entrance') return beat.quiet === true && isOpening(story, beat.n);
  return isTurn(beat);
}

/** Nothing was said or told yet. */
export function isOpening(story: readonly Beat[], n: number): boolean {
  return !story.some((beat) => beat.n < n && isKind(beat, 'line', 'narration', 'whisper'));
}

/** A line of a character with its versions, as they stood before beat `until`; none where it was deleted. */
function turnOf(story: readonly Beat[], line: Beat | undefined, until: number): SlowTalk['turn'] {
  if (line?.kind !== 'line' || !isBy(line, 'character')) return undefined;
  let versions = [line.n];
  let standing = line.n;
  for (const beat of story) {
    if (beat.n >= until) break;
    if (beat.kind === 'line' && beat.alternativeTo === line.n) versions.push(beat.n);
    if (beat.kind === 'choose' && beat.of === line.n && versions.includes(beat.pick)) standing = beat.pick;
    if (beat.kind !== 'retract') continue;
    if (beat.of === line.n) return undefined;
    versions = versions.filter((n) => n !== beat.of);
    if (standing === beat.of) standing = line.n;
  }
  return { n: line.n, speaker: line.speaker.id, versions, standing };
}

/** Who was called in a place and has not answered yet. */
function calledIn(story: readonly Beat[], place: PlaceId): ActorId[] {
  const here = story.filter((beat) => placeOf(beat) === place);
  let called: ActorId[] = [];
  let unanswered = true;
  let decided: BeatOf<'line'> | undefined;
  for (const beat of here) {
    if (isSpoken(beat)) decided = undefined;
    if (beat.kind === 'exit') {
      // A version that was made afterwards may call them again.
      const again = decided && decided.n > beat.n ? (decided.addressed ?? []) : [];
      called = called.filter((id) => id !== beat.actor.id || again.includes(id));
    }
    if (!isTurn(beat)) continue;
    const { addressed = [], speaker } = beat;
    if (isBy(beat, 'player')) {
      if (addressed.length > 0 || !unanswered) called = [...addressed];
      unanswered = true;
    } else if (isBy(beat, 'character')) {
      if (!beat.overtaken) unanswered = false;
      decided = decidingVersion(story, here, beat);
      const { addressed: calls = [] } = decided ?? { addressed };
      const waits = (id: ActorId) => id !== speaker.id || beat.overtaken === true;
      called = [...calls, ...called.filter((id) => waits(id) && !calls.includes(id))];
    }
  }
  return called;
}

/** The version of a line that stood when it was answered, deleted, or now. */
function decidingVersion(
  story: readonly Beat[],
  here: readonly Beat[],
  line: BeatOf<'line' | 'whisper'>,
): BeatOf<'line'> | undefined {
  const answer = here.find((beat) => beat.n > line.n && isSpoken(beat))?.n ?? Number.POSITIVE_INFINITY;
  const deletion =
    story.find((beat) => beat.kind === 'retract' && beat.of === line.n)?.n ?? Number.POSITIVE_INFINITY;
  const turn = turnOf(story, line, Math.min(answer, deletion));
  return story.filter((beat) => beat.kind === 'line').find((beat) => beat.n === (turn?.standing ?? line.n));
}

/** Whom players whispered to that took no turn since. */
function whisperedIn(spoken: readonly BeatOf<'line' | 'whisper' | 'narration'>[]): [ActorId, Actor][] {
  const waiting = new Map<ActorId, Actor>();
  for (const beat of spoken) {
    if (beat.kind === 'whisper' && isBy(beat, 'player') && beat.cue === undefined) {
      for (const { id } of beat.to) if (id.startsWith('character:')) waiting.set(id, beat.speaker);
    }
    if (isTurn(beat) && isBy(beat, 'character') && !beat.overtaken) waiting.delete(beat.speaker.id);
  }
  return [...waiting].sort(([a], [b]) => (a < b ? -1 : 1));
}
