import { LEFT_TO_CHANCE } from '../director/next-speaker.ts';
import { PlayerError } from '../errors.ts';
import { fold } from '../format/fold.ts';
import { neutralise } from '../format/neutralise.ts';
import { clip } from '../format/player-line.ts';
import { type Actor, playerActorId } from '../scene/beat.ts';
import { presentPlayers, witnessesNow } from '../scene/scene-state.ts';
import { addresseeOf } from './card-of.ts';
import type { Player } from './engine-api.ts';
import { type EngineRoom, nowBefore, recordAndShow, tell } from './engine-room.ts';
import type { LiveScene } from './live-scene.ts';
import { playerActor } from './player-actor.ts';
import { everyoneIn, reservedNames } from './reserved-names.ts';

const LONGEST_PERSONA = 600;

/** Brings a player into the scene; from now on they are heard. Idempotent. */
export async function joinScene(room: EngineRoom, live: LiveScene, player: Player): Promise<Actor> {
  const id = playerActorId(player.id);
  const known = live.state.people.get(id);
  if (known?.present) return known.actor;
  const others = everyoneIn(live).filter((actor) => actor.id !== id);
  const names = takenNames(room, others);
  const actor = playerActor(player, names);
  const persona = clip(neutralise(player.sheet ?? '', [...names, actor.name]), LONGEST_PERSONA);
  await enterQuietly(room, live, actor, persona && `${actor.name} comes in: ${persona}`);
  if (live.record.stage === 'discord') {
    await tell(room, live, {
      kind: 'heard',
      text: `${actor.name} has joined the scene: what they write here is now heard by the cast. (/scene leave ends that.)`,
    });
  }
  room.stage(live.record)?.changed(live.record);
  return actor;
}

/** @throws PlayerError where they are not in it */
export async function leaveScene(room: EngineRoom, live: LiveScene, playerId: string): Promise<void> {
  const person = live.state.people.get(playerActorId(playerId));
  if (!person?.present) throw new PlayerError('You are not in this scene.');
  await recordAndShow(room, live, {
    ...nowBefore(room, live, witnessesNow(live.state)),
    kind: 'exit',
    actor: person.actor,
  });
  room.stage(live.record)?.changed(live.record);
}

/** A character is about to enter: a player who goes by a name of its own is called otherwise from now on. */
export async function giveWay(room: EngineRoom, live: LiveScene, character: Actor): Promise<void> {
  const wanted = new Set(addresseeOf(room.options.library, character).names.map(fold));
  for (const { id, name } of presentPlayers(live.state)) {
    if (!wanted.has(fold(name))) continue;
    const others = everyoneIn(live).filter((actor) => actor.id !== id);
    const player = { id: id.slice(playerActorId('').length), name };
    const renamed = playerActor(player, takenNames(room, [...others, character]));
    await enterQuietly(room, live, renamed, `${name} goes by “${renamed.name}” from now on.`);
  }
}

/** Names that a newcomer cannot bear; one of a director's answers is no name either. */
function takenNames({ options }: EngineRoom, people: readonly Actor[]): string[] {
  return [...reservedNames(options.library, people), LEFT_TO_CHANCE];
}

/** The stage's scene card shows who plays; no line of its own does. */
async function enterQuietly(room: EngineRoom, live: LiveScene, actor: Actor, text: string): Promise<void> {
  const witnesses = new Set([...witnessesNow(live.state), actor.id]);
  await recordAndShow(room, live, {
    ...nowBefore(room, live, [...witnesses]),
    kind: 'entrance',
    actor,
    quiet: true,
    ...(text ? { text } : {}),
  });
}
