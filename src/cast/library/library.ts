import { join } from 'node:path';
import { pictureBehind } from '../avatar.ts';
import { CastFileError } from '../cast-file-error.ts';
import type { Character } from '../character.ts';
import { findCharacters } from './find-characters.ts';
import type { KeptCard, Library } from './library-api.ts';
import { type OwnFolder, openOwnFolder } from './own-folder.ts';
import { readShippedCards, readShippedScenes } from './read-shipped.ts';
import { withoutOwnId } from './unique-ids.ts';

export type LibraryOptions = {
  /** `characters/` of the repository: cards, avatars beside them, scenes in `scenes/`. */
  readonly shippedDir: string;
  /** Cards of their own, and lorebooks in `worlds/`; made when missing, watched while open. */
  readonly ownDir?: string;
};

/**
 * Opens the cards, scenes and worlds that can be played here. A broken own file is a line in `problems()`;
 * a broken shipped one is a mistake of ours.
 * @throws CastFileError for a shipped file that cannot be read.
 */
export async function openLibrary({ shippedDir, ownDir }: LibraryOptions): Promise<Library> {
  const shipped = await readShippedCards(shippedDir);
  const byId = new Map(shipped.map((kept) => [kept.character.id, kept]));
  const scenes = await readShippedScenes(join(shippedDir, 'scenes'), (id) => byId.has(id));
  const own = ownDir === undefined ? NO_FOLDER : await openOwnFolder(ownDir, byId);

  let ownOnes: readonly Character[] | undefined;
  let everyone: readonly Character[] = [];
  function characters(): readonly Character[] {
    if (own.characters() !== ownOnes) {
      ownOnes = own.characters();
      everyone = [...shipped.map(({ character }) => character), ...ownOnes];
    }
    return everyone;
  }

  return {
    characters,
    character: (id) => characters().find((character) => character.id === id),
    find: (text, limit) => findCharacters(characters(), text, limit),
    scenes: () => scenes,
    scene: (id) => scenes.find((scene) => scene.id === id),
    add: own.add,
    async card(id): Promise<KeptCard | undefined> {
      const kept = byId.get(id) ?? own.kept(id);
      if (!kept) return undefined;
      const picture = await pictureBehind(kept.character.avatar);
      const card = withoutOwnId(kept.card);
      return picture && picture.mime !== 'image/svg+xml' ? { card, picture: picture.bytes } : { card };
    },
    save: own.save,
    remove: own.remove,
    worlds: own.worlds,
    world: (id) => own.worlds().find((world) => world.id === id),
    addWorld: own.addWorld,
    removeWorld: own.removeWorld,
    problems: own.problems,
    refresh: own.refresh,
    close: own.close,
  };
}

const refuse = async (name: string): Promise<never> => {
  throw new CastFileError(name, 'cannot be kept: there is no folder for own cards');
};

const NO_FOLDER: OwnFolder = {
  characters: () => NOBODY,
  kept: () => undefined,
  add: refuse,
  save: (card) => refuse(card.name),
  remove: async () => false,
  worlds: () => [],
  addWorld: refuse,
  removeWorld: async () => false,
  problems: () => [],
  refresh: async () => undefined,
  close: async () => undefined,
};

const NOBODY: readonly Character[] = [];
