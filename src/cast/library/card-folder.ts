import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { barePicture } from '../cards/bare-picture.ts';
import { type CardReading, digestOf } from '../cards/read-card.ts';
import type { Avatar, Character } from '../character.ts';
import { cardFilesIn, pictureOf } from './file-names.ts';
import { readOwnFile } from './read-own-file.ts';
import type { WorldReading } from './read-world-file.ts';

/** One file of a card folder: the card or the world it holds, or why it holds none. */
export type CardFile = {
  readonly name: string;
  readonly changedAt: number;
  readonly reading?: CardReading;
  readonly world?: WorldReading;
  readonly problem?: string;
  /** The file beside it that shows its face. */
  readonly picture?: string;
};

/**
 * Reads a folder of cards again and again, each time only the files that are new or changed.
 * A picture that bears a card file's name is its avatar, not a card.
 */
export function createCardFolder(dir: string, source: Character['source']) {
  let known = new Map<string, CardFile & { readonly stamp: string }>();

  async function scan(): Promise<readonly CardFile[]> {
    const names = await readdir(dir);
    const found: typeof known = new Map();
    for (const name of cardFilesIn(names)) {
      const file = await look(name, pictureOf(name, names));
      if (file) found.set(name, file);
    }
    known = found;
    return [...known.values()];
  }

  async function look(name: string, picture: string | undefined) {
    // A file may be gone again between the listing and now.
    const [facts, faceFacts] = await Promise.all([factsOf(name), picture && factsOf(picture)]);
    if (!facts?.isFile()) return undefined;
    const stamp = [facts, faceFacts].map((one) => one && `${one.ino} ${one.mtimeMs} ${one.size}`).join();
    const before = known.get(name);
    if (before?.stamp === stamp && before.picture === picture) return before;
    const face = picture === undefined ? {} : { picture };
    return { name, changedAt: facts.mtimeMs, stamp, ...face, ...(await read(name, picture)) };
  }

  function factsOf(name: string) {
    return stat(join(dir, name)).catch(() => undefined);
  }

  async function read(name: string, picture: string | undefined) {
    try {
      const file = readOwnFile(await readFile(join(dir, name)), name, source);
      if ('world' in file || picture === undefined || file.reading.character.avatar) return file;
      const avatar = await faceIn(picture);
      if (!avatar) return file;
      return { reading: { ...file.reading, character: { ...file.reading.character, avatar } } };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }

  /** A picture that somebody brought may itself be a card, and carry all of its private text. */
  async function faceIn(picture: string): Promise<Avatar | undefined> {
    const path = join(dir, picture);
    if (source === 'shipped') return { type: 'file', path };
    const bare = async () => barePicture(await readFile(path), () => {});
    const found = await bare().catch(() => undefined);
    return (
      found && {
        type: 'stored',
        mime: found.mime,
        digest: digestOf(found.bytes),
        read: async () => (await bare())?.bytes,
      }
    );
  }

  return { scan };
}
