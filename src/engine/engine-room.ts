import type { Log } from '../log.ts';
import type { Beat, NewBeat } from '../scene/beat.ts';
import type { DraftReport, Limits, Models } from './engine-api.ts';
import type { Clock, EngineOptions } from './engine-options.ts';
import { append, type LiveScene } from './live-scene.ts';
import type { Mailbox } from './mailbox.ts';
import type { SceneRecord } from './scene-record.ts';
import { showBeat } from './show-beat.ts';
import type { Stage } from './stage.ts';

/** What the parts of the engine share; made once by `createEngine`. */
export type EngineRoom = {
  readonly options: EngineOptions;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
  /** Counters are read and written one at a time, whatever scene counts. */
  readonly counting: Mailbox;
  /** Ends when the engine closes. */
  readonly closing: AbortSignal;
  models(): Models;
  stage(record: SceneRecord): Stage | undefined;
  report(draft: DraftReport): void;
};

/** Fields that every beat has, for a beat that happens now before these witnesses. */
export function nowBefore(
  room: EngineRoom,
  live: LiveScene,
  witnesses: readonly string[],
): { at: number; origin: SceneRecord['origin']; witnesses: string[] } {
  return { at: room.clock.now(), origin: live.record.origin, witnesses: [...witnesses] };
}

/**
 * Records a beat and then shows it; never the other way round. Where the surface cannot take it,
 * the scene pauses with its log intact, and goes on from there when someone continues it.
 */
export async function recordAndShow(room: EngineRoom, live: LiveScene, beat: NewBeat): Promise<Beat> {
  const recorded = await append(live, room.options.store, beat);
  const stage = room.stage(live.record);
  if (!stage) return recorded;
  const refused = await showBeat(live, recorded, stage, room.options.store, room.closing);
  if (refused) {
    room.log.warn('beat-refused', { scene: live.record.id, beat: recorded.n, reason: refused.reason });
    await saveRecord(room, live, { status: 'paused' });
    stage.changed(live.record);
  }
  return recorded;
}

/** Changes what is known of a scene outside its log. */
export async function saveRecord(
  room: EngineRoom,
  live: LiveScene,
  change: Partial<SceneRecord>,
): Promise<void> {
  live.record = { ...live.record, ...change };
  await room.options.store.put('scene', live.record.id, live.record);
}
