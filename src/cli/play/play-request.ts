import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { CastFileError } from '../../cast/cast-file-error.ts';
import type { Library } from '../../cast/library/library-api.ts';
import { readSceneFile } from '../../cast/read-scene.ts';
import type { SceneScript } from '../../cast/scene-script.ts';
import { findCast } from '../../engine/command/find-character.ts';
import { findScene } from '../../engine/command/find-scene.ts';
import { type StoryIn, storyIn } from '../../engine/command/story-in.ts';
import type { StartScene } from '../../engine/engine-api.ts';
import { PlayerError } from '../../errors.ts';
import { BadUse } from '../bad-use.ts';
import type { PlayFlags } from './play-flags.ts';

/**
 * The scene that `--scene` means: a file where there is one of that name, else one that ships. Where
 * the flag is absent: the first that ships, or with `--cast` the first that all of them belong to.
 * @returns undefined where there is none such
 * @throws BadUse where it is neither, or the file cannot be played.
 */
export async function sceneFor(
  { scene, chat }: PlayFlags,
  cast: readonly string[] | undefined,
  library: Library,
): Promise<SceneScript | undefined> {
  if (chat !== undefined) return undefined;
  if (scene === undefined) {
    return library.scenes().find((one) => (cast ?? []).every((id) => one.cast.includes(id)));
  }
  const found = await stat(scene).catch(() => undefined);
  if (found?.isDirectory()) throw new BadUse(`--scene: ${scene} is a folder: name a scene file in it`);
  if (!found && /[/\\]|\.(ya?ml|json)$/iu.test(scene)) {
    throw new BadUse(`--scene: there is no file ${scene}: check the path (play --list names what ships)`);
  }
  try {
    if (found) return await readSceneFile(scene, (id) => library.character(id) !== undefined);
    return findScene(scene, library.scenes());
  } catch (error) {
    throw badUse('--scene', error);
  }
}

/** A library that knows this scene too, in place of one of the same id. */
export function withScene(library: Library, scene: SceneScript): Library {
  return {
    ...library,
    scenes: () => [scene, ...library.scenes().filter(({ id }) => id !== scene.id)],
    scene: (id) => (id === scene.id ? scene : library.scene(id)),
  };
}

/**
 * The chat of `--chat`, and the scene that it goes on in.
 * @throws BadUse where it cannot be read, or none of those who speak in it has a card
 */
export async function storyFor({ chat: path }: PlayFlags, library: Library): Promise<StoryIn | undefined> {
  if (path === undefined) return undefined;
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new BadUse(`--chat: ${path} cannot be read: check the path`, error);
  });
  try {
    return storyIn({ name: basename(path), bytes }, library.characters());
  } catch (error) {
    throw badUse('--chat', error);
  }
}

/** @throws BadUse for an unknown name. */
export function castFor({ cast }: PlayFlags, library: Library): readonly string[] | undefined {
  if (cast === undefined) return undefined;
  try {
    const found = findCast(cast, library.characters()).map(({ id }) => id);
    if (found.length === 0) throw new BadUse('--cast takes names, separated by commas');
    return found;
  } catch (error) {
    throw badUse('--cast', error);
  }
}

/** Who sits at the terminal: the name they asked for, or the part that the scene has for them. */
export function playerFor(
  { as }: PlayFlags,
  scene: SceneScript | undefined,
  called = '',
): StartScene['owner'] {
  if (as !== undefined) return { id: 'you', name: as.trim() };
  if (called) return { id: 'you', name: called };
  if (!scene) return { id: 'you', name: 'Guest' };
  const { name, sheet } = scene.player;
  return { id: 'you', name, ...(sheet ? { sheet } : {}) };
}

function badUse(flag: string, error: unknown): unknown {
  if (!(error instanceof PlayerError || error instanceof CastFileError)) return error;
  return new BadUse(`${flag}: ${error.message}`, error);
}
