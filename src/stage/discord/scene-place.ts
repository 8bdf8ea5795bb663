import type { SceneRecord } from '../../engine/scene-record.ts';
import { MAIN_PLACE, type PlaceId } from '../../scene/beat.ts';

const PREFIX = 'discord:';

/** The scene that a channel or thread hosts, or would host; of a room, the place's id. */
export function sceneIdOf(channelId: string): string {
  return PREFIX + channelId;
}

/** The channel or thread that a place of a scene is: a room's thread, or else where the scene itself plays. */
export function channelOf(scene: Pick<SceneRecord, 'id'>, place: PlaceId = MAIN_PLACE): string {
  return (place === MAIN_PLACE ? scene.id : place).slice(PREFIX.length);
}

/** The same of a scene that is over and may have lost its place to the next one: its log is still named after it. */
export function firstChannelOf({ log }: Pick<SceneRecord, 'log'>): string {
  return log.slice(PREFIX.length).replace(/#\d+$/u, '');
}

/** The places of a scene, the main one first. */
export function placesOf({ rooms }: Pick<SceneRecord, 'rooms'>): PlaceId[] {
  return [MAIN_PLACE, ...rooms.map(({ id }) => id)];
}

/** Where webhooks live: a thread has none of its own, its parent's serves it, and a room is a thread of the same. */
export function webhookChannelOf(scene: Pick<SceneRecord, 'id' | 'parent'>): string {
  return scene.parent ?? channelOf(scene);
}
