import { z } from 'zod';
import { withoutTags } from '../../format/last-gate.ts';
import { type Segment, visibleSegments } from '../../format/segments.ts';
import { type ActorId, type Beat, type BeatOf, isPlayerId } from '../../scene/beat.ts';
import { type StageBeat, toStageBeat } from '../../scene/stage-beat.ts';
import { activeBeats } from '../../scene/timeline.ts';
import { type EngineRoom, nowBefore } from '../engine-room.ts';
import { append, type LiveScene } from '../live-scene.ts';
import { deliveryKey, LOOK_BACK } from '../show-beat.ts';
import type { MadeTurn } from '../turn/made-turn.ts';
import { readBeat } from './read-beat.ts';

const deliverySchema = z.object({ messages: z.array(z.string()) });

/**
 * Another version of a line, and the choice of it: whoever witnessed the first witnesses this one in
 * its place. Returns its beat.
 */
export async function standInstead(
  room: EngineRoom,
  live: LiveScene,
  of: number,
  { turn, made }: MadeTurn,
  addressed: readonly ActorId[],
): Promise<number> {
  const first = await readBeat(room.options.store, live.record.log, of);
  if (first?.kind !== 'line') throw new Error(`beat ${of} is no line`);
  return putInstead(room, live, first, turn.segments, {
    // Why they spoke is no other reason for being said otherwise.
    made: { ...made, why: first.made?.why ?? made.why },
    ...(addressed.length > 0 ? { addressed: [...addressed] } : {}),
  });
}

/** What is told of a version beside its words. */
type Facts = Partial<Pick<BeatOf<'line'>, 'made' | 'addressed' | 'cue'>>;

/** The same of a line that is known, with these words; returns the new version's beat. */
export async function putInstead(
  room: EngineRoom,
  live: LiveScene,
  first: BeatOf<'line'>,
  segments: readonly Segment[],
  facts: Facts,
): Promise<number> {
  const beat = await putBeside(room, live, first, segments, facts);
  await choose(room, live, first, beat.n);
  return beat.n;
}

/**
 * Another version of a line, which waits to be chosen.
 * @throws StoreError where it was not written; nothing has happened then
 */
export async function putBeside(
  room: EngineRoom,
  live: LiveScene,
  first: BeatOf<'line'>,
  segments: readonly Segment[],
  facts: Facts,
): Promise<Beat> {
  const { witnesses, seen, place, speaker } = first;
  return append(live, room.options.store, {
    ...nowBefore(room, live, witnesses),
    ...(seen ? { seen } : {}),
    ...(place === undefined ? {} : { place }),
    ...facts,
    kind: 'line',
    speaker,
    turn: `${first.turn}/${live.state.beats + 1}`,
    segments: [...segments],
    alternativeTo: first.n,
  });
}

/** Of a line and its versions, this one counts from now on, on the surface too. */
export async function choose(
  room: EngineRoom,
  live: LiveScene,
  first: BeatOf<'line'>,
  pick: number,
): Promise<void> {
  await append(live, room.options.store, {
    ...nowBefore(room, live, first.witnesses),
    ...(first.place === undefined ? {} : { place: first.place }),
    kind: 'choose',
    of: first.n,
    pick,
  });
  await showStanding(room, live, first.n);
}

/** What stands in the place of beat `n` now is what the surface shows there. */
export async function showStanding(room: EngineRoom, live: LiveScene, n: number): Promise<void> {
  await updateShown(room, live, n, await standingBeat(room, live, n));
}

/** After a restart: what was edited, undone or taken back of late may never have been shown so. */
export async function showChanges(room: EngineRoom, live: LiveScene): Promise<void> {
  const from = Math.max(1, live.state.beats - LOOK_BACK + 1);
  const changed = new Set<number>();
  for (const beat of activeBeats(await Array.fromAsync(room.options.store.read(live.record.log, from)))) {
    if (beat.kind === 'amend' || beat.kind === 'undo' || beat.kind === 'retract') changed.add(beat.of);
  }
  for (const n of changed) await showStanding(room, live, n);
}

/** A shown beat reads differently, or is gone. */
export async function updateShown(
  room: EngineRoom,
  { record }: LiveScene,
  n: number,
  beat: StageBeat | undefined,
): Promise<void> {
  const stage = room.stage(record);
  // A scene that gave its place to another has no surface any more.
  if (!stage || record.id === record.log) return;
  const stored = deliverySchema.safeParse(
    await room.options.store.get('delivery', deliveryKey(record.log, n)),
  );
  if (stage.durable && !stored.success) return;
  await stage.update(record, n, stored.data ?? { messages: [] }, beat, room.closing);
}

async function standingBeat(room: EngineRoom, live: LiveScene, n: number): Promise<StageBeat | undefined> {
  const entry = live.minds.openly(n);
  const first = await readBeat(room.options.store, live.record.log, n);
  const shown = first && toStageBeat(first);
  if (!entry || !shown) return undefined;
  const byPlayer = isPlayerId(entry.speaker?.id ?? '');
  const visible = visibleSegments(entry.segments);
  const segments = byPlayer ? visible : withoutTags(visible);
  return { ...shown, segments };
}
