import type { LiveScene } from './live-scene.ts';
import type { SceneId } from './scene-record.ts';

/** How the engine's parts reach a scene: in its mailbox, one thing at a time. */
export type Within = {
  /** @throws PlayerError where the place hosts no scene */
  within<T>(id: SceneId, task: (live: LiveScene) => Promise<T> | T): Promise<T>;
  /** The same, for what is asked of a scene that plays. */
  playing<T>(id: SceneId, task: (live: LiveScene) => Promise<T> | T): Promise<T>;
};
