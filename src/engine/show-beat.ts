import type { Beat } from '../scene/beat.ts';
import { toStageBeat } from '../scene/stage-beat.ts';
import type { SceneStore } from '../store/scene-store.ts';
import type { LiveScene } from './live-scene.ts';
import { type Delivery, type Stage, StageError } from './stage.ts';

/** A beat's place on a surface is kept by the beat's own key and by each message's id. */
export function deliveryKey(log: string, n: number): string {
  return `${log}/${n}`;
}

/**
 * Shows a beat that is in the log. What was shown is written down, so that after a crash a beat
 * that was recorded and never shown is shown once and no other again.
 *
 * @returns why the surface could not take it, where it could not
 */
export async function showBeat(
  live: LiveScene,
  beat: Beat,
  stage: Stage,
  store: SceneStore,
  signal: AbortSignal,
): Promise<StageError | undefined> {
  const stageBeat = toStageBeat(beat);
  if (!stageBeat) return undefined;
  try {
    const delivery = await stage.show(live.record, stageBeat, signal);
    if (stage.durable) await recordDelivery(live, beat.n, delivery, store);
    return undefined;
  } catch (error) {
    if (error instanceof StageError) return error;
    throw error;
  }
}

/** After a restart: shows what is in the log and not on the surface, oldest first. */
export async function showWhatIsMissing(
  live: LiveScene,
  stage: Stage,
  store: SceneStore,
  signal: AbortSignal,
): Promise<StageError | undefined> {
  if (!stage.durable) return undefined;
  const { log } = live.record;
  const missing: Beat[] = [];
  const from = Math.max(1, live.state.beats - LOOK_BACK + 1);
  for await (const beat of store.read(log, from)) {
    // What came from the surface already stands there.
    if (beat.source !== undefined || !toStageBeat(beat)) continue;
    if ((await store.get('delivery', deliveryKey(log, beat.n))) === undefined) missing.push(beat);
    else missing.length = 0;
  }
  for (const beat of missing) {
    const stageBeat = toStageBeat(beat);
    if (!stageBeat) continue;
    try {
      const there = await stage.find(live.record, stageBeat, signal);
      await recordDelivery(live, beat.n, there ?? (await stage.show(live.record, stageBeat, signal)), store);
    } catch (error) {
      if (error instanceof StageError) return error;
      throw error;
    }
  }
  return undefined;
}

// Beats are shown one by one, so what a crash left unshown is at the end of the log.
const LOOK_BACK = 64;

async function recordDelivery(
  live: LiveScene,
  n: number,
  delivery: Delivery,
  store: SceneStore,
): Promise<void> {
  const { id, log } = live.record;
  for (const message of delivery.messages) await store.put('message', message, { scene: id, log, n });
  await store.put('delivery', deliveryKey(log, n), delivery);
}
