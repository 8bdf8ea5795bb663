import { isDeepStrictEqual } from 'node:util';
import { type VisibleSegment, visibleSegments } from '../format/segments.ts';
import { type Beat, type BeatOf, isPlayerId, MAIN_PLACE } from '../scene/beat.ts';
import type { SceneStore } from '../store/scene-store.ts';
import { beatOfMessage, whereMessageIs } from './beat-of-message.ts';
import { type EngineRoom, inPlace, nowBefore } from './engine-room.ts';
import { append, type LiveScene } from './live-scene.ts';
import { eraseKept } from './memory/server-memory.ts';
import { readBeat } from './past/read-beat.ts';
import { updateShown } from './past/stand-instead.ts';
import { LOOK_BACK } from './show-beat.ts';
import { advance, breakIn } from './turn/turn-loop.ts';

/**
 * Edits and deletions on a surface are beats too, so that everything derived follows the log. The
 * words that are gone are erased where they were stored, and a turn that is being made with them in
 * view is made anew.
 */
/**
 * A player edited what they said: the beat reads differently from now on. Unknown sources are
 * ignored, and edits that change no word (a link got its preview).
 */
export async function rewordBeat(
  room: EngineRoom,
  live: LiveScene,
  source: string,
  segments: readonly VisibleSegment[],
): Promise<void> {
  const beat = await beatOf(room, live, source);
  if (!beat || (beat.kind !== 'line' && beat.kind !== 'whisper') || !isPlayerId(beat.speaker.id)) return;
  if (segments.length === 0) return takeBack(room, live, source);
  await reword(room, live, beat, segments);
}

/** A line reads differently from now on; what its speaker thought stays. */
export async function reword(
  room: EngineRoom,
  live: LiveScene,
  beat: BeatOf<'line'> | BeatOf<'whisper'>,
  segments: readonly VisibleSegment[],
): Promise<void> {
  if (isErased(beat) || isDeepStrictEqual(visibleSegments(beat.segments), segments)) return;
  await change(room, live, {
    ...nowBefore(room, live, beat.witnesses),
    ...inPlace(beat.place ?? MAIN_PLACE),
    kind: 'amend',
    of: beat.n,
    segments: [...segments],
  });
}

/** A message was deleted: its beat is gone for everybody, and so are the words in storage. */
export async function takeBack(room: EngineRoom, live: LiveScene, source: string): Promise<void> {
  const { store } = room.options;
  const n = await beatOfMessage(live, store, source);
  if (n !== undefined) return retractBeat(room, live, n);
  // A scene that was over before this one began here: its words are erased all the same.
  const earlier = await whereMessageIs(store, source);
  if (!earlier || earlier.log === live.record.log) return;
  await room.inBranch({ scene: earlier.log, log: earlier.log }, (other) =>
    retractBeat(room, other, earlier.n),
  );
}

/** A beat and its swipes are gone, here and in every branch that holds them. */
export async function retractBeat(room: EngineRoom, live: LiveScene, n: number): Promise<void> {
  const { store } = room.options;
  const beat = await readBeat(store, live.record.log, n);
  if (!beat || isErased(beat)) return;
  await change(room, live, {
    ...nowBefore(room, live, beat.witnesses),
    ...inPlace(beat.place ?? MAIN_PLACE),
    kind: 'retract',
    of: beat.n,
  });
  // A part of it may stand on the surface while the rest waits to be shown.
  live.unshown = live.unshown?.filter((unshown) => unshown.beat.n !== beat.n);
  await updateShown(room, live, beat.n, undefined);
  for (const branch of live.record.branches)
    await room.inBranch(branch, (other) => retractCopy(room, other, n));
}

/** The copy of a beat in a branch; a branch that began before it has none. */
async function retractCopy(room: EngineRoom, branch: LiveScene, n: number): Promise<void> {
  if ((branch.record.branchOf?.n ?? 0) >= n) await retractBeat(room, branch, n);
}

/** After a process ended between a change and the erasing: erases what is still to be erased. */
export async function finishErasing(live: LiveScene, store: SceneStore): Promise<void> {
  const last = new Map<number, Change>();
  for await (const beat of store.read(live.record.log, Math.max(1, live.state.beats - LOOK_BACK + 1))) {
    if (beat.kind === 'amend' || beat.kind === 'retract') last.set(beat.of, beat);
  }
  for (const change of last.values()) await eraseBefore(change, live, store);
}

type Change = BeatOf<'amend'> | BeatOf<'retract'>;

async function change(
  room: EngineRoom,
  live: LiveScene,
  beat: Omit<BeatOf<'amend'>, 'n'> | Omit<BeatOf<'retract'>, 'n'>,
): Promise<void> {
  const { store } = room.options;
  // First, so that a process that ends in between leaves nothing of it elsewhere.
  await eraseKept(room, live, beat.of);
  const recorded = await append(live, store, beat);
  const broken = breakIn(room, live);
  if (broken) advance(room, live, broken.called);
  if (recorded.kind === 'amend' || recorded.kind === 'retract') await eraseBefore(recorded, live, store);
}

/** Writes over what a change made void: the words of its beat and those of earlier edits. */
async function eraseBefore(change: Change, live: LiveScene, store: SceneStore): Promise<void> {
  const { log } = live.record;
  const swipes = change.kind === 'retract' ? await swipesOf(store, log, change.of) : [];
  const versions = [change.of, ...swipes];
  const edits = versions.flatMap((n) => live.state.amends.get(n) ?? []);
  for (const n of [...versions, ...edits]) {
    const beat = await readBeat(store, log, n);
    const after = beat && (change.kind === 'retract' ? erased(beat) : reworded(beat, change.segments));
    if (after && !isDeepStrictEqual(after, beat)) await store.rewrite(log, after);
  }
}

// Swipes are of the newest line, so they follow it closely.
const SWIPES_WITHIN = 200;

async function swipesOf(store: SceneStore, log: string, of: number): Promise<number[]> {
  const found: number[] = [];
  for await (const beat of store.read(log, of + 1)) {
    if (beat.n > of + SWIPES_WITHIN) break;
    if (beat.kind === 'line' && beat.alternativeTo === of) found.push(beat.n);
  }
  return found;
}

function reworded(beat: Beat, segments: readonly VisibleSegment[]): Beat {
  if (beat.kind !== 'line' && beat.kind !== 'whisper' && beat.kind !== 'amend') return beat;
  if (beat.kind === 'amend') return { ...beat, segments: [...segments] };
  // Its thoughts are its own, whatever it is made to have said.
  const thoughts = beat.segments.filter(({ kind }) => kind === 'thought');
  return { ...beat, segments: [...thoughts, ...segments] };
}

/** The same beat without a word. */
export function erased(beat: Beat): Beat {
  if ('segments' in beat) return { ...beat, segments: [] };
  return 'text' in beat && beat.text !== undefined ? { ...beat, text: '' } : beat;
}

function isErased(beat: Beat): boolean {
  return 'segments' in beat ? beat.segments.length === 0 : 'text' in beat && beat.text === '';
}

async function beatOf(room: EngineRoom, live: LiveScene, source: string): Promise<Beat | undefined> {
  const { store } = room.options;
  const n = await beatOfMessage(live, store, source);
  return n === undefined ? undefined : readBeat(store, live.record.log, n);
}
