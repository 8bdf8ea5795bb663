import { PlayerError } from '../errors.ts';
import { say } from '../words/text.ts';
import { type EngineRoom, saveRecord, showOrPause } from './engine-room.ts';
import { atRest, type LiveScene } from './live-scene.ts';
import { keepScene } from './memory/server-memory.ts';
import { showChanges, showStanding } from './past/stand-instead.ts';
import type { Registry } from './registry.ts';
import type { SceneId, SceneRecord } from './scene-record.ts';
import { showUnshown } from './show-beat.ts';
import { StageError } from './stage.ts';
import { handOverLate } from './turn/hand-over.ts';
import { advance, cancel } from './turn/turn-loop.ts';

/** Whether a scene plays: paused, continued, ended, taken up again after a restart. In its mailbox. */

/** What is being made is broken off, and the scene does not go on by itself after a restart. */
export async function halt(
  room: EngineRoom,
  live: LiveScene,
  status: Exclude<SceneRecord['status'], 'playing'>,
): Promise<void> {
  cancel(room, live);
  if (status === 'ended') await keepScene(room, live);
  await saveRecord(room, live, { status, ...atRest(live) });
  room.stage(live.record)?.changed(live.record);
}

/**
 * What is being made in a server's scenes stops at once; then each of them is paused, whatever
 * becomes of the others. Returns how many played.
 * @throws what kept the first of them from being paused
 */
export async function haltServer(room: EngineRoom, registry: Registry, server: string): Promise<number> {
  const here = new Set<SceneId>();
  for (const live of registry.live()) {
    if (live.record.server !== server) continue;
    cancel(room, live);
    here.add(live.record.id);
  }
  for await (const record of registry.records()) {
    if (record.server === server && record.status === 'playing') here.add(record.id);
  }
  let halted = 0;
  const halting = [...here].map(async (id) => {
    const live = await registry.open(id);
    await live?.mailbox.post(async () => {
      if (live.record.status !== 'playing') return;
      await halt(room, live, 'paused');
      halted += 1;
    });
  });
  const failed = (await Promise.allSettled(halting)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return halted;
}

/** After a restart: shows what was recorded and not shown, then goes on where a turn is due. */
export async function takeUp(room: EngineRoom, live: LiveScene): Promise<void> {
  const stage = room.stage(live.record);
  if (!stage || live.record.status === 'ended') return;
  await showOrPause(room, live);
  // A swipe may have been chosen and not shown.
  for (const { turn } of live.state.talks.values()) {
    if (turn && turn.versions.size > 1) await showStanding(room, live, turn.n);
  }
  await showChanges(room, live);
  await handOverLate(room, live);
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
    if (error instanceof StageError)
      throw new PlayerError(say('It cannot go on yet: {{message}}', { message: error.said }));
    throw error;
  }
  // A turn is due at once, also after a restart that comes before it.
  await saveRecord(room, live, { status: 'playing', restedAt: 0 });
  live.activeAt = room.clock.now();
  stage?.changed(live.record);
  advance(room, live);
}
