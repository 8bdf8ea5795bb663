import { z } from 'zod';
import { PlayerError } from '../../errors.ts';
import type { Beat } from '../../scene/beat.ts';
import { replayForStage } from '../../scene/stage-replay.ts';
import { GREETING_CUE } from '../../scene/talk.ts';
import { activeBeats } from '../../scene/timeline.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import { type EngineRoom, nowBefore, saveRecord } from '../engine-room.ts';
import { stopGathering } from '../gather.ts';
import { bringHome } from '../ledger/rooms.ts';
import { append, foldAnew, type LiveScene } from '../live-scene.ts';
import { erased } from '../rewrite.ts';
import { deliveryKey } from '../show-beat.ts';
import type { Delivery } from '../stage.ts';
import { cancel } from '../turn/turn-loop.ts';

/**
 * The scene goes on from where it stood after beat `n`. All that is derived is folded anew from what
 * the story is then; what came since stays in the log and counts no more. Returns how many beats
 * that people could see were left behind.
 * @throws PlayerError where `n` is not part of the story
 */
export async function rewindTo(
  room: EngineRoom,
  live: LiveScene,
  n: number,
  erase: boolean,
): Promise<number> {
  const story = await storyOf(live, room.options.store);
  const to = endOf(story, n);
  if (to === undefined) throw new PlayerError('That is not part of the story any more.');
  return goBack(room, live, story, to, erase);
}

/** Back to the opening; with `erase` what was said since is gone from storage, too. */
export async function restart(room: EngineRoom, live: LiveScene, erase: boolean): Promise<void> {
  const { store } = room.options;
  const { log } = live.record;
  const story = await storyOf(live, store);
  const first = story.findIndex((beat) => !opens(beat));
  const to = first < 0 ? (story.at(-1)?.n ?? 0) : (story[first - 1]?.n ?? 0);
  await goBack(room, live, story, to, erase);
  if (!erase) return;
  await room.choices.erase({ log, after: to });
  for await (const beat of store.read(log, to + 1)) {
    // An edit of what stands is how it reads now.
    const keeps = beat.kind === 'rewind' || (beat.kind === 'amend' && beat.of <= to);
    if (!keeps) await store.rewrite(log, erased(beat));
  }
}

/** The last beat that belongs to the moment of beat `n`: its swipes and the choice among them. */
export function endOf(story: readonly Beat[], n: number): number | undefined {
  const at = story.findIndex((beat) => beat.n === n);
  if (at < 0) return undefined;
  let end = at;
  while (belongsTo(story[end + 1], n)) end += 1;
  return story[end]?.n;
}

/** The beats of the story as it is now, in order. */
async function storyOf({ record }: LiveScene, store: SceneStore): Promise<Beat[]> {
  return activeBeats(await Array.fromAsync(store.read(record.log)));
}

async function goBack(
  room: EngineRoom,
  live: LiveScene,
  story: readonly Beat[],
  to: number,
  erase: boolean,
): Promise<number> {
  const { store } = room.options;
  const behind = story.filter((beat) => beat.n > to);
  cancel(room, live);
  stopGathering(live);
  await append(live, store, { ...nowBefore(room, live, []), kind: 'rewind', to });
  await foldAnew(live, store);
  live.failed = undefined;
  live.interruptions = 0;
  live.unshown = live.unshown?.filter(({ beat }) => beat.n <= to);
  // Somebody may have been in a room that is gone by now.
  await bringHome(room, live);
  await saveRecord(room, live, { restedAt: live.state.beats });
  const stage = room.stage(live.record);
  const left = await deliveriesOf(live, store, behind);
  try {
    await stage?.rewound(live.record, to, left, erase, room.closing);
  } catch (error) {
    if (room.closing.aborted) throw error;
    // The surface could not say so; the story went back all the same.
    room.log.warn('rewind-not-shown', { scene: live.record.id });
  }
  stage?.changed(live.record);
  return replayForStage(behind).length;
}

const deliverySchema = z.object({ messages: z.array(z.string()) });

/** Where those beats stand on the surface, newest first. */
async function deliveriesOf(
  { record }: LiveScene,
  store: SceneStore,
  beats: readonly Beat[],
): Promise<Delivery[]> {
  const found: Delivery[] = [];
  for (const beat of beats.toReversed()) {
    const stored = deliverySchema.safeParse(await store.get('delivery', deliveryKey(record.log, beat.n)));
    if (stored.success && stored.data.messages.length > 0) found.push(stored.data);
    else if (beat.source !== undefined) found.push({ messages: [beat.source] });
  }
  return found;
}

function belongsTo(beat: Beat | undefined, n: number): boolean {
  if (beat?.kind === 'line') return beat.alternativeTo === n;
  return (beat?.kind === 'choose' || beat?.kind === 'amend') && beat.of === n;
}

function opens(beat: Beat): boolean {
  if (beat.kind === 'setting') return true;
  if (beat.kind === 'entrance') return beat.quiet ?? false;
  return beat.kind === 'line' && beat.cue === GREETING_CUE;
}
