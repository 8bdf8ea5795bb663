import { knowsAbout } from '../../cast/memory/knows.ts';
import { PlayerError } from '../../errors.ts';
import { clip } from '../../format/player-line.ts';
import {
  type ActorId,
  type Condition,
  characterActorId,
  ENVIRONMENT,
  MAIN_PLACE,
  type PlaceId,
  playerActorId,
} from '../../scene/beat.ts';
import { presentIn } from '../../scene/presence.ts';
import { say } from '../../words/text.ts';
import { type EngineRoom, nowBefore, openly, recordAndShow } from '../engine-room.ts';
import { takePersona } from '../join-scene.ts';
import { append, type LiveScene } from '../live-scene.ts';
import { forgetKept, remembersServer, setRemembersServer } from '../memory/server-memory.ts';
import { moveTo } from '../move.ts';
import { placeIn } from '../place-in.ts';
import { harmless } from '../reserved-names.ts';
import { cardFor, everHere } from '../start-scene.ts';
import type { Within } from '../within.ts';
import type { Ledger, Whereabouts } from './ledger-api.ts';
import { memoryOf } from './memory-of.ts';
import { closeRoom, openRoom } from './rooms.ts';
import { toWitnessed } from './witnessed.ts';

const LONGEST_TOLD = 2000;
const MOST_KNOWN = 12;

