import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CastFileError } from '../cast-file-error.ts';
import { readSceneFile } from '../read-scene.ts';
import type { SceneScript } from '../scene-script.ts';
import { createCardFolder } from './card-folder.ts';
import type { Kept } from './kept.ts';

/**
 * The cards that ship, by name.
 * @throws CastFileError for one that cannot be read: a mistake of ours
 */
export async function readShippedCards(dir: string): Promise<Kept[]> {
  const files = await createCardFolder(dir, 'shipped').scan();
  return files
    .flatMap(({ name, reading, problem }) => {
      // Pictures without a card are the Narrator's and the bot's own.
      if (!reading && name.endsWith('.png')) return [];
      if (!reading) throw new CastFileError(name, problem ?? 'cannot be read');
      return [{ character: reading.character, card: reading.card }];
    })
    .sort((one, other) => one.character.name.localeCompare(other.character.name, 'en'));
}

/** @throws CastFileError for a scene that cannot be read */
export async function readShippedScenes(
  dir: string,
  isCharacter: (id: string) => boolean,
): Promise<SceneScript[]> {
  const names = (await readdir(dir)).filter((name) => /\.ya?ml$/.test(name)).sort();
  return Promise.all(names.map((name) => readSceneFile(join(dir, name), isCharacter)));
}
