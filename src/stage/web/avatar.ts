import { html } from 'hono/html';
import { type Picture, pictureBehind } from '../../cast/avatar.ts';
import type { Character } from '../../cast/character.ts';
import { ROLE_COLORS } from './role-colors.ts';

/** The card's picture, or initials on its colour where it has none that can be read. */
export async function pictureOf(character: Character, color: number): Promise<Picture> {
  return (await pictureBehind(character.avatar)) ?? initials(character.name, color);
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
