import { joinNeighbours } from './join-neighbours.ts';
import type { Segment } from './segments.ts';

/**
 * Writes segments as CoSER text, `[thought](action)speech`. Brackets that would be read as something
 * else are escaped with a backslash; balanced ones inside a thought or an action may stay.
 *
 * @param options.name puts `Name: ` before the first element
 */
export function renderCoser(segments: readonly Segment[], options: { readonly name?: string } = {}): string {
  let text = options.name === undefined ? '' : `${options.name}: `;
  for (const segment of joinNeighbours(segments)) text += renderElement(segment.kind, segment.text);
  return text;
}

function renderElement(kind: Segment['kind'], text: string): string {
  const words = escapeIn(kind, text);
  switch (kind) {
    case 'thought':
      return `[${words}]`;
    case 'action':
      return `(${words})`;
    case 'speech':
      return words;
  }
}

// A backslash that would escape what stands behind it.
const BACKSLASH = /\\(?=[\\[\]()]|$)/g;
const SQUARE = /[[\]]|\\(?=[\\[\]()]|$)/g;
const ANY = /[[\]()]|\\(?=[\\[\]()]|$)/g;

function escapeIn(kind: Segment['kind'], text: string): string {
  if (kind === 'thought' && isNested(text, '[]()')) return text.replace(BACKSLASH, '\\$&');
  // A square bracket in an action would be cut out as a thought.
  if (kind === 'action' && isNested(text, '()')) return text.replace(SQUARE, '\\$&');
  return text.replace(ANY, '\\$&');
}

/** Whether the brackets of a text nest properly; `kinds` lists them in pairs. */
function isNested(text: string, kinds: string): boolean {
  const open: string[] = [];
  for (const glyph of text) {
    const kind = kinds.indexOf(glyph);
    if (kind < 0) continue;
    if (kind % 2 === 0) open.push(kinds[kind + 1] ?? '');
    else if (open.pop() !== glyph) return false;
  }
  return open.length === 0;
}
