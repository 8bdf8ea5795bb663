import type { Beat } from '../../scene/beat.ts';
import type { SceneStore } from '../../store/scene-store.ts';

/** One beat as it is stored, or undefined where the log is shorter. */
export async function readBeat(store: SceneStore, log: string, n: number): Promise<Beat | undefined> {
  for await (const beat of store.read(log, n)) return beat;
  return undefined;
}
