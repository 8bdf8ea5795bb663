import { joinNeighbours } from './join-neighbours.ts';
import type { Segment } from './segments.ts';

/**
 * Writes segments as CoSER text, `[thought](action)speech`. Brackets that would be read as something
 * else are escaped with a backslash; balanced ones inside a thought or an action may stay.
 *
 * @param options.name puts `Name: ` before the first element
 */
export function renderCoser(segments: readonly Segment[], options: { readonly name?: string } = {}): string {
  const body = joinNeighbours(segments)
    .map(({ kind, text }) => renderElement(kind, text))
    .join('');
  return options.name === undefined ? body : `${options.name}: ${body}`;
}

function renderElement(kind: Segment['kind'], text: string): string {
  switch (kind) {
    case 'thought':
      return `[${isBalanced(text, '[', ']') ? escaped(text, /\\(?=[\\[\]()]|$)/g) : escaped(text, /[\\[\]]/g)}]`;
    case 'action':
      // A square bracket in an action would be cut out as a thought.
      return `(${isBalanced(text, '(', ')') ? escaped(text, /[[\]]|\\(?=[\\[\]()]|$)/g) : escaped(text, /[\\()[\]]/g)})`;
    case 'speech':
      return escaped(text, /[[\]()]|\\(?=[\\[\]()]|$)/g);
  }
}

function escaped(text: string, glyphs: RegExp): string {
  return text.replace(glyphs, '\\$&');
}

function isBalanced(text: string, opener: string, closer: string): boolean {
  let depth = 0;
  for (const glyph of text) {
    if (glyph === opener) depth++;
    else if (glyph === closer) depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}
