import { type BeatOf, isCharacterId, isPlayerId, playerActorId } from '../../scene/beat.ts';
import { toWhisperBeat } from '../../scene/stage-beat.ts';
import { activeBeats } from '../../scene/timeline.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { deliveryKey, LOOK_BACK } from '../show-beat.ts';

/**
 * Hands the answer to a whisper to its one hearer, or has them told that it waits. Where the surface
 * is durable that is written down, as of a beat that was shown; it stands in no message of the room.
 */
export async function handOver(room: EngineRoom, live: LiveScene, beat: BeatOf<'whisper'>): Promise<void> {
  const { record } = live;
  const stage = room.stage(record);
  const hearer = beat.to.find(({ id }) => isPlayerId(id));
  if (!stage || !hearer) return;
  try {
    await stage.whisper(record, hearer.id.slice(playerActorId('').length), toWhisperBeat(beat), room.closing);
    if (stage.durable)
      await room.options.store.put('delivery', deliveryKey(record.log, beat.n), { messages: [] });
  } catch (error) {
    if (room.closing.aborted) throw error;
    // It is in the log; the player can ask for it.
    room.log.warn('whisper-unheard', { scene: record.id, beat: beat.n });
  }
}

/** After a restart: answers to whispers that the process before this one did not live to hand over. */
export async function handOverLate(room: EngineRoom, live: LiveScene): Promise<void> {
  if (!room.stage(live.record)?.durable) return;
  const { store } = room.options;
  const { log } = live.record;
  const from = Math.max(1, live.state.beats - LOOK_BACK + 1);
  for (const beat of activeBeats(await Array.fromAsync(store.read(log, from)))) {
    if (beat.kind !== 'whisper' || !isCharacterId(beat.speaker.id) || beat.segments.length === 0) continue;
    if ((await store.get('delivery', deliveryKey(log, beat.n))) === undefined)
      await handOver(room, live, beat);
  }
}
