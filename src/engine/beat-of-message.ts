import { z } from 'zod';
import type { SceneStore } from '../store/scene-store.ts';
import type { LiveScene } from './live-scene.ts';

const messageSchema = z.object({ log: z.string(), n: z.int() });

/** The beat that a message of the surface stands for in this scene: what a player said, or what was posted. */
export async function beatOfMessage(
  { record, state }: LiveScene,
  store: SceneStore,
  message: string,
): Promise<number | undefined> {
  const heard = state.sources.get(message);
  if (heard !== undefined) return heard;
  const posted = messageSchema.safeParse(await store.get('message', message));
  return posted.success && posted.data.log === record.log ? posted.data.n : undefined;
}
