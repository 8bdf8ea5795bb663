import { PlayerError } from '../../errors.ts';
import type { SceneInfo } from '../engine-api.ts';
import type { CompletionContext } from './command.ts';

/**
 * The scene that this place hosts.
 * @throws PlayerError where there is none, or it has ended.
 */
export async function sceneHere({
  engine,
  place,
}: Pick<CompletionContext, 'engine' | 'place'>): Promise<SceneInfo> {
  const info = await engine.info(place.scene);
  if (info && info.record.status !== 'ended') return info;
  throw new PlayerError(
    'No scene is playing here. Start one with /scene start, or see one with /scene demo.',
  );
}

/** The characters on stage in it now. */
export function presentIn(info: SceneInfo | undefined): SceneInfo['cast'][number]['character'][] {
  return (info?.cast ?? []).filter(({ present }) => present).map(({ character }) => character);
}
