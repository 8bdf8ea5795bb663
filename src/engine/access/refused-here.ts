import type { PlaceId } from '../../scene/beat.ts';
import type { Text } from '../../words/text.ts';
import { type EngineRoom, inPlace, tell } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import type { Player } from '../player.ts';

/**
 * Why somebody may not play in a scene, undefined where they may. They are told of it the first time;
 * where everyone reads that, they are not told why a moderator blocked them.
 */
export async function refusedHere(
  room: EngineRoom,
  live: LiveScene,
  player: Player,
  place: PlaceId,
): Promise<Text | undefined> {
  const { record } = live;
  const { refusal } = await room.access.standing({ ...record, scene: record.id }, player);
  if (refusal === undefined) return undefined;
  const told = `${player.id} ${JSON.stringify(refusal)}`;
  if (!live.refused.has(told)) {
    live.refused.add(told);
    await tell(room, live, { kind: 'limit', text: refusal, only: player.id, ...inPlace(place) });
  }
  return refusal;
}
