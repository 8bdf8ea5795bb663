import { createEngine } from '../../src/engine/engine.ts';
import type { Engine } from '../../src/engine/engine-api.ts';
import type { EngineOptions } from '../../src/engine/engine-options.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { SceneStore } from '../../src/store/scene-store.ts';
import { createRecordingStage, type RecordingStage } from './recording-stage.ts';
import { smallLibrary } from './small-library.ts';

export const OWNER = { id: 'p1', name: 'Mara' } as const;
export const SCENE = 'web:one';

/** The real engine over a store in memory and a recording stage; time stands still. */
export type PlayHouse = {
  readonly engine: Engine;
  readonly stage: RecordingStage;
  readonly store: SceneStore;
};

export async function playHouse(
  options: Partial<EngineOptions> & { readonly stage?: RecordingStage } = {},
): Promise<PlayHouse> {
  const store = options.store ?? (await openStore('memory:'));
  const stage = options.stage ?? createRecordingStage();
  const { stage: _stage, ...rest } = options;
  const engine = createEngine({
    library: smallLibrary(),
    clock: { now: () => 1_700_000_000_000, sleep: (_ms, signal) => untilAborted(signal) },
    ...rest,
    // Nothing is waited for; how lines are gathered has a test of its own.
    limits: { gatherMs: 0, ...rest.limits },
    store,
  });
  engine.attach(stage);
  return { engine, stage, store };
}

/** A sleep that never ends by itself: nothing in a test may wait for time. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
