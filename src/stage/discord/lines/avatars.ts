import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { RawFile } from 'discord.js';
import { pictureBehind } from '../../../cast/avatar.ts';
import type { Character } from '../../../cast/character.ts';

// Above this Discord silently shows its default picture instead.
const MOST_BYTES = 1024 * 1024;

// What Discord shows as somebody's picture.
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/webp']);

/**
 * A character's picture as a file to upload, named after its card; undefined where it has none,
 * or one that Discord would not show.
 */
export async function portraitOf(
  character: Character,
): Promise<(RawFile & { readonly data: Buffer }) | undefined> {
  const picture = await pictureBehind(character.avatar);
  if (!picture || !SHOWN.has(picture.mime)) return undefined;
  const { mime: contentType, bytes } = picture;
  if (bytes.length === 0 || bytes.length > MOST_BYTES) return undefined;
  const data = Buffer.from(bytes);
  const name = `${portraitName(character)}.${contentType.slice('image/'.length)}`;
  return { name, data, contentType };
}

/** File name of a card's picture, without its ending: another picture has another, where they can be told apart. */
function portraitName({ id, avatar }: Pick<Character, 'id' | 'avatar'>): string {
  const plain = id.replace(/[^\w-]/g, '_');
  // Names in other letters would all be the same.
  const own = plain === id ? '' : `-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
  const digest = avatar?.type === 'stored' ? avatar.digest?.slice(0, 8) : undefined;
  return `${plain}${own}${digest === undefined ? '' : `-${digest}`}`;
}

/** Whether what stands at an address is the picture that the character has now. */
export function isPortrait(url: string | undefined, character: Character): boolean {
  return url !== undefined && stemOf(new URL(url).pathname) === portraitName(character);
}

/**
 * Where the pictures of a message stand, by the id of their card. Discord lists them among the attachments or
 * only in the components that show them, so every address in the message is looked at. The
 * signature is cut off: it ends some day, and Discord refreshes addresses that have none.
 */
export function portraitUrls(message: unknown, characters: readonly Character[]): Record<string, string> {
  const byName = new Map<string, string>();
  for (const url of urlsIn(message)) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed || !/^https?:$/.test(parsed.protocol)) continue;
    const name = stemOf(parsed.pathname);
    if (!byName.has(name)) byName.set(name, parsed.origin + parsed.pathname);
  }
  const found: Record<string, string> = {};
  for (const character of characters) {
    const url = byName.get(portraitName(character));
    if (url !== undefined) found[character.id] = url;
  }
  return found;
}

function stemOf(path: string): string {
  const file = basename(path);
  return file.slice(0, file.length - extname(file).length);
}

function* urlsIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'url' && typeof child === 'string') yield child;
    else yield* urlsIn(child);
  }
}
