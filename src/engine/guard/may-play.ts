import { PlayerError } from '../../errors.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { SceneRecord } from '../scene-record.ts';

/** @throws PlayerError where that character may not play in this scene, saying why */
export async function mayPlay(room: EngineRoom, record: SceneRecord, cardId: string): Promise<void> {
  const character = room.options.library.character(cardId);
  // Whoever is in no library cannot come anyway, and is told so where they are called.
  if (!character) return;
  const ageRestricted = room.stage(record)?.ageRestricted?.(record) ?? false;
  const refusal = await room.guard.refusalOf({ ...record, scene: record.id, ageRestricted }, character);
  if (refusal) throw new PlayerError(refusal);
}
