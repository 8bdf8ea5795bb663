import type { Engine, SceneInfo } from '../../engine/engine-api.ts';
import { MAIN_PLACE } from '../../scene/beat.ts';
import type { Scope } from './protocol.ts';
import type { Sight } from './sight.ts';
import type { SceneDetails } from './wire-scene.ts';

/** Which lines have other versions, where the session sees them; and, for its owner, who is in which room. */
export async function detailsOf(
  { past, ledger, models }: Engine,
  { record, rooms, bestOf }: SceneInfo,
  scopes: ReadonlySet<Scope>,
  sight: Sight,
): Promise<SceneDetails> {
  const swipes = [];
  for (const id of [undefined, ...rooms.map((room) => room.id)]) {
    const found = (await sight.sees(id)) ? await past.swipes(id ?? record.id) : undefined;
    if (found) swipes.push(found);
  }
  const map = scopes.has('admin') && rooms.length > 0 ? await ledger.map(record.id) : [];
  const judge = bestOf === undefined ? undefined : models().judge?.name;
  const inRooms = map.filter(({ place }) => place !== MAIN_PLACE);
  return {
    swipes,
    places: new Map(
      inRooms.flatMap(({ place, people }) => people.map(({ actor }) => [actor.id, place] as const)),
    ),
    ...(judge === undefined ? {} : { judge }),
  };
}
