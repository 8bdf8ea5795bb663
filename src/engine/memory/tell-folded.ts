import { z } from 'zod';
import type { Actor, PlaceId } from '../../scene/beat.ts';
import { say } from '../../words/text.ts';
import { type EngineRoom, inPlace, tell } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';

const toldSchema = z.object({ upTo: z.int() });

/**
 * Nothing is cut silently: once for each time that a character's prompt shrinks, the room is told.
 * Written down, so that a restart does not tell it again.
 */
export async function tellFolded(
  room: EngineRoom,
  live: LiveScene,
  { id, name }: Actor,
  place: PlaceId,
): Promise<void> {
  const upTo = live.prompts.get(id)?.prompt.foldedUpTo() ?? 0;
  if (upTo === 0) return;
  const { store } = room.options;
  const key = `folded/${live.record.log}/${id}`;
  const told =
    live.toldFolded.get(id) ?? toldSchema.safeParse(await store.get('counter', key)).data?.upTo ?? 0;
  live.toldFolded.set(id, Math.max(told, upTo));
  if (upTo <= told) return;
  await store.put('counter', key, { upTo });
  await tell(room, live, {
    kind: 'folded',
    text: say('Older lines are now a note in {{name}}’s memory; /memory pin keeps a line whole.', { name }),
    ...inPlace(place),
  });
}
