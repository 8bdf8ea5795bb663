import { LEFT_TO_CHANCE } from '../director/next-speaker.ts';
import { PlayerError } from '../errors.ts';
import { neutralise } from '../format/neutralise.ts';
import { clip } from '../format/player-line.ts';
import { lookAlikeOf } from '../safety/look-alike.ts';
import { type Actor, MAIN_PLACE, type Persona, type PlaceId, playerActorId } from '../scene/beat.ts';
import { placeOf, presentPlayers } from '../scene/scene-state.ts';
import { say } from '../words/text.ts';
import { addresseeOf } from './card-of.ts';
import { isStaffName, staffNameWords } from './cards/staff-name.ts';
import { type EngineRoom, inPlace, openly, recordAndShow, tell } from './engine-room.ts';
import type { LiveScene } from './live-scene.ts';
import { moveTo } from './move.ts';
import type { Player } from './player.ts';
import { playerActor } from './player-actor.ts';
import { everyoneIn, reservedNames } from './reserved-names.ts';

const LONGEST_PERSONA = 600;

/** Brings a player into the scene, or from another place of it to this one; from now on they are heard. Idempotent. */
export async function joinScene(
  room: EngineRoom,
  live: LiveScene,
  player: Player,
  place: PlaceId = MAIN_PLACE,
): Promise<Actor> {
  const id = playerActorId(player.id);
  const known = live.state.people.get(id);
  if (known?.present) {
    await moveTo(room, live, known.actor, place);
    return known.actor;
  }
  const others = everyoneIn(live).filter((actor) => actor.id !== id);
  const names = takenNames(room, live, others);
  // Who comes back is who they were, under the persona that they had.
  const actor = playerActor(
    { ...player, name: known?.persona.sheet ? known.actor.name : player.name },
    names,
  );
  const sheet = clip(neutralise(player.sheet ?? '', [...names, actor.name]), LONGEST_PERSONA);
  const persona = sheet ? { ...known?.persona, sheet } : known?.persona;
  const told = persona?.sheet ? `${actor.name} comes in: ${persona.sheet}` : '';
  await enterQuietly(room, live, actor, place, told, persona);
  await tellJoined(room, live, actor, place);
  room.stage(live.record)?.changed(live.record);
  return actor;
}

/** @throws PlayerError where they are not in it */
export async function leaveScene(room: EngineRoom, live: LiveScene, playerId: string): Promise<void> {
  const person = live.state.people.get(playerActorId(playerId));
  if (!person?.present) throw new PlayerError('You are not in this scene.');
  await recordAndShow(room, live, {
    ...openly(room, live, person.place),
    kind: 'exit',
    actor: person.actor,
  });
  room.stage(live.record)?.changed(live.record);
}

/** A character is about to enter: a player who goes by a name of its own is called otherwise from now on. */
export async function giveWay(room: EngineRoom, live: LiveScene, character: Actor): Promise<void> {
  const wanted = addresseeOf(room.libraryOf(live.record), character).names;
  for (const { id, name } of presentPlayers(live.state)) {
    if (lookAlikeOf(name, wanted) === undefined) continue;
    const others = everyoneIn(live).filter((actor) => actor.id !== id);
    const player = { id: id.slice(playerActorId('').length), name };
    const renamed = playerActor(player, takenNames(room, live, [...others, character]));
    await enterQuietly(
      room,
      live,
      renamed,
      placeOf(live.state, id),
      `${name} goes by “${renamed.name}” from now on.`,
    );
  }
}

/**
 * A player goes by another name in this scene, with what anyone could know of it; undefined: by
 * their own again.
 * @throws PlayerError where it would pass for somebody who runs the server
 */
export async function takePersona(
  room: EngineRoom,
  live: LiveScene,
  player: Player,
  wanted: (Persona & { readonly name: string }) | undefined,
  here: PlaceId,
): Promise<Actor> {
  if (wanted && (await isStaffName(room, live.record, wanted.name, player.id)))
    throw new PlayerError(staffNameWords(wanted.name));
  const before = live.state.people.get(playerActorId(player.id));
  const others = everyoneIn(live).filter(({ id }) => id !== playerActorId(player.id));
  const names = takenNames(room, live, others);
  const actor = playerActor({ ...player, name: wanted?.name ?? player.name }, names);
  const sheet = clip(neutralise(wanted?.sheet ?? '', [...names, actor.name]), LONGEST_PERSONA);
  const persona = { ...(sheet ? { sheet } : {}), ...(wanted?.avatar ? { avatar: wanted.avatar } : {}) };
  const known = before?.present && before.actor.name !== actor.name;
  const told = [
    known ? `${before.actor.name} goes by “${actor.name}” from now on.` : '',
    sheet && `${actor.name}: ${sheet}`,
  ];
  const place = before?.present ? before.place : here;
  await enterQuietly(room, live, actor, place, told.filter(Boolean).join(' '), persona);
  if (!before?.present) await tellJoined(room, live, actor, place);
  room.stage(live.record)?.changed(live.record);
  return actor;
}

/** Whoever takes part is heard from now on, and everyone who reads along may know it. */
async function tellJoined(room: EngineRoom, live: LiveScene, { name }: Actor, place: PlaceId): Promise<void> {
  if (live.record.stage !== 'discord') return;
  await tell(room, live, {
    kind: 'heard',
    text: say(
      '{{name}} has joined the scene: what they write here is now heard by the cast. (/scene leave ends that.)',
      { name },
    ),
    ...inPlace(place),
  });
}

/** Names that a newcomer cannot bear; one of a director's answers is no name either. */
function takenNames(room: EngineRoom, { record }: LiveScene, people: readonly Actor[]): string[] {
  return [...reservedNames(room.libraryOf(record), people), LEFT_TO_CHANCE];
}

/** The stage's scene card shows who plays; no line of its own does. */
async function enterQuietly(
  room: EngineRoom,
  live: LiveScene,
  actor: Actor,
  place: PlaceId,
  text: string,
  persona?: Persona,
): Promise<void> {
  await recordAndShow(room, live, {
    ...openly(room, live, place, actor.id),
    kind: 'entrance',
    actor,
    quiet: true,
    ...(text ? { text } : {}),
    ...(persona ? { persona } : {}),
  });
}
