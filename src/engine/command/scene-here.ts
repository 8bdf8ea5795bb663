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

/**
 * The story that this place hosts, also where it has ended: it can still be looked back on.
 * @throws PlayerError where there is none
 */
export async function storyHere({
  engine,
  place,
}: Pick<CompletionContext, 'engine' | 'place'>): Promise<SceneInfo> {
  const info = await engine.info(place.scene);
  if (info) return info;
  throw new PlayerError(
    'No scene was played here. Start one with /scene start, or see one with /scene demo.',
  );
}

/** Every character that was ever in it, those on stage first. */
export function castOf(info: SceneInfo | undefined): SceneInfo['cast'][number]['character'][] {
  const away = (info?.cast ?? []).filter(({ present }) => !present).map(({ character }) => character);
  return [...presentIn(info), ...away];
}

/** The characters on stage in it now. */
export function presentIn(info: SceneInfo | undefined): SceneInfo['cast'][number]['character'][] {
  return (info?.cast ?? []).filter(({ present }) => present).map(({ character }) => character);
}
