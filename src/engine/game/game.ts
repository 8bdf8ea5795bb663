import { PlayerError } from '../../errors.ts';
import { characterActorId, MAIN_PLACE, type PlaceId } from '../../scene/beat.ts';
import { say } from '../../words/text.ts';
import { type EngineRoom, saveRecord } from '../engine-room.ts';
import { joinScene } from '../join-scene.ts';
import { openRoom } from '../ledger/rooms.ts';
import type { LiveScene } from '../live-scene.ts';
import { moveTo } from '../move.ts';
import { followBranch, openBranch } from '../past/branch.ts';
import { placeIn } from '../place-in.ts';
import type { Registry } from '../registry.ts';
import { cardFor } from '../start-scene.ts';
import type { Within } from '../within.ts';
import type { Game } from './game-api.ts';
import { interrupt } from './interrupt.ts';
import { perceive } from './perceive.ts';
import { save, savePoint } from './saves.ts';

/** Every scene as games play it; see `Game` for what each does. */
export function createGame(room: EngineRoom, registry: Registry, { within, playing }: Within): Game {
  return {
    perceive: (id, event) => playing(id, (live) => perceive(room, live, event, placeIn(live, id))),
    setCues: (id, actions, cardId) =>
      playing(id, (live) => {
        const others = (live.record.cues ?? []).filter(({ character }) => character !== cardId);
        const own = { ...(cardId === undefined ? {} : { character: cardFor(room, live.record, cardId).id }) };
        const cues = actions.length === 0 ? others : [...others, { ...own, actions: [...actions] }];
        return saveRecord(room, live, { cues });
      }),
    setDeadline: (id, deadlineMs) => playing(id, (live) => saveRecord(room, live, { deadlineMs })),
    interrupt: (id) => within(id, (live) => interrupt(room, live)),
    save: (id, name) => within(id, (live) => save(room, live, name)),
    saves: (id) => within(id, ({ record }) => record.saves ?? []),
    async load(id, saved, into) {
      const point = await within(id, (live) => savePoint(room, live, saved));
      const record = await openBranch(room, registry, point, { title: point.record.title, ...into });
      await within(id, (live) => followBranch(room, live, record));
      return record;
    },
    move: (id, who, to, newRoom) =>
      playing(id, async (live) => {
        const place = await placeCalled(room, live, to, newRoom);
        if ('card' in who) await moveCard(room, live, who.card, place);
        else await joinScene(room, live, who, place);
        room.stage(live.record)?.changed(live.record);
        return place;
      }),
  };
}

async function placeCalled(
  room: EngineRoom,
  live: LiveScene,
  name: string,
  newRoom: PlaceId,
): Promise<PlaceId> {
  if (name.toLowerCase() === MAIN_PLACE) return MAIN_PLACE;
  const isCalledSo = (one: { readonly id: string; readonly name: string }) =>
    one.id === name || one.name.toLowerCase() === name.toLowerCase();
  const known = live.record.rooms.find(isCalledSo);
  if (known) return known.id;
  await openRoom(room, live, { id: newRoom, name });
  return newRoom;
}

async function moveCard(room: EngineRoom, live: LiveScene, cardId: string, to: PlaceId): Promise<void> {
  const person = live.state.people.get(characterActorId(cardId));
  if (person?.present) return moveTo(room, live, person.actor, to);
  const { name } = cardFor(room, live.record, cardId);
  throw new PlayerError(say('{{name}} is not in the scene. /summon brings them.', { name }));
}
