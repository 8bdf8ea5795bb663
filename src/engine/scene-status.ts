import { PlayerError } from '../errors.ts';
import { type EngineRoom, saveRecord, showOrPause } from './engine-room.ts';
import type { LiveScene } from './live-scene.ts';
import type { SceneRecord } from './scene-record.ts';
import { showUnshown } from './show-beat.ts';
import { StageError } from './stage.ts';
import { advance, cancel } from './turn/turn-loop.ts';

/** Whether a scene plays: paused, continued, ended, taken up again after a restart. In its mailbox. */

/** What is being made is broken off, and the scene does not go on by itself after a restart. */
export async function halt(
  room: EngineRoom,
  live: LiveScene,
  status: Exclude<SceneRecord['status'], 'playing'>,
): Promise<void> {
  cancel(room, live);
  await saveRecord(room, live, { status, restedAt: live.state.beats });
  room.stage(live.record)?.changed(live.record);
}

/** After a restart: shows what was recorded and not shown, then goes on where a turn is due. */
export async function takeUp(room: EngineRoom, live: LiveScene): Promise<void> {
  const stage = room.stage(live.record);
  if (!stage || live.record.status === 'ended') return;
  await showOrPause(room, live);
  stage.changed(live.record);
  if (live.record.restedAt < live.state.stirredAt) advance(room, live);
}

/** @throws PlayerError where it is not paused, or its surface still cannot take what is to be shown */
export async function goOn(
  room: EngineRoom,
  live: LiveScene,
  halted: (server: string) => Promise<boolean>,
): Promise<void> {
  const { record } = live;
  if (record.status !== 'paused') throw new PlayerError('This scene is not paused.');
  if (record.server !== undefined && (await halted(record.server))) {
    throw new PlayerError(
      'Scenes in this server were halted. The operator of this bot can lift that: /dramatis approve.',
    );
  }
  const stage = room.stage(record);
  try {
    if (stage) await showUnshown(live, stage, room.options.store, room.closing);
  } catch (error) {
    if (error instanceof StageError) throw new PlayerError(`It cannot go on yet: ${error.message}`);
    throw error;
  }
  // A turn is due at once, also after a restart that comes before it.
  await saveRecord(room, live, { status: 'playing', restedAt: 0 });
  stage?.changed(live.record);
  advance(room, live);
}
