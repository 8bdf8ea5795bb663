import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { RawFile } from 'discord.js';
import type { Character } from '../../../cast/character.ts';

// Above this Discord silently shows its default picture instead.
const MOST_BYTES = 1024 * 1024;

const MIME: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};

/**
 * A character's picture as a file to upload, named after its card; undefined where it has none,
 * or one that Discord would not show.
 */
export async function portraitOf(character: Character): Promise<RawFile | undefined> {
  const { avatar } = character;
  if (!avatar) return undefined;
  const contentType = avatar.type === 'bytes' ? avatar.mime : MIME[extname(avatar.path).toLowerCase()];
  if (contentType === undefined) return undefined;
  const data =
    avatar.type === 'bytes' ? Buffer.from(avatar.bytes) : await readFile(avatar.path).catch(() => undefined);
  if (!data || data.length === 0 || data.length > MOST_BYTES) return undefined;
  const name = `${portraitName(character.id)}.${contentType.slice('image/'.length)}`;
  return { name, data, contentType };
}

/** File name of a card's picture, without its ending. */
export function portraitName(cardId: string): string {
  return cardId.replace(/[^\w-]/g, '_');
}

/**
 * Where the pictures of a message stand, by card id. Discord lists them among the attachments or
 * only in the components that show them, so every address in the message is looked at. The
 * signature is cut off: it ends some day, and Discord refreshes addresses that have none.
 */
export function portraitUrls(message: unknown, cardIds: readonly string[]): Record<string, string> {
  const byName = new Map<string, string>();
  for (const url of urlsIn(message)) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed || !/^https?:$/.test(parsed.protocol)) continue;
    const file = basename(parsed.pathname);
    const name = file.slice(0, file.length - extname(file).length);
    if (!byName.has(name)) byName.set(name, parsed.origin + parsed.pathname);
  }
  const found: Record<string, string> = {};
  for (const id of cardIds) {
    const url = byName.get(portraitName(id));
    if (url !== undefined) found[id] = url;
  }
  return found;
}

function* urlsIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'url' && typeof child === 'string') yield child;
    else yield* urlsIn(child);
  }
}
