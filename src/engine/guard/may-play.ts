import { PlayerError } from '../../errors.ts';
import { isStaffName, staffNameWords } from '../cards/staff-name.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { SceneRecord } from '../scene-record.ts';

/** @throws PlayerError where that character may not play in this scene, saying why */
export async function mayPlay(room: EngineRoom, record: SceneRecord, cardId: string): Promise<void> {
  const character = room.libraryOf(record).character(cardId);
  // Whoever is in no library cannot come anyway, and is told so where they are called.
  if (!character) return;
  const ageRestricted = room.stage(record)?.ageRestricted?.(record) ?? false;
  const refusal = await room.guard.refusalOf({ ...record, scene: record.id, ageRestricted }, character);
  if (refusal) throw new PlayerError(refusal);
  // Asked anew each time: who runs a server, and under which name, changes.
  if (character.source === 'server' && (await isStaffName(room, record, character.name)))
    throw new PlayerError(staffNameWords(character.name));
}
