import type { Stage } from '../../src/engine/stage.ts';
import type { SceneStore } from '../../src/store/scene-store.ts';

/**
 * A process that ends at a chosen moment: from its `at`-th step on, nothing that it waits for comes
 * back. A step is the moment before a write, a read or a post, or the moment after it.
 */
export type Cut = {
  readonly store: SceneStore;
  readonly stage: Stage;
  /** Resolves when the process has ended. */
  readonly over: Promise<void>;
  /** Steps so far. */
  steps(): number;
};

export function createCut(at: number, store: SceneStore, stage: Stage): Cut {
  const over = Promise.withResolvers<void>();
  let steps = 0;

  async function pass(): Promise<void> {
    steps += 1;
    if (steps < at) return;
    over.resolve();
    await new Promise<never>(() => {});
  }

  async function cut<T>(task: () => Promise<T>): Promise<T> {
    await pass();
    const result = await task();
    await pass();
    return result;
  }

  return {
    over: over.promise,
    steps: () => steps,
    store: {
      append: (scene, beat) => cut(() => store.append(scene, beat)),
      rewrite: (scene, beat) => cut(() => store.rewrite(scene, beat)),
      async *read(scene, from) {
        await pass();
        yield* store.read(scene, from);
      },
      length: (scene) => cut(() => store.length(scene)),
      letGo: (scene) => store.letGo(scene),
      watch: (listener) => store.watch(listener),
      leases: store.leases,
      under: (fence) => store.under(fence),
      erase: (scene) => cut(() => store.erase(scene)),
      get: (kind, id) => cut(() => store.get(kind, id)),
      put: (kind, id, value) => cut(() => store.put(kind, id, value)),
      remove: (kind, id) => cut(() => store.remove(kind, id)),
      ids: (kind) => store.ids(kind),
      counters: {
        take: (...asked) => cut(() => store.counters.take(...asked)),
        add: (...asked) => cut(() => store.counters.add(...asked)),
        get: (...asked) => cut(() => store.counters.get(...asked)),
      },
      keepsSecrets: store.keepsSecrets,
      close: () => store.close(),
    },
    stage: {
      ...stage,
      show: (scene, beat, signal) => cut(() => stage.show(scene, beat, signal)),
      find: (scene, beat, signal) => cut(() => stage.find(scene, beat, signal)),
      update: (scene, n, delivery, beat, signal) => cut(() => stage.update(scene, n, delivery, beat, signal)),
      whisper: (scene, player, beat, signal) => cut(() => stage.whisper(scene, player, beat, signal)),
      rewound: (scene, to, left, erase, signal) => cut(() => stage.rewound(scene, to, left, erase, signal)),
      notice: (scene, notice) => cut(() => stage.notice(scene, notice)),
    },
  };
}
