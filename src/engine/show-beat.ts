import type { Beat } from '../scene/beat.ts';
import { toStageBeat } from '../scene/stage-beat.ts';
import { replayForStage } from '../scene/stage-replay.ts';
import type { SceneStore } from '../store/scene-store.ts';
import type { LiveScene, Unshown } from './live-scene.ts';
import type { Delivery, Stage } from './stage.ts';

/** A beat's place on a surface is kept by the beat's own key and by each message's id. */
export function deliveryKey(log: string, n: number): string {
  return `${log}/${n}`;
}

/** A beat was recorded that the room has yet to see; what came from the surface stands there already. */
export function noteUnshown(live: LiveScene, beat: Beat): void {
  // A swipe is shown when it is chosen, in the place of what it is an alternative to.
  const isSwipe = beat.kind === 'line' && beat.alternativeTo !== undefined;
  const stageBeat = beat.source === undefined && !isSwipe ? toStageBeat(beat) : undefined;
  // Where storage has not been asked yet what is missing, this will be found there with the rest.
  if (stageBeat) live.unshown?.push({ beat: stageBeat, tried: false });
}

/**
 * Shows what is in the log and not on the surface, oldest first. What was shown is written down, so
 * that nothing is shown twice, and nothing is passed over when showing failed or a process ended.
 *
 * @throws StageError where the surface cannot take it; the rest waits
 */
export async function showUnshown(
  live: LiveScene,
  stage: Stage,
  store: SceneStore,
  signal: AbortSignal,
): Promise<void> {
  live.unshown ??= await findUnshown(live, stage, store);
  for (;;) {
    const [next] = live.unshown;
    if (!next) return;
    const { beat } = next;
    const there = next.tried ? await stage.find(live.record, beat, signal) : undefined;
    next.tried = true;
    const delivery = there ?? (await stage.show(live.record, beat, signal));
    if (stage.durable) await recordDelivery(live, beat.n, delivery, store);
    live.unshown.shift();
  }
}

// Beats are shown one by one, so what a crash left unshown is at the end of the log.
export const LOOK_BACK = 64;

/** What a process that ended had recorded and not shown. */
export async function findUnshown(live: LiveScene, stage: Stage, store: SceneStore): Promise<Unshown[]> {
  if (!stage.durable) return [];
  const { log } = live.record;
  const beats = await Array.fromAsync(store.read(log, Math.max(1, live.state.beats - LOOK_BACK + 1)));
  const heard = new Set(beats.filter((beat) => beat.source !== undefined).map((beat) => beat.n));
  const unshown: Unshown[] = [];
  for (const beat of replayForStage(beats).toReversed()) {
    if (heard.has(beat.n)) continue;
    if ((await store.get('delivery', deliveryKey(log, beat.n))) !== undefined) break;
    unshown.unshift({ beat, tried: true });
  }
  return unshown;
}

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
