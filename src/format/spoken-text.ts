import type { Piece } from './bare-text.ts';
import { isMind } from './mind.ts';

const THINKS = /thought|thinks|muse[ds]|wonder[es]/;
const QUOTED_THOUGHT =
  /["“«][^"“”«»\n]*["”»]\s*,?\s*(?:he|she|they|I|[A-Z]\p{L}+)\s+(?:silently\s+|quietly\s+)?(?:thought|thinks|mused|muses|wondered|wonders)(?!\p{L})(?:\s+to\s+\p{L}+sel(?:f|ves))?/gu;

// Signs that a line can be wrapped in, or begin with, as a comment or an aside does. Quotation marks
// and dashes are how other languages begin speech.
const SYMBOLS = /[/|\\=^$%#+@&:;~§¶•·>*💭🧠-]/u;
const WRAPPED = /^([/|\\=^$%#+@&:;~§¶•·*-]{1,3})\s*(\S.*?)\s*([/|\\=^$%#+@&:;~§¶•·*-]{1,3})$/u;
const COMMENT = /^(?:>{1,3}|\/\/|\/\*|#{1,6}|%{1,2}|;;)\s*(\S.*)$/u;
const BUBBLE = /[💭🧠]/u;

/**
 * Reads literal text: speech, but for what it says itself is thought: `"I fear him," she thought`, a
 * line in the manner of a comment (`// I fear him`), a line behind a thought bubble.
 */
export function readSpoken(text: string): Piece[] {
  if (!SYMBOLS.test(text)) return readQuotedThoughts(text);
  const pieces: Piece[] = [];
  let spoken = '';
  for (const line of text.split(/(?<=\n)/)) {
    const bubble = line.search(BUBBLE);
    const hiddenFrom = bubble >= 0 ? bubble : isAside(line.trim()) ? 0 : line.length;
    spoken += line.slice(0, hiddenFrom);
    if (hiddenFrom === line.length) continue;
    pieces.push(...readQuotedThoughts(spoken), { kind: 'thought', text: line.slice(hiddenFrom) });
    spoken = line.endsWith('\n') ? '\n' : '';
  }
  return [...pieces, ...readQuotedThoughts(spoken)];
}

function isAside(line: string): boolean {
  const content = COMMENT.exec(line)?.[1] ?? WRAPPED.exec(line)?.[2];
  return content !== undefined && isMind(content);
}

/** `"I fear him," she thought.` */
function readQuotedThoughts(text: string): Piece[] {
  if (!THINKS.test(text)) return [{ kind: 'speech', text }];
  const pieces: Piece[] = [];
  let pos = 0;
  for (const match of text.matchAll(QUOTED_THOUGHT)) {
    pieces.push({ kind: 'speech', text: text.slice(pos, match.index) }, { kind: 'thought', text: match[0] });
    pos = match.index + match[0].length;
  }
  pieces.push({ kind: 'speech', text: text.slice(pos) });
  return pieces;
}
