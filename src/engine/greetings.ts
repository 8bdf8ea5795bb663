import type { Character } from '../cast/character.ts';
import { expandMacros } from '../cast/macros.ts';
import type { Segment } from '../format/segments.ts';
import { parseTurn } from '../format/turn-parser.ts';
import { presentCharacters } from '../scene/scene-state.ts';
import { cardMacros } from './card-macros.ts';
import type { EngineRoom } from './engine-room.ts';
import type { LiveScene } from './live-scene.ts';

/**
 * What a character may greet with, as its card has it, best first: in company the greetings that are
 * meant for it come before the others.
 */
export function greetingsOf(live: LiveScene, character: Character): readonly string[] {
  const { greeting, alternateGreetings, groupGreetings } = character;
  const inCompany = presentCharacters(live.state).length > 1;
  return [...(inCompany ? groupGreetings : []), greeting, ...alternateGreetings].filter(
    (text) => text.trim() !== '',
  );
}

/** A greeting as it would be said here and now; undefined where nothing of it could be, or it may not be said. */
export async function saidAs(
  room: EngineRoom,
  live: LiveScene,
  character: Character,
  greeting: string,
): Promise<Segment[] | undefined> {
  const said = expandMacros(greeting, cardMacros(live, character, room.clock.now()));
  const turn = parseTurn(said, { speaker: { name: character.name } });
  if (!turn.usable || (await room.guard.output(live.record, turn.segments, room.closing, true))) {
    return undefined;
  }
  return [...room.guard.tidy(live.record, turn.segments)];
}
