import type { SceneRecord } from '../scene-record.ts';
import type { LevelOfPlace } from './settings-api.ts';

/** What the page, the terminal and the lab have in place of a server: this machine. */
const MACHINE = 'local';

/**
 * The levels at which something can be set for a scene, the one that counts first first. A thread
 * has its channel's. Local stages have no channels: each session is a scene and nothing more.
 */
export function levelsOfScene(record: SceneRecord): readonly LevelOfPlace[] {
  return [{ level: 'scene', id: record.log }, ...levelsAround(record, placeOfLog(record))];
}

/** The same for a place that hosts no scene. `id`: the scene id that it would have. */
export function levelsAround(
  { stage, server, parent, category }: Pick<SceneRecord, 'stage' | 'server' | 'parent' | 'category'>,
  id: string,
): readonly LevelOfPlace[] {
  if (stage !== 'discord') return [{ level: 'server', id: MACHINE }];
  return [
    { level: 'channel', id: parent ?? id.slice(id.indexOf(':') + 1) },
    ...(category === undefined ? [] : [{ level: 'category', id: category } as const]),
    ...(server === undefined ? [] : [{ level: 'server', id: server } as const]),
  ];
}

/** A log is called `<scene id>#<how many were there before>`; a retired scene's id is its log's. */
function placeOfLog({ log }: SceneRecord): string {
  return log.replace(/#\d+$/u, '');
}
