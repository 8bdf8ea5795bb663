import type { Character } from '../cast/character.ts';
import { PlayerError } from '../errors.ts';
import { type Actor, characterActorId, ENVIRONMENT, type PlaceId } from '../scene/beat.ts';
import { charactersAwake } from '../scene/presence.ts';
import { say } from '../words/text.ts';
import { type EngineRoom, openly, recordAndShow } from './engine-room.ts';
import { stopGathering } from './gather.ts';
import type { LiveScene } from './live-scene.ts';
import { moveTo } from './move.ts';
import { harmless } from './reserved-names.ts';
import { cardFor, enter, greet } from './start-scene.ts';
import { advance, cancel } from './turn/turn-loop.ts';

/** What people ask of a scene beside speaking in it: who comes and goes, whose turn it is, what happens. */

/** @throws PlayerError where the card is unknown, or in the scene already */
export async function summon(
  room: EngineRoom,
  live: LiveScene,
  cardId: string,
  place: PlaceId,
): Promise<Character> {
  const character = cardFor(room, live.record, cardId);
  const there = live.state.people.get(characterActorId(cardId));
  if (there?.present) {
    if (there.place === place)
      throw new PlayerError(say('{{character}} is in the scene already.', { character: character.name }));
    await moveTo(room, live, there.actor, place);
    room.stage(live.record)?.changed(live.record);
    return character;
  }
  await enter(room, live, character, false, place);
  await greet(room, live, character);
  room.stage(live.record)?.changed(live.record);
  return character;
}

/**
 * A turn that the one who leaves is making, or that they may yet be given, is broken off.
 * @throws PlayerError where they are not in the scene
 */
export async function dismiss(room: EngineRoom, live: LiveScene, cardId: string): Promise<Actor> {
  const person = live.state.people.get(characterActorId(cardId));
  if (!person?.present)
    throw new PlayerError(
      say('{{name}} is not in the scene.', { name: cardFor(room, live.record, cardId).name }),
    );
  const { id } = person.actor;
  await recordAndShow(room, live, {
    ...openly(room, live, person.place),
    kind: 'exit',
    actor: person.actor,
  });
  const whose = live.making?.actor?.id;
  if (live.making && (whose === undefined || whose === id)) {
    cancel(room, live);
    advance(room, live);
  }
  room.stage(live.record)?.changed(live.record);
  // Its card may be gone by now.
  return person.actor;
}

/**
 * Lets a turn be taken: by this card, by the Environment, or by whoever is most likely to.
 * @throws PlayerError where a turn is being made, or they are not there
 */
export function callNext(room: EngineRoom, live: LiveScene, who: string | undefined, place: PlaceId): void {
  refuseWhileMaking(live);
  stopGathering(live);
  if (who === ENVIRONMENT.id) {
    advance(room, live, who, place);
    return;
  }
  const present = charactersAwake(live.state.people, place);
  if (who !== undefined && !present.some((actor) => actor.id === characterActorId(who))) {
    const { name } = cardFor(room, live.record, who);
    const asleep = live.state.people.get(characterActorId(who));
    if (asleep?.present && asleep.place === place)
      throw new PlayerError(say('{{name}} is asleep.', { name }));
    throw new PlayerError(say('{{name}} is not here. /summon brings them.', { name }));
  }
  if (present.length === 0) throw new PlayerError('Nobody is on stage. /summon brings someone in.');
  advance(room, live, who === undefined ? 'anyone' : characterActorId(who), place);
}

/**
 * The Narrator says this; without text the Environment is asked to.
 * @throws PlayerError where nothing is left of the text, or a turn is being made
 */
export async function narrate(
  room: EngineRoom,
  live: LiveScene,
  text: string | undefined,
  place: PlaceId,
): Promise<void> {
  if (text === undefined) {
    refuseWhileMaking(live);
    stopGathering(live);
    advance(room, live, ENVIRONMENT.id, place);
    return;
  }
  const told = harmless(room.libraryOf(live.record), live, text);
  if (!told) throw new PlayerError('Say what the Narrator tells, or leave the text out to have it made up.');
  await recordAndShow(room, live, {
    ...openly(room, live, place),
    kind: 'narration',
    speaker: ENVIRONMENT,
    text: told,
  });
}

/** The last turn that failed, once more; where none did, whoever is due. */
export function retry(room: EngineRoom, live: LiveScene): void {
  if (live.making) return;
  const { failed } = live;
  live.failed = undefined;
  advance(room, live, failed);
}

function refuseWhileMaking({ making }: LiveScene): void {
  if (making)
    throw new PlayerError(
      say('{{name}} is making a turn; /stop ends it.', { name: making.actor?.name ?? say('Someone') }),
    );
}
