import type { JudgeContext } from '../../judge/verdict/verdict.ts';
import type { Origin } from '../../scene/beat.ts';
import { originOf } from '../../scene/origin.ts';
import type { EngineRoom } from '../engine-room.ts';
import { judgeContext } from '../judging/judge-context.ts';
import type { LiveScene } from '../live-scene.ts';

/** Tokens of the view that is kept with a choice, where no judge says how much it can read. */
const CONTEXT_SIZE = 8192;

/**
 * Where what a scene holds came from: of the scene, and of every beat in it. Where any of it may have come
 * through Discord, all of it counts as that.
 */
export async function originIn({ options: { store } }: EngineRoom, { record }: LiveScene): Promise<Origin> {
  let origin = originOf([record.origin]);
  if (origin === 'discord') return origin;
  for await (const beat of store.read(record.log)) {
    origin = originOf([origin, beat.origin]);
    if (origin === 'discord') break;
  }
  return origin;
}

/** What the speaker of a line had perceived before it, as a judge reads it. */
export function viewBefore(
  room: EngineRoom,
  live: LiveScene,
  { n, speaker }: { readonly n: number; readonly speaker: { readonly id: string } },
): JudgeContext | undefined {
  const { judge } = room.modelsFor(live.record);
  const size = Math.min(judge?.contextSize ?? CONTEXT_SIZE, CONTEXT_SIZE);
  return judgeContext(room, live, speaker.id, size, n);
}
