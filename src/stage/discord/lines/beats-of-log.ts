import { MAIN_PLACE, type PlaceId } from '../../../scene/beat.ts';
import { toStageBeat } from '../../../scene/stage-beat.ts';
import type { SceneStore } from '../../../store/scene-store.ts';

/** Where beat `n` of a log happened; the main place where it is not known. */
export async function placeOfBeat(store: SceneStore, log: string, n: number): Promise<PlaceId> {
  for await (const beat of store.read(log, n)) return beat.place ?? MAIN_PLACE;
  return MAIN_PLACE;
}

/** Whether nothing was shown or heard in that place since beat `n`, but for other versions of it. */
export async function isNewest(
  store: SceneStore,
  log: string,
  n: number,
  place: PlaceId = MAIN_PLACE,
): Promise<boolean> {
  for await (const beat of store.read(log, n + 1)) {
    const shown = toStageBeat(beat);
    if (shown && shown.alternativeTo === undefined && (shown.place ?? MAIN_PLACE) === place) return false;
  }
  return true;
}
