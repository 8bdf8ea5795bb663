import { slugOf } from '../../cast/library/slug.ts';
import { PlayerError } from '../../errors.ts';
import { type Actor, characterActorId, playerActorId } from '../../scene/beat.ts';
import type { SceneInfo } from '../engine-api.ts';
import type { CommandOption } from './command.ts';
import { beginningWith, characterChoices, lookUpCharacter, nobodyCalled } from './find-character.ts';
import { presentIn } from './scene-here.ts';

/**
 * A player who is in the scene, by the name they bear there or by a mention (`<@id>`), and their stage user id.
 * @throws PlayerError that names the nearest ones
 */
export function findPlayer(typed: string, info: SceneInfo): { readonly id: string; readonly actor: Actor } {
  const players = playersIn(info);
  const mentioned = /^<@!?(\d+)>$/u.exec(typed.trim())?.[1];
  const actor = mentioned
    ? players.find(({ id }) => id === playerActorId(mentioned))
    : players.find(({ name }) => slugOf(name) === slugOf(typed));
  if (actor) return { id: actor.id.slice(playerActorId('').length), actor };
  if (mentioned) throw new PlayerError('They are not in this scene. /enter brings one in.');
  throw new PlayerError(
    nobodyCalled(
      typed,
      players.map(({ name }) => name),
    ),
  );
}

/**
 * Anyone who is in the scene: a character or a player.
 * @throws PlayerError that names the nearest ones
 */
export function findPerson(typed: string, info: SceneInfo): Actor {
  const cast = presentIn(info);
  const character = lookUpCharacter(typed, cast);
  if (character) return { id: characterActorId(character.id), name: character.name };
  const players = playersIn(info);
  const named = players.find(({ name }) => slugOf(name) === slugOf(typed));
  if (named || typed.trim().startsWith('<@')) return named ?? findPlayer(typed, info).actor;
  throw new PlayerError(
    nobodyCalled(
      typed,
      [...cast, ...players].map(({ name }) => name),
    ),
  );
}

/** An option that names a player of the scene. */
export const playerOption: CommandOption = {
  name: 'player',
  description: 'Which player: a name or a @mention',
  type: 'text',
  required: true,
  max: 100,
  async complete({ engine, place }, partial) {
    return playerChoices(await engine.info(place.scene), partial).slice(0, 25);
  },
};

/** An option that names a character or a player of the scene. */
export const personOption: CommandOption = {
  name: 'name',
  description: 'Which character or player',
  type: 'text',
  required: true,
  max: 100,
  async complete({ engine, place }, partial) {
    const info = await engine.info(place.scene);
    const cast = characterChoices(beginningWith(partial, presentIn(info)));
    return [...cast, ...playerChoices(info, partial)].slice(0, 25);
  },
};

function playersIn(info: SceneInfo | undefined): Actor[] {
  return (info?.players ?? []).filter(({ present }) => present).map(({ actor }) => actor);
}

function playerChoices(info: SceneInfo | undefined, partial: string) {
  const wanted = partial.trim().toLowerCase();
  return playersIn(info)
    .filter(({ name }) => name.toLowerCase().startsWith(wanted))
    .map(({ name }) => ({ name: `${name} · a player`, value: name }));
}
