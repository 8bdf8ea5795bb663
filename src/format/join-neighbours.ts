import type { Segment } from './segments.ts';
import { glueBetween } from './tidy.ts';

/**
 * Joins neighbours of one kind, as there are where a thought between them was left out. Words are
 * never glued together.
 */
export function joinNeighbours<S extends Segment>(
  segments: readonly S[],
): readonly { readonly kind: S['kind']; readonly text: string }[] {
  if (!hasNeighbours(segments)) return segments;
  const joined: { kind: S['kind']; parts: string[] }[] = [];
  for (const { kind, text } of segments) {
    const last = joined.at(-1);
    if (last?.kind === kind) last.parts.push(glueBetween(last.parts.at(-1) ?? '', text), text);
    else joined.push({ kind, parts: [text] });
  }
  return joined.map(({ kind, parts }) => ({ kind, text: parts.join('') }));
}

function hasNeighbours(segments: readonly Segment[]): boolean {
  let before: string | undefined;
  for (const { kind } of segments) {
    if (kind === before) return true;
    before = kind;
  }
  return false;
}
