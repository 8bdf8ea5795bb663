import type { Log } from '../log.ts';
import { DamagedError, type SceneStore } from '../store/scene-store.ts';

/** Stands for a document that cannot be read. It passes no schema, and is not an absent one. */
export const DAMAGED = Symbol('damaged');

/**
 * The same store, whose damaged documents read as `DAMAGED` and are told of: one of them must not close more than
 * what it is about. Damaged beats are errors as before: without them nobody knows what a scene’s people know.
 */
export function readDamaged(store: SceneStore, log: Log): SceneStore {
  const get: SceneStore['get'] = async (kind, id) => {
    try {
      return await store.get(kind, id);
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      log.error('document-damaged', { kind, id, do: 'run dramatis doctor' });
      return DAMAGED;
    }
  };
  // All else is asked of the store as it is at that time.
  return Object.assign(Object.create(store) as SceneStore, { get });
}
