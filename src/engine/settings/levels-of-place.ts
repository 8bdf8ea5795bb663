import type { SceneRecord } from '../scene-record.ts';
import type { LevelOfPlace } from './settings-api.ts';

/** What the page, the terminal and the lab have in place of a server: this machine. */
export const MACHINE = 'local';

/**
 * The levels at which something can be set for a scene (and one of its cast), the one that counts
 * first first. A thread has its channel's. Local stages have no channels: each session is a scene and
 * nothing more.
 */
export function levelsOfScene(record: SceneRecord, cardId?: string): readonly LevelOfPlace[] {
  const server = record.server ?? MACHINE;
  return [
    ...(cardId === undefined ? [] : [{ level: 'character', id: cardId, server } as const]),
    { level: 'scene', id: record.log, server },
    ...levelsAround(record, placeOfLog(record)),
  ];
}

/** The same for a place that hosts no scene. `id`: the scene id that it would have. */
export function levelsAround(
  { stage, server, parent, category }: Pick<SceneRecord, 'stage' | 'server' | 'parent' | 'category'>,
  id: string,
): readonly LevelOfPlace[] {
  if (stage !== 'discord') return [levelOfServer(MACHINE)];
  const whose = server ?? MACHINE;
  return [
    { level: 'channel', id: parent ?? id.slice(id.indexOf(':') + 1), server: whose },
    ...(category === undefined ? [] : [{ level: 'category', id: category, server: whose } as const]),
    ...(server === undefined ? [] : [levelOfServer(server)]),
  ];
}

/** A whole server, or this machine. */
export function levelOfServer(server: string): LevelOfPlace {
  return { level: 'server', id: server, server };
}

/** A log is called `<scene id>#<how many were there before>`; a retired scene's id is its log's. */
function placeOfLog({ log }: SceneRecord): string {
  return log.replace(/#\d+$/u, '');
}
