import type { Actor } from '../../scene/beat.ts';
import { say } from '../../words/text.ts';
import { type EngineRoom, inPlace, tell } from '../engine-room.ts';
import type { LiveScene, Making } from '../live-scene.ts';

/**
 * Nothing is cut silently: once for each character of a scene, the room is told that there was not room for
 * all its lore. Which entries there are is nobody's business.
 */
export async function tellLoreLeft(
  room: EngineRoom,
  live: LiveScene,
  { name }: Actor,
  { place }: Pick<Making, 'place'>,
): Promise<void> {
  await tell(room, live, {
    kind: 'info',
    text: say(
      'Not all that {{name}} knows of this had room in the prompt: loreTokens says how much does, and /config set changes it.',
      { name },
    ),
    ...inPlace(place),
  });
}
