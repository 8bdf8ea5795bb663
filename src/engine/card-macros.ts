import type { Character } from '../cast/character.ts';
import type { MacroNames } from '../cast/macros/macro-names.ts';
import { macrosOf } from '../cast/macros/macros-of.ts';
import { characterActorId, isPlayerId } from '../scene/beat.ts';
import { presentCharacters } from '../scene/scene-state.ts';
import type { LiveScene } from './live-scene.ts';
import { knownTo, userName } from './user-name.ts';

/**
 * What the macros of a text stand for where a character speaks or thinks, here and now. Of who is elsewhere
 * in the scene and never came its way it knows neither name nor persona.
 * @param now milliseconds since the epoch, for scenes without a clock of their own
 */
export function cardMacros(live: LiveScene, character: Character, now: number): MacroNames {
  const { state, record } = live;
  const known = knownTo(live, characterActorId(character.id));
  const persona = [...state.people.values()]
    .filter(({ actor, present }) => present && isPlayerId(actor.id) && known.has(actor.id))
    .flatMap((person) => person.persona.sheet ?? [])
    .join('\n');
  return macrosOf(character, {
    user: userName(live, known),
    group: presentCharacters(state)
      .filter(({ id }) => known.has(id))
      .map((actor) => actor.name),
    ...(persona ? { persona } : {}),
    seed: record.seed,
    ...(state.clock === undefined ? {} : { clock: state.clock }),
    now: new Date(now),
  });
}
