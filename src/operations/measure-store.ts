import type { SceneStore } from '../store/scene-store.ts';
import type { Metrics } from './metrics.ts';

/** The same store, each of its operations timed, and counted where it failed. */
export function measureStore(store: SceneStore, metrics: Metrics): SceneStore {
  const timed = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    const end = metrics.storeSeconds.startTimer({ operation });
    try {
      return await work();
    } catch (error) {
      metrics.storeErrors.inc({ operation });
      throw error;
    } finally {
      end();
    }
  };
  const { counters, leases } = store;
  return {
    ...store,
    async append(scene, beat) {
      await timed('append', () => store.append(scene, beat));
      metrics.beats.inc();
    },
    rewrite: (...given) => timed('rewrite', () => store.rewrite(...given)),
    async *read(...given) {
      try {
        yield* store.read(...given);
      } catch (error) {
        metrics.storeErrors.inc({ operation: 'read' });
        throw error;
      }
    },
    length: (scene) => timed('length', () => store.length(scene)),
    erase: (scene) => timed('erase', () => store.erase(scene)),
    get: (...given) => timed('get', () => store.get(...given)),
    put: (...given) => timed('put', () => store.put(...given)),
    remove: (...given) => timed('remove', () => store.remove(...given)),
    counters: {
      take: (...given) => timed('count', () => counters.take(...given)),
      add: (...given) => timed('count', () => counters.add(...given)),
      get: (...given) => timed('count', () => counters.get(...given)),
    },
    leases: {
      take: (...given) => timed('lease', () => leases.take(...given)),
      renew: (...given) => timed('lease', () => leases.renew(...given)),
      release: (...given) => timed('lease', () => leases.release(...given)),
      held: () => timed('lease', () => leases.held()),
    },
    under: (fence) => measureStore(store.under(fence), metrics),
  };
}
