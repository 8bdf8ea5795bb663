import type { SceneRecord } from '../../../engine/scene-record.ts';
import { replayForStage } from '../../../scene/stage-replay.ts';
import type { SceneStore } from '../../../store/scene-store.ts';
import type { Documents } from '../documents.ts';
import { channelOf } from '../scene-place.ts';

const LOOK_BACK = 40;

/** A person’s line that was erased for them has no message any more. */
const MESSAGE_ID = /^\d+$/u;

/** Ids of the messages of a channel in which the last beats of its scene were written or shown, oldest first. */
export async function shownLately(
  channel: string,
  scene: SceneRecord | undefined,
  { documents, store }: { readonly documents: Documents; readonly store: SceneStore },
): Promise<string[]> {
  if (!scene) return [];
  // From storage, where it may be asleep: for this alone it is not read into memory.
  const { log, branchOf } = scene;
  const from = Math.max(1, (await store.length(log)) - LOOK_BACK);
  const beats = await Array.fromAsync(store.read(log, from));
  const sources = new Map(beats.map(({ n, source = '' }) => [n, source]));
  const shown: string[] = [];
  for (const { n, place } of replayForStage(beats)) {
    if (channelOf(scene, place) !== channel) continue;
    const source = sources.get(n) ?? '';
    // A branch's first beats were written in another channel.
    if (MESSAGE_ID.test(source) && n > (branchOf?.n ?? 0)) shown.push(source);
    shown.push(...((await documents.delivery(log, n))?.messages ?? []));
  }
  return shown;
}
