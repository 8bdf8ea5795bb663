import { MAIN_PLACE, type PlaceId } from '../scene/beat.ts';
import type { LiveScene } from './live-scene.ts';
import type { SceneId } from './scene-record.ts';

/** Which place of a scene an id means: one of its rooms, or the main place. */
export function placeIn({ record }: Pick<LiveScene, 'record'>, id: SceneId): PlaceId {
  return record.rooms.some((room) => room.id === id) ? id : MAIN_PLACE;
}

/** What a place is called, for people; also one that is gone. */
export function placeName({ record, state }: Pick<LiveScene, 'record' | 'state'>, place: PlaceId): string {
  const open = record.rooms.find((room) => room.id === place);
  return open?.name ?? state.rooms.get(place) ?? record.title;
}
