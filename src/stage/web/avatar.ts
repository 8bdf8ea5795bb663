import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { html } from 'hono/html';
import type { Character } from '../../cast/character.ts';
import { ROLE_COLORS } from './role-colors.ts';

export type Picture = { readonly mime: string; readonly bytes: Uint8Array };

const MIME_BY_ENDING: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
};

/** The card's picture, or initials on its colour where it has none that can be read. */
export async function pictureOf(character: Character, color: number): Promise<Picture> {
  const { avatar } = character;
  if (avatar?.type === 'bytes') return avatar;
  const mime = avatar && MIME_BY_ENDING[extname(avatar.path).toLowerCase()];
  if (avatar && mime) {
    try {
      return { mime, bytes: await readFile(avatar.path) };
    } catch {
      // A picture that went missing is no reason to lose the face.
    }
  }
  return initials(character.name, color);
}

/** Two letters on a disc: for players, and for cards without a picture. */
export function initials(name: string, color: number): Picture {
  const words = name
    .replace(/^(mr|mrs|ms|miss|dr|sir|lady|lord)\.?\s+/i, '')
    .replace(/\s+\(.*\)$/u, '')
    .split(/\s+/u);
  const first = [...(words[0] ?? '')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="${
    ROLE_COLORS[color % ROLE_COLORS.length] ?? ROLE_COLORS[0]
  }"/><text x="40" y="41" fill="#fff" font-family="Georgia, serif" font-size="32" text-anchor="middle" dominant-baseline="central">${(
    first + last
  ).toUpperCase()}</text></svg>`;
  return { mime: 'image/svg+xml', bytes: new TextEncoder().encode(String(svg)) };
}

/** An open book: the Narrator. */
export function narratorPicture(): Picture {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="#3a3f52"/>' +
    '<g fill="none" stroke="#e8dcc0" stroke-width="3" stroke-linejoin="round" stroke-linecap="round">' +
    '<path d="M40 27c-6-5-14-6-22-5v33c8-1 16 0 22 5 6-5 14-6 22-5V22c-8-1-16 0-22 5z"/><path d="M40 27v33"/></g></svg>';
  return { mime: 'image/svg+xml', bytes: new TextEncoder().encode(svg) };
}
