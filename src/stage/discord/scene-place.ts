import type { SceneRecord } from '../../engine/scene-record.ts';

const PREFIX = 'discord:';

/** The scene that a channel or thread hosts, or would host. */
export function sceneIdOf(channelId: string): string {
  return PREFIX + channelId;
}

/** The channel or thread that a scene of this stage plays in. */
export function channelOf(scene: Pick<SceneRecord, 'id'>): string {
  return scene.id.slice(PREFIX.length);
}

/** Where webhooks live: a thread has none of its own, its parent's serves it. */
export function webhookChannelOf(scene: Pick<SceneRecord, 'id' | 'parent'>): string {
  return scene.parent ?? channelOf(scene);
}
