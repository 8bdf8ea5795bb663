import { pictureBehind } from '../../cast/avatar.ts';
import { withoutPngText } from '../../cast/cards/png-text.ts';
import type { Character } from '../../cast/character.ts';

/** A picture that stands inside a file. */
export type Portrait = { readonly mime: string; readonly bytes: Uint8Array };

/** Bytes of one picture: a keepsake travels by mail and through chats. */
const LARGEST = 512 * 1024;

const PNG = 'image/png';
const SHOWN = new Set([PNG, 'image/jpeg', 'image/webp']);

/** The card's picture, or nothing where it has none that can be read and is small enough. */
export async function portraitOf({ avatar }: Character): Promise<Portrait | undefined> {
  const picture = await pictureBehind(avatar);
  if (!picture || !SHOWN.has(picture.mime)) return undefined;
  // A picture beside a card may be a card itself, with its private text in it.
  const bytes = picture.mime === PNG ? withoutPngText(picture.bytes) : picture.bytes;
  return bytes.length <= LARGEST ? { mime: picture.mime, bytes } : undefined;
}
