import type { Mark } from '../../judge/continuity/mark.ts';
import { marksByRules } from '../../judge/continuity/marks-by-rules.ts';
import type { Actor } from '../../scene/beat.ts';
import { type EngineRoom, kindOf } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { reviewedOf } from './reviewed-of.ts';

/**
 * What rules say of the version of a line that was just taken into the log and stands, for x-ray; nothing where
 * nobody follows it. Never throws: a remark is not worth a turn.
 */
export function marksOf(
  room: EngineRoom,
  live: LiveScene,
  { id }: Actor,
  n: number,
): { marks?: readonly Mark[] } {
  if (!room.followed) return {};
  try {
    const place = live.minds.people.get(id)?.place(n);
    if (place?.standing !== n) return {};
    const line = reviewedOf(room, live, id, place.n, []);
    return line ? { marks: marksByRules(line) } : {};
  } catch (error) {
    room.log.error('continuity-broke', { scene: live.record.id, error: kindOf(error) });
    return {};
  }
}
