import type { Character } from '../cast/character.ts';
import { expandMacros } from '../cast/macros.ts';
import type { Segment } from '../format/segments.ts';
import { parseTurn } from '../format/turn-parser.ts';
import { type Actor, characterActorId } from '../scene/beat.ts';
import { placeOf, presentCharacters } from '../scene/scene-state.ts';
import { cardMacros } from './card-macros.ts';
import type { EngineRoom } from './engine-room.ts';
import type { LiveScene } from './live-scene.ts';
import { parserFor } from './turn/turn-parser-options.ts';

/**
 * What a character may greet with, as its card has it, best first: in company the greetings that are
 * meant for it come before the others.
 */
export function greetingsOf(live: LiveScene, character: Character): readonly string[] {
  const { greeting, alternateGreetings, groupGreetings } = character;
  const place = placeOf(live.state, characterActorId(character.id));
  const isHere = ({ id }: Actor) => placeOf(live.state, id) === place;
  const inCompany = presentCharacters(live.state).filter(isHere).length > 1;
  return [...(inCompany ? groupGreetings : []), greeting, ...alternateGreetings].filter(
    (text) => text.trim() !== '',
  );
}

/**
 * A greeting as it would be said here; undefined where nothing of it could be, or it may not be said.
 * @param at milliseconds since the epoch: a greeting that tells the time is the same one a minute later
 */
export async function saidAs(
  room: EngineRoom,
  live: LiveScene,
  character: Character,
  greeting: string,
  at = room.clock.now(),
): Promise<Segment[] | undefined> {
  const said = expandMacros(greeting, cardMacros(live, character, at));
  const actor = { id: characterActorId(character.id), name: character.name };
  const turn = parseTurn(said, parserFor(live, actor, room.libraryOf(live.record), undefined));
  if (!turn.usable || (await room.guard.output(live.record, turn.segments, room.closing, true))) {
    return undefined;
  }
  return [...room.guard.tidy(live.record, turn.segments)];
}
