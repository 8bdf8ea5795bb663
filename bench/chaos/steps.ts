import type { SceneStore } from '../../src/store/scene-store.ts';

/** What a process writes, in the order in which it does; each is a step at which it can end. */
export type Step = { readonly name: string; readonly when: 'before' | 'after' };

/** Asked at every step; where it says so, the process ends there and then. */
export type AtStep = (step: Step) => void;

/**
 * The same store; each of its writes is a step, before it is made and once it is made. A kind of document
 * is part of its name, so that a run can tell at which writes it was killed.
 */
export function withSteps(store: SceneStore, at: AtStep): SceneStore {
  async function step<T>(name: string, write: () => Promise<T>): Promise<T> {
    at({ name, when: 'before' });
    const result = await write();
    at({ name, when: 'after' });
    return result;
  }
  return {
    ...store,
    append: (scene, beat) => step(`append ${beat.kind}`, () => store.append(scene, beat)),
    rewrite: (scene, beat) => step('rewrite', () => store.rewrite(scene, beat)),
    erase: (scene) => step('erase', () => store.erase(scene)),
    put: (kind, id, value) => step(`put ${kind}`, () => store.put(kind, id, value)),
    remove: (kind, id) => step(`remove ${kind}`, () => store.remove(kind, id)),
  };
}

/** For `--sabotage`: what characters say is recorded a while after it was shown, as bots do that post first. */
export function recordingLate(store: SceneStore, ms: number): SceneStore {
  let last: Promise<void> = Promise.resolve();
  return {
    ...store,
    append(scene, beat) {
      if (beat.kind !== 'line' || beat.source !== undefined) return store.append(scene, beat);
      last = last
        .then(() => new Promise((resolve) => setTimeout(resolve, ms)))
        .then(() => store.append(scene, beat));
      last.catch(() => undefined);
      return Promise.resolve();
    },
  };
}
