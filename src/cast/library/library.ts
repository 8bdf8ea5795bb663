import { mkdir, readdir, rename, rm, watch, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCard } from '../cards/read-card.ts';
import { CastFileError } from '../cast-file-error.ts';
import type { Character } from '../character.ts';
import { readSceneFile } from '../read-scene.ts';
import type { SceneScript } from '../scene-script.ts';
import { type CardFile, createCardFolder } from './card-folder.ts';
import { findCharacters } from './find-characters.ts';
import type { Library } from './library-api.ts';
import { freeId, withUniqueIds } from './unique-ids.ts';

export type LibraryOptions = {
  /** `characters/` of the repository: cards, avatars beside them, scenes in `scenes/`. */
  readonly shippedDir: string;
  /** Where people drop cards of their own; made when missing, watched while open. */
  readonly ownDir?: string;
};

/**
 * Opens the cards and scenes that can be played here. A broken own card is a line in `problems()`;
 * a broken shipped one is a mistake of ours.
 * @throws CastFileError for a shipped file that cannot be read.
 */
export async function openLibrary({ shippedDir, ownDir }: LibraryOptions): Promise<Library> {
  const shipped = await readShippedCards(shippedDir);
  const shippedIds = new Set(shipped.map((character) => character.id));
  const scenes = await readShippedScenes(join(shippedDir, 'scenes'), (id) => shippedIds.has(id));

  const folder = ownDir === undefined ? undefined : createCardFolder(ownDir, 'own');
  let files: readonly CardFile[] = [];
  let own: ReadonlyMap<string, Character> = new Map();
  let problems: string[] = [];
  let everyone: readonly Character[] = shipped;

  async function scan(): Promise<void> {
    if (!folder) return;
    try {
      files = await folder.scan();
    } catch (error) {
      problems = [`${ownDir}: cannot be read (${reason(error)}): own cards stay as they were`];
      return;
    }
    own = withUniqueIds(files, shippedIds);
    problems = files.flatMap((file) => problemsOf(file, own.get(file.name)));
    everyone = [...shipped, ...byName([...own.values()])];
  }

  // Scans and additions take turns, so that none sees half of another's work.
  let queue: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  }
  const refresh = () => inTurn(scan);

  async function add(fileName: string, bytes: Uint8Array) {
    const reading = readCard(bytes, fileName);
    if (ownDir === undefined)
      throw new CastFileError(fileName, 'cannot be kept: there is no folder for own cards');
    const same = files.find((file) => file.reading?.digest === reading.digest);
    const there = same && own.get(same.name);
    if (there) return { character: there, warnings: [`this card is here already, as ${there.id}`] };
    const id = freeId(reading.character.id, { has: (other) => everyone.some((one) => one.id === other) });
    const name = `${id}.${reading.kind}`;
    await writeWhole(ownDir, name, bytes);
    await scan();
    const character = own.get(name);
    if (!character) throw new CastFileError(fileName, 'was saved but cannot be read back: try again');
    const warnings = [...reading.warnings];
    if (id !== reading.character.id) warnings.push(sameName(character));
    return { character, warnings };
  }

  const closing = new AbortController();
  let watching: Promise<void> = Promise.resolve();
  let notWatched: string[] = [];
  if (ownDir !== undefined) {
    await mkdir(ownDir, { recursive: true }).catch(() => undefined);
    watching = followFolder(ownDir, refresh, closing.signal).catch((error: unknown) => {
      notWatched = [`${ownDir}: cannot be watched (${reason(error)}): new cards are seen after a restart`];
    });
    await refresh();
  }

  return {
    characters: () => everyone,
    character: (id) => everyone.find((character) => character.id === id),
    find: (text, limit) => findCharacters(everyone, text, limit),
    scenes: () => scenes,
    scene: (id) => scenes.find((scene) => scene.id === id),
    add: (fileName, bytes) => inTurn(() => add(fileName, bytes)),
    problems: () => [...problems, ...notWatched],
    refresh,
    async close() {
      closing.abort();
      await watching;
      await queue;
    },
  };
}

async function readShippedCards(dir: string): Promise<Character[]> {
  const files = await createCardFolder(dir, 'shipped').scan();
  return byName(
    files.flatMap(({ name, reading, problem }) => {
      // Pictures without a card are the Narrator's and the bot's own.
      if (!reading && name.endsWith('.png')) return [];
      if (!reading) throw new CastFileError(name, problem ?? 'cannot be read');
      return [reading.character];
    }),
  );
}

async function readShippedScenes(dir: string, isCharacter: (id: string) => boolean): Promise<SceneScript[]> {
  const names = (await readdir(dir)).filter((name) => /\.ya?ml$/.test(name)).sort();
  return Promise.all(names.map((name) => readSceneFile(join(dir, name), isCharacter)));
}

async function followFolder(dir: string, onChange: () => Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    for await (const _change of watch(dir, { persistent: false, signal })) await onChange();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Written aside and renamed: a watcher never sees half a card. */
async function writeWhole(dir: string, name: string, bytes: Uint8Array): Promise<void> {
  const draft = join(dir, `.${name}.part`);
  try {
    await writeFile(draft, bytes);
    await rename(draft, join(dir, name));
  } catch (error) {
    await rm(draft, { force: true });
    throw new CastFileError(
      name,
      `cannot be saved in ${dir}: check who may write there and the space left`,
      error,
    );
  }
}

function problemsOf(file: CardFile, character: Character | undefined): string[] {
  if (file.problem) return [file.problem];
  if (!character || character.id === file.reading?.character.id) return [];
  return [`${file.name}: ${sameName(character)}`];
}

function sameName(character: Character): string {
  return `another card is named ${character.name}; this one plays as ${character.id}`;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function byName(characters: readonly Character[]): Character[] {
  return characters.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}
