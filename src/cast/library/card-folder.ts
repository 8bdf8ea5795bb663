import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import { type CardReading, readCard } from '../cards/read-card.ts';
import type { Avatar, Character } from '../character.ts';

const CARD_ENDINGS = new Set(['.yaml', '.yml', '.json', '.png']);
const PICTURE_ENDINGS = ['.png', '.jpg', '.jpeg', '.webp'];

/** One file of a card folder: the card it holds, or why it holds none. */
export type CardFile = {
  readonly name: string;
  readonly changedAt: number;
  readonly reading?: CardReading;
  readonly problem?: string;
};

/**
 * Reads a folder of cards again and again, each time only the files that are new or changed.
 * A picture that bears a card file's name is its avatar, not a card.
 */
export function createCardFolder(dir: string, source: Character['source']) {
  let known = new Map<string, CardFile & { readonly stamp: string }>();

  async function scan(): Promise<readonly CardFile[]> {
    const names = (await readdir(dir)).filter((name) => !name.startsWith('.')).sort();
    const texts = new Set(
      names.filter((name) => /\.(ya?ml|json)$/i.test(name)).map((name) => parse(name).name),
    );
    const isCard = (name: string) => {
      const ending = extname(name).toLowerCase();
      return CARD_ENDINGS.has(ending) && !(ending === '.png' && texts.has(parse(name).name));
    };
    const found: typeof known = new Map();
    for (const name of names.filter(isCard)) {
      const picture = names.find((other) => isPictureOf(other, name));
      const file = await look(name, picture);
      if (file) found.set(name, file);
    }
    known = found;
    return [...known.values()];
  }

  async function look(name: string, picture: string | undefined) {
    const path = join(dir, name);
    // A file may be gone again between the listing and now.
    const facts = await stat(path).catch(() => undefined);
    if (!facts?.isFile()) return undefined;
    const stamp = `${facts.mtimeMs} ${facts.size} ${picture ?? ''}`;
    const before = known.get(name);
    if (before?.stamp === stamp) return before;
    return { name, changedAt: facts.mtimeMs, stamp, ...(await read(path, name, picture)) };
  }

  async function read(path: string, name: string, picture: string | undefined) {
    try {
      const reading = readCard(await readFile(path), name, source);
      if (!picture || reading.character.avatar) return { reading };
      const avatar: Avatar = { type: 'file', path: join(dir, picture) };
      return { reading: { ...reading, character: { ...reading.character, avatar } } };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }

  return { scan };
}

function isPictureOf(picture: string, card: string): boolean {
  const { name, ext } = parse(picture);
  return picture !== card && name === parse(card).name && PICTURE_ENDINGS.includes(ext.toLowerCase());
}
