import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { VisibleSegment } from '../format/segments.ts';
import { type Beat, type BeatOf, isPlayerId } from '../scene/beat.ts';
import type { SceneStore } from '../store/scene-store.ts';
import { beatOfMessage } from './beat-of-message.ts';
import { type EngineRoom, nowBefore } from './engine-room.ts';
import { append, type LiveScene } from './live-scene.ts';
import { deliveryKey, LOOK_BACK } from './show-beat.ts';
import { advance, breakIn } from './turn/turn-loop.ts';

/**
 * Edits and deletions on a surface are beats too, so that everything derived follows the log. The
 * words that are gone are erased where they were stored, and a turn that is being made with them in
 * view is made anew.
 */
const deliverySchema = z.object({ messages: z.array(z.string()) });

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
  if (isErased(beat) || isDeepStrictEqual(beat.segments, segments)) return;
  if (segments.length === 0) return takeBack(room, live, source);
  await change(room, live, {
    ...nowBefore(room, live, beat.witnesses),
    kind: 'amend',
    of: beat.n,
    segments: [...segments],
  });
}

/** A message was deleted: its beat is gone for everybody, and so are the words in storage. */
export async function takeBack(room: EngineRoom, live: LiveScene, source: string): Promise<void> {
  const { store } = room.options;
  const { record } = live;
  const beat = await beatOf(room, live, source);
  if (!beat || isErased(beat)) return;
  await change(room, live, { ...nowBefore(room, live, beat.witnesses), kind: 'retract', of: beat.n });
  // A part of it may stand on the surface while the rest waits to be shown.
  live.unshown = live.unshown?.filter((unshown) => unshown.beat.n !== beat.n);
  const stored = deliverySchema.safeParse(await store.get('delivery', deliveryKey(record.log, beat.n)));
  if (stored.success) await room.stage(record)?.update(record, stored.data, undefined, room.closing);
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
  const recorded = await append(live, store, beat);
  const broken = breakIn(room, live);
  if (broken) advance(room, live, broken.called);
  if (recorded.kind === 'amend' || recorded.kind === 'retract') await eraseBefore(recorded, live, store);
}

/** Writes over what a change made void: the words of its beat and those of earlier edits. */
async function eraseBefore(change: Change, live: LiveScene, store: SceneStore): Promise<void> {
  const { log } = live.record;
  for (const n of [change.of, ...(live.state.amends.get(change.of) ?? [])]) {
    const beat = await readBeat(store, log, n);
    const after = beat && (change.kind === 'retract' ? erased(beat) : reworded(beat, change.segments));
    if (after && !isDeepStrictEqual(after, beat)) await store.rewrite(log, after);
  }
}

function reworded(beat: Beat, segments: readonly VisibleSegment[]): Beat {
  if (beat.kind !== 'line' && beat.kind !== 'whisper' && beat.kind !== 'amend') return beat;
  return { ...beat, segments: [...segments] };
}

function erased(beat: Beat): Beat {
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

async function readBeat(store: SceneStore, log: string, n: number): Promise<Beat | undefined> {
  for await (const beat of store.read(log, n)) return beat;
  return undefined;
}
