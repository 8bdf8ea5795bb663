import type { Engine } from '../../../engine/engine-api.ts';
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
  { engine, documents, store }: { engine: Engine; documents: Documents; store: SceneStore },
): Promise<string[]> {
  const info = scene && (await engine.info(scene.id));
  if (!info) return [];
  const { log, branchOf } = info.record;
  const beats = await Array.fromAsync(store.read(log, Math.max(1, info.beats - LOOK_BACK)));
  const sources = new Map(beats.map(({ n, source = '' }) => [n, source]));
  const shown: string[] = [];
  for (const { n, place } of replayForStage(beats)) {
    if (channelOf(info.record, place) !== channel) continue;
    const source = sources.get(n) ?? '';
    // A branch's first beats were written in another channel.
    if (MESSAGE_ID.test(source) && n > (branchOf?.n ?? 0)) shown.push(source);
    shown.push(...((await documents.delivery(log, n))?.messages ?? []));
  }
  return shown;
}
