import { PlayerError } from '../../errors.ts';
import { MAIN_PLACE, type PlaceId } from '../../scene/beat.ts';
import { presentIn } from '../../scene/presence.ts';
import { say } from '../../words/text.ts';
import { type EngineRoom, nowBefore, saveRecord } from '../engine-room.ts';
import { append, type LiveScene } from '../live-scene.ts';
import { moveTo } from '../move.ts';
import { placeName } from '../place-in.ts';
import { harmless } from '../reserved-names.ts';

const LONGEST_NAME = 60;

/**
 * A thread becomes a place of the scene.
 * @throws PlayerError where it is one already, or the name is taken or none
 */
export async function openRoom(
  room: EngineRoom,
  live: LiveScene,
  wanted: { readonly id: PlaceId; readonly name: string },
): Promise<void> {
  const { store } = room.options;
  const library = room.libraryOf(live.record);
  const { record } = live;
  const name = harmless(library, live, wanted.name).slice(0, LONGEST_NAME).trim();
  if (!name) throw new PlayerError('Give the room a name.');
  if (record.id === wanted.id) throw new PlayerError('That is the scene’s main place.');
  if (record.rooms.some(({ id }) => id === wanted.id)) {
    throw new PlayerError(
      say('This is a room of the scene already: {{live}}.', { live: placeName(live, wanted.id) }),
    );
  }
  if (record.rooms.some((one) => one.name.toLowerCase() === name.toLowerCase())) {
    throw new PlayerError(say('There is a room called {{name}} already.', { name }));
  }
  await store.put('room', wanted.id, { scene: record.id, log: record.log });
  await append(live, store, { ...nowBefore(room, live, []), kind: 'room', place: wanted.id, name });
  await saveRecord(room, live, { rooms: [...record.rooms, { id: wanted.id, name }] });
  room.stage(live.record)?.changed(live.record);
}

/** A room is no place of the scene any more (its thread is gone): whoever was there is in the main place. */
export async function closeRoom(room: EngineRoom, live: LiveScene, place: PlaceId): Promise<void> {
  const rooms = live.record.rooms.filter(({ id }) => id !== place);
  if (rooms.length === live.record.rooms.length) return;
  await bringHome(room, live, (id) => id === place);
  await saveRecord(room, live, { rooms });
  await room.options.store.remove('room', place);
  room.stage(live.record)?.changed(live.record);
}

/** Everyone who is in such a place comes to the main one; by default in one that is no room any more. */
export async function bringHome(
  room: EngineRoom,
  live: LiveScene,
  from: (place: PlaceId) => boolean = (place) => !live.record.rooms.some(({ id }) => id === place),
): Promise<void> {
  for (const { actor, place } of presentIn(live.state.people)) {
    if (place !== MAIN_PLACE && from(place)) await moveTo(room, live, actor, MAIN_PLACE);
  }
}