/** Who is where, who witnessed what; see `Ledger` for what each does. */
export function createLedger(room: EngineRoom, { within, playing }: Within): Ledger {
  const { store } = room.options;
  const changed = (live: LiveScene) => room.stage(live.record)?.changed(live.record);

  return {
    map: (id) => within(id, whereabouts),
    openRoom: (id, wanted) => playing(id, (live) => openRoom(room, live, wanted)),
    closeRoom: (id) => within(id, (live) => closeRoom(room, live, id)),
    move: (id, cardId, to) =>
      playing(id, async (live) => {
        const person = live.state.people.get(characterActorId(cardId));
        const { name } = cardFor(room, live.record, cardId);
        if (!person?.present)
          throw new PlayerError(say('{{name}} is not in the scene. /summon brings them.', { name }));
        if (to !== MAIN_PLACE && !live.record.rooms.some((one) => one.id === to)) {
          throw new PlayerError('There is no such room. /scene room makes one of a thread.');
        }
        if (person.place === to) throw new PlayerError(say('{{name}} is there already.', { name }));
        await moveTo(room, live, person.actor, to);
        changed(live);
      }),
    setCondition: (id, who, condition) => playing(id, (live) => setCondition(room, live, who, condition)),
    inform: (id, told) =>
      playing(id, async (live) => {
        const to = everHere(room, live, told.to);
        const teller = told.from === undefined ? ENVIRONMENT : everHere(room, live, told.from);
        if (teller.id === to.id)
          throw new PlayerError('Nobody tells themselves. /plant gives them a thought.');
        const text = clip(harmless(room.libraryOf(live.record), live, told.text), LONGEST_TOLD);
        if (!text) throw new PlayerError('Say what they are told.');
        const witnesses = teller === ENVIRONMENT ? [to.id] : [teller.id, to.id];
        await append(live, store, {
          ...nowBefore(room, live, witnesses),
          kind: 'told',
          speaker: teller,
          to: [to],
          text,
        });
      }),
    knows: (id, cardId, by, topic) =>
      within(id, (live) => {
        const mind = live.minds.people.get(characterActorId(cardId));
        if (!mind)
          throw new PlayerError(
            say('{{name}} was never in this scene.', { name: cardFor(room, live.record, cardId).name }),
          );
        const own = live.minds.people.get(playerActorId(by.id));
        const rules = by.moderator || by.id === live.record.owner;
        // What was told by hand, an owner told it.
        const isRuled = (n: number) => live.minds.openly(n) !== undefined || mind.at(n)?.kind === 'told';
        const mayKnow = (n: number) => own?.at(n) !== undefined || (rules && isRuled(n));
        return knowsAbout(mind, topic ?? '', MOST_KNOWN, mayKnow).map(toWitnessed);
      }),
    witnessedBy: (id, playerId) =>
      within(id, ({ minds }) => (minds.people.get(playerActorId(playerId))?.entries ?? []).map(toWitnessed)),
    memory: (id, cardId) => within(id, (live) => memoryOf(live, cardFor(room, live.record, cardId))),
    pin: (id, n, on) =>
      playing(id, async (live) => {
        if (!live.minds.openly(n)) throw new PlayerError('That is not part of the story.');
        await append(live, store, { ...nowBefore(room, live, []), kind: 'pin', of: n, on });
      }),
    forget: (id, cardId, n) =>
      within(id, async (live) => {
        const actor = everHere(room, live, cardId);
        if (n !== undefined && !live.minds.people.get(actor.id)?.at(n)) {
          throw new PlayerError(say('{{actor}} did not witness that.', { actor: actor.name }));
        }
        await forgetKept(room, live, actor.id, n);
        await append(live, store, {
          ...nowBefore(room, live, []),
          kind: 'forget',
          actor,
          ...(n === undefined ? {} : { of: n }),
        });
      }),
    serverMemory: (id, cardId) =>
      within(id, ({ record }) =>
        record.server === undefined
          ? false
          : remembersServer(store, record.server, cardFor(room, record, cardId).id),
      ),
    setServerMemory: (id, cardId, on) =>
      within(id, async ({ record }) => {
        const { server } = record;
        const { id: known } = cardFor(room, record, cardId);
        if (server === undefined)
          throw new PlayerError('This scene belongs to no server: its memory stays in it.');
        await setRemembersServer(room, server, known, on);
      }),
    setPersona: (id, player, persona) =>
      playing(id, (live) => takePersona(room, live, player, persona, placeIn(live, id))),
    personaOf: (id, playerId) =>
      within(id, ({ state }) => {
        const person = state.people.get(playerActorId(playerId));
        return person && { ...person.persona, name: person.actor.name };
      }),
    setSecret: (id, playerId, text) =>
      playing(id, async (live) => {
        const actor = live.state.people.get(playerActorId(playerId))?.actor;
        if (!actor) throw new PlayerError('They are not in this scene: /enter brings them in.');
        const words = clip(harmless(room.libraryOf(live.record), live, text), LONGEST_TOLD);
        if (!words) throw new PlayerError('Say what they are to bring about.');
        await append(live, store, {
          ...nowBefore(room, live, [actor.id]),
          kind: 'secret',
          actor,
          text: words,
        });
      }),
    secretOf: (id, playerId) => within(id, ({ state }) => state.secrets.get(playerActorId(playerId))),
    recent: (id, limit) =>
      within(id, (live) => {
        const { director } = live.minds.place(placeIn(live, id));
        return director.entries.slice(-limit).toReversed().map(toWitnessed);
      }),
  };
}

async function setCondition(
  room: EngineRoom,
  live: LiveScene,
  who: ActorId,
  condition: Condition,
): Promise<void> {
  const person = live.state.people.get(who);
  if (!person?.present) throw new PlayerError('They are not in this scene.');
  if (person.condition === condition)
    throw new PlayerError(say('{{name}} is so already.', { name: person.actor.name }));
  // Who wakes perceives it; who falls asleep feels it coming.
  await recordAndShow(room, live, {
    ...openly(room, live, person.place, who),
    kind: 'change',
    actor: person.actor,
    condition,
  });
  room.stage(live.record)?.changed(live.record);
}

function whereabouts({ record, state }: LiveScene): Whereabouts[] {
  const places: readonly { id: PlaceId; name: string }[] = [
    { id: MAIN_PLACE, name: record.title },
    ...record.rooms,
  ];
  return places.map(({ id, name }) => ({
    place: id,
    name,
    people: presentIn(state.people, id).map(({ actor, condition }) => ({ actor, condition })),
  }));
}
