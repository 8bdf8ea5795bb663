import { mkdir, stat } from 'node:fs/promises';
import type { Character } from '../character.ts';
import type { World } from '../lore/world.ts';
import { addCards } from './add-cards.ts';
import { type CardFile, createCardFolder } from './card-folder.ts';
import { followFolder } from './follow-folder.ts';
import type { Kept } from './kept.ts';
import type { Added, SaveCard } from './library-api.ts';
import { type OwnCards, removeCard, sameName } from './own-cards.ts';
import { createOwnWorlds } from './own-worlds.ts';
import { saveCard } from './save-card.ts';
import { ownId, withUniqueIds } from './unique-ids.ts';

/** The folder in which the people who run this keep cards and worlds of their own. */
export type OwnFolder = Awaited<ReturnType<typeof openOwnFolder>>;

/**
 * Opens the folder, makes it when it is missing, and follows what is done in it. Never rejects: what is
 * wrong with it is in `problems()`.
 */
export async function openOwnFolder(dir: string, shipped: ReadonlyMap<string, Kept>) {
  const folder = createCardFolder(dir, 'own');
  const worlds = createOwnWorlds(dir);
  const shippedIds = new Set(shipped.keys());
  let files: readonly CardFile[] = [];
  let byFile: ReadonlyMap<string, Character> = new Map();
  let characters: readonly Character[] = [];
  let problems: string[] = [];

  async function scan(): Promise<void> {
    try {
      await followIt();
      files = await folder.scan();
    } catch (error) {
      problems = [`${dir}: cannot be read (${reason(error)}): own cards stay as they were`];
      return;
    }
    await worlds.scan(files);
    byFile = withUniqueIds(files, shippedIds);
    problems = [...files.flatMap((file) => problemsOf(file, byFile.get(file.name))), ...worlds.problems()];
    characters = [...byFile.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
  }

  // Scans and changes take turns, so that none sees half of another's work.
  let queue: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  }
  const refresh = () => inTurn(scan);

  const own: OwnCards = {
    dir,
    files: () => files,
    characterIn: (name) => byFile.get(name),
    character: (id) => shipped.get(id)?.character ?? characters.find((character) => character.id === id),
    scan,
  };

  const closing = new AbortController();
  const notWatched: string[] = [];
  const follow = (folderToWatch: string) =>
    followFolder(folderToWatch, refresh, closing.signal).catch((error: unknown) => {
      notWatched.push(
        `${folderToWatch}: cannot be watched (${reason(error)}): new cards are seen after a restart`,
      );
    });
  const watching: Promise<void>[] = [];
  let followed = '';
  /** A folder that was deleted and came back is another one, of which nobody would tell. */
  async function followIt(): Promise<void> {
    const { ino, birthtimeMs } = await stat(dir);
    const found = `${ino} ${birthtimeMs}`;
    if (found === followed) return;
    followed = found;
    watching.push(follow(dir), follow(await worlds.open()));
  }
  await mkdir(dir, { recursive: true }).catch(() => undefined);
  await refresh();

  return {
    characters: () => characters,
    kept(id: string): Kept | undefined {
      const file = files.find(({ name }) => byFile.get(name)?.id === id);
      const character = file && byFile.get(file.name);
      return file?.reading && character && { character, card: file.reading.card };
    },
    add: (fileName: string, bytes: Uint8Array) => inTurn(() => addCards(own, fileName, bytes)),
    save: (card: Kept['card'], how: SaveCard = {}): Promise<Added> => inTurn(() => saveCard(own, card, how)),
    remove: (id: string) => inTurn(() => removeCard(own, id)),
    worlds: (): readonly World[] => worlds.worlds(),
    addWorld: (fileName: string, bytes: Uint8Array) => inTurn(() => worlds.add(fileName, bytes, scan)),
    removeWorld: (id: string) => inTurn(() => worlds.remove(id, scan)),
    problems: (): readonly string[] => [...problems, ...notWatched],
    refresh,
    async close() {
      closing.abort();
      await Promise.all(watching);
      await queue;
    },
  };
}

function problemsOf(file: CardFile, character: Character | undefined): string[] {
  if (file.problem) return [file.problem];
  if (!character || !file.reading || character.id === ownId(file.reading)) return [];
  return [`${file.name}: ${sameName(character)}`];
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
