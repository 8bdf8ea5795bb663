import { type ActorId, cardIdOf } from '../../scene/beat.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { earlierOf } from '../memory/server-memory.ts';

/**
 * What a character knows that no view of its holds: thoughts that it was ever given by hand here, and what it
 * remembers of other evenings. Reads the whole log.
 */
export async function givenTo(room: EngineRoom, live: LiveScene, id: ActorId): Promise<string[]> {
  const { store } = room.options;
  const given: string[] = [];
  for await (const beat of store.read(live.record.log)) {
    if (beat.kind === 'plant' && beat.actor.id === id) given.push(beat.text);
  }
  const forEveryone = room.guard.audienceRule(live.record) !== '';
  return [...given, await earlierOf(store, live.record, cardIdOf(id) ?? '', forEveryone)];
}
