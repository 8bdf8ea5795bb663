import { type SceneStore, StoreError } from '../../src/store/scene-store.ts';

/** A store of which the `at`-th request fails, before it did anything; all others work. */
export function failingStore(store: SceneStore, at: number): SceneStore & { requests(): number } {
  let requests = 0;

  function count(): void {
    requests += 1;
    if (requests === at) throw new StoreError('Could not be reached: the test has it so.');
  }
  async function ask<T>(task: () => Promise<T>): Promise<T> {
    count();
    return task();
  }

  return {
    requests: () => requests,
    append: (scene, beat) => ask(() => store.append(scene, beat)),
    rewrite: (scene, beat) => ask(() => store.rewrite(scene, beat)),
    async *read(scene, from) {
      count();
      yield* store.read(scene, from);
    },
    length: (scene) => ask(() => store.length(scene)),
    letGo: (scene) => store.letGo(scene),
    watch: (listener) => store.watch(listener),
    leases: store.leases,
    under: (fence) => store.under(fence),
    erase: (scene) => ask(() => store.erase(scene)),
    get: (kind, id) => ask(() => store.get(kind, id)),
    put: (kind, id, value) => ask(() => store.put(kind, id, value)),
    remove: (kind, id) => ask(() => store.remove(kind, id)),
    ids: (kind) => store.ids(kind),
    counters: {
      take: (...asked) => ask(() => store.counters.take(...asked)),
      add: (...asked) => ask(() => store.counters.add(...asked)),
      get: (...asked) => ask(() => store.counters.get(...asked)),
    },
    keepsSecrets: store.keepsSecrets,
    close: () => store.close(),
  };
}
