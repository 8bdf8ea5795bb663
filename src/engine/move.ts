import { type Actor, MAIN_PLACE, type PlaceId } from '../scene/beat.ts';
import { type EngineRoom, openly, recordAndShow } from './engine-room.ts';
import type { LiveScene } from './live-scene.ts';
import { placeName } from './place-in.ts';

/**
 * Someone goes to another place of the scene: those they leave see them go, those they join see
 * them come. Where a process ends in between they are there, and came unseen.
 */
export async function moveTo(room: EngineRoom, live: LiveScene, actor: Actor, to: PlaceId): Promise<void> {
  const from = live.state.people.get(actor.id);
  if (!from?.present || from.place === to) return;
  await recordAndShow(room, live, {
    ...openly(room, live, from.place, actor.id),
    kind: 'exit',
    actor: from.actor,
    to,
    text: to === MAIN_PLACE ? `${actor.name} goes back.` : `${actor.name} goes to ${placeName(live, to)}.`,
  });
  await recordAndShow(room, live, {
    ...openly(room, live, to, actor.id),
    kind: 'entrance',
    actor: from.actor,
    text:
      to === MAIN_PLACE
        ? `${actor.name} comes back from ${placeName(live, from.place)}.`
        : `${actor.name} comes in.`,
  });
}
