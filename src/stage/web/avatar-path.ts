import type { Avatar } from '../../cast/character.ts';
import type { Library } from '../../cast/library/library-api.ts';

type Seen = { avatar: Avatar | undefined; version: number };

const seen = new WeakMap<Library, Map<string, Seen>>();

/**
 * Where a character's face is served. A page keeps a picture by its address: another picture has
 * another one.
 */
export function avatarPath(id: string, library: Library): string {
  const avatar = library.character(id)?.avatar;
  const known = seen.get(library) ?? new Map<string, Seen>();
  seen.set(library, known);
  const last = known.get(id);
  const version = last === undefined ? 0 : last.version + (last.avatar === avatar ? 0 : 1);
  known.set(id, { avatar, version });
  return `/avatar/${encodeURIComponent(id)}${version === 0 ? '' : `?v=${version}`}`;
}
