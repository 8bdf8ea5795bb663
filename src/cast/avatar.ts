import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Avatar } from './character.ts';

/** A picture as it is shown. */
export type Picture = { readonly mime: string; readonly bytes: Uint8Array };

const MIME_BY_ENDING: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
};

/** The picture behind an avatar, wherever it lies; undefined where it went missing or is none. */
export async function pictureBehind(avatar: Avatar | undefined): Promise<Picture | undefined> {
  if (!avatar) return undefined;
  if (avatar.type === 'bytes') return { mime: avatar.mime, bytes: avatar.bytes };
  const mime = avatar.type === 'stored' ? avatar.mime : MIME_BY_ENDING[extname(avatar.path).toLowerCase()];
  if (mime === undefined) return undefined;
  const reading = avatar.type === 'stored' ? avatar.read() : readFile(avatar.path);
  const bytes = await reading.catch(() => undefined);
  return bytes && { mime, bytes };
}
