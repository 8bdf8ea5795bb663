import { readFile } from 'node:fs/promises';
import { withoutPngText } from '../../cast/cards/png-text.ts';
import type { Avatar, Character } from '../../cast/character.ts';

/** A picture that stands inside a file. */
export type Portrait = { readonly mime: string; readonly bytes: Uint8Array };

/** Bytes of one picture: a keepsake travels by mail and through chats. */
const LARGEST = 512 * 1024;

const PNG = 'image/png';
const MIME_BY_ENDING: readonly (readonly [RegExp, string])[] = [
  [/\.png$/i, PNG],
  [/\.jpe?g$/i, 'image/jpeg'],
  [/\.webp$/i, 'image/webp'],
];

/** The card's picture, or nothing where it has none that can be read and is small enough. */
export async function portraitOf({ avatar }: Character): Promise<Portrait | undefined> {
  const picture = avatar && (await pictureOf(avatar));
  if (!picture) return undefined;
  // A picture beside a card may be a card itself, with its private text in it.
  const bytes = picture.mime === PNG ? withoutPngText(picture.bytes) : picture.bytes;
  return bytes.length <= LARGEST ? { mime: picture.mime, bytes } : undefined;
}

async function pictureOf(avatar: Avatar): Promise<Portrait | undefined> {
  if (avatar.type === 'bytes') return avatar;
  const mime = MIME_BY_ENDING.find(([ending]) => ending.test(avatar.path))?.[1];
  if (!mime) return undefined;
  try {
    return { mime, bytes: await readFile(avatar.path) };
  } catch {
    // One that went missing since is no reason to keep nothing of the scene.
    return undefined;
  }
}
