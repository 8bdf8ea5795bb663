import { createHash } from 'node:crypto';
import type { Character } from '../../cast/character.ts';

/**
 * Names are coloured like Discord roles. The page's style sheet defines `--role-0` … for dark and
 * light; pictures made for faces without one use the plain colours here.
 */
export const ROLE_COLORS = [
  '#c0563d',
  '#3f7fb5',
  '#5d8a3c',
  '#8a5fb0',
  '#b07d2b',
  '#2f8f83',
  '#b34f7d',
  '#5b6abf',
] as const;

/**
 * Those who ship differ from their neighbours; everyone else gets a colour by name, which stays theirs
 * whoever is added to the library.
 */
export function roleColorOf(id: string, library: readonly Pick<Character, 'id' | 'source'>[] = []): number {
  const place = library.filter(({ source }) => source === 'shipped').findIndex((one) => one.id === id);
  const number = place >= 0 ? place : (createHash('sha256').update(id).digest()[0] ?? 0);
  return number % ROLE_COLORS.length;
}

/**
 * The message component sets a name's colour as a style attribute. The page's policy allows these
 * few and no other, by their hashes (the first two are a name without a colour).
 */
export function roleStyleHashes(): readonly string[] {
  const styles = ['', 'color:;', ...ROLE_COLORS.map((_, i) => `color:var(--role-${i});`)];
  return styles.map((style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`);
}
