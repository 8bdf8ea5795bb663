import { PlayerError } from '../errors.ts';
import type { Why } from './engine-api.ts';
import type { EngineRoom } from './engine-room.ts';
import type { LiveScene } from './live-scene.ts';
import { loreBehind } from './lore/lore-behind.ts';
import { readBeat } from './past/read-beat.ts';
import { rules } from './peek.ts';
import type { Asker } from './player.ts';

/** How the version that stands of beat `n` was made, and by what lore. @throws PlayerError who may know */
export async function whyOf(
  room: EngineRoom,
  live: LiveScene,
  n: number,
  by: Asker,
): Promise<Why | undefined> {
  if (!rules(live, by)) throw new PlayerError('Only the scene’s owner or a moderator may ask that.');
  const beat = await readBeat(room.options.store, live.record.log, live.state.standing.get(n) ?? n);
  if (!beat || !('made' in beat) || !beat.made) return undefined;
  return { ...beat.made, ...(await loreBehind(room, live, beat, by)) };
}
