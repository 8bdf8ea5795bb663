import { type EngineRoom, saveRecord } from '../engine-room.ts';
import { foldAnew, type LiveScene } from '../live-scene.ts';
import type { Registry } from '../registry.ts';
import type { SceneRecord } from '../scene-record.ts';

/**
 * Does something to a stored scene: in its mailbox where it is in memory, else in storage alone, so
 * that a log of an old scene is never read into memory for it.
 */
export async function inScene<T>(
  registry: Registry,
  record: SceneRecord,
  task: (live: LiveScene | undefined) => Promise<T>,
): Promise<T> {
  // It may be on its way into memory.
  if (!liveOf(registry, record)) await registry.settled();
  const live = liveOf(registry, record);
  return live ? live.mailbox.post(() => task(live)) : task(undefined);
}

export function liveOf(registry: Registry, { id, log }: SceneRecord): LiveScene | undefined {
  const live = registry.known(id);
  return live?.record.log === log ? live : undefined;
}

/** Its log was rewritten: whatever memory holds of it is made from the log again. In its mailbox. */
export async function readAnew(room: EngineRoom, live: LiveScene): Promise<void> {
  await foldAnew(live, room.options.store);
  live.unshown = live.known ? undefined : [];
  live.typing.clear();
  room.traces.forget(live.record.log);
}

/** The record of a scene as it is now, changed in memory and in storage. */
export async function changeRecord(
  room: EngineRoom,
  live: LiveScene | undefined,
  record: SceneRecord,
  change: Partial<SceneRecord>,
): Promise<void> {
  if (live) await saveRecord(room, live, change);
  else await room.options.store.put('scene', record.id, { ...record, ...change });
}

/** The same record as of the place that it stands in on its surface, also where another scene plays there by now. */
export function inItsPlace(record: SceneRecord): SceneRecord {
  return { ...record, id: record.log.replace(/#\d+$/u, '') };
}
