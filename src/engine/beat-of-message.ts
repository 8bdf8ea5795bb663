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

/** Where a message was heard or posted, also in a scene that was in this place before. */
export async function whereMessageIs(
  store: SceneStore,
  message: string,
): Promise<z.infer<typeof messageSchema> | undefined> {
  for (const kind of ['message', 'heard'] as const) {
    const found = messageSchema.safeParse(await store.get(kind, message));
    if (found.success) return found.data;
  }
  return undefined;
}
