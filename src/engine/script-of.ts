import type { Library } from '../cast/library/library-api.ts';
import type { SceneScript } from '../cast/scene-script.ts';
import type { SceneRecord } from './scene-record.ts';

/** The shipped scene that this one was made from; undefined where there is none, or it is gone. */
export function scriptOf(library: Library, { script }: Pick<SceneRecord, 'script'>): SceneScript | undefined {
  return script === undefined ? undefined : library.scene(script);
}
