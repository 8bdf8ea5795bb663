import type { ThoughtSegment } from '../format/segments.ts';
import { characterActorId } from '../scene/beat.ts';
import type { SceneStore } from '../store/scene-store.ts';
import type { Backstage, DraftReport } from './engine-api.ts';
import type { LiveScene } from './live-scene.ts';
import type { SceneId } from './scene-record.ts';

/** The hidden layers, read from the log and the views; see `Backstage` for who may be handed it. */
export function createBackstage(
  within: <T>(id: SceneId, task: (live: LiveScene) => Promise<T>) => Promise<T>,
  store: SceneStore,
  listeners: Set<(draft: DraftReport) => void>,
): Backstage {
  return {
    async thoughts(id, n) {
      return within(id, async (live) => {
        for await (const beat of store.read(live.record.log, n)) {
          if (beat.n !== n || (beat.kind !== 'line' && beat.kind !== 'whisper')) return [];
          return beat.segments.filter((segment): segment is ThoughtSegment => segment.kind === 'thought');
        }
        return [];
      });
    },
    async mind(id, cardId) {
      return within(id, async (live) => [
        ...(live.views.characters.get(characterActorId(cardId))?.entries ?? []),
      ]);
    },
    onDraft(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
