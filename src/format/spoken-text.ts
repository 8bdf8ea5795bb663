import { append } from './append.ts';
import { isMind } from './mind.ts';
import type { Piece } from './piece.ts';

const THINKS = /thought|thinks|muse[ds]|wonder[es]/;
const QUOTED_THOUGHT =
  /["“«][^"“”«»\n]*["”»]\s{0,3},?\s{0,3}(?:he|she|they|I|[A-Z]\p{L}+)\s{1,3}(?:silently\s{1,3}|quietly\s{1,3})?(?:thought|thinks|mused|muses|wondered|wonders)(?!\p{L})(?:\s{1,3}to\s{1,3}\p{L}+sel(?:f|ves))?/gu;

// Signs that a line can be wrapped in, or begin with, as a comment or an aside does. Quotation marks
// and dashes are how other languages begin speech.
const SYMBOLS = /[/|\\=^$%#+@&:;~§¶•·>*💭🧠-]/u;
const OPENS_WITH_SIGN = /^[/|\\=^$%#+@&:;~§¶•·*-]{1,3}/u;
const ENDS_WITH_SIGN = /[/|\\=^$%#+@&:;~§¶•·*-]$/u;
const COMMENT = /^(?:>{1,3}|\/\/|\/\*|[#%]|;;)/u;
const BUBBLE = /[💭🧠]/u;

/**
 * Reads literal text: speech, but for what it says itself is thought: `"I fear him," she thought`, a
 * line in the manner of a comment (`// I fear him`), a line behind a thought bubble.
 */
export function readSpoken(text: string): Piece[] {
  if (!SYMBOLS.test(text)) return readQuotedThoughts(text);
  const pieces: Piece[] = [];
  let spoken = '';
  let hidden = '';
  for (const line of text.split(/(?<=\n)/)) {
    const bubble = line.search(BUBBLE);
    const hiddenFrom = bubble >= 0 ? bubble : isAside(line.trim()) ? 0 : line.length;
    if (hidden !== '' && hiddenFrom > 0 && line.trim() !== '') passHidden();
    spoken += line.slice(0, hiddenFrom);
    if (hiddenFrom === line.length) continue;
    if (hidden === '') passSpoken();
    hidden += line.slice(hiddenFrom);
  }
  if (hidden !== '') passHidden();
  passSpoken();
  return pieces;

  function passSpoken(): void {
    if (spoken !== '') append(pieces, readQuotedThoughts(spoken));
    spoken = '';
  }

  function passHidden(): void {
    pieces.push({ kind: 'thought', text: hidden });
    hidden = '';
    spoken = `\n${spoken}`;
  }
}

function isAside(line: string): boolean {
  const sign = COMMENT.exec(line) ?? (ENDS_WITH_SIGN.test(line) ? OPENS_WITH_SIGN.exec(line) : null);
  return sign !== null && isMind(line.slice(sign[0].length));
}

/** Whether a text may hold a quotation that somebody thinks. */
export function mayQuoteThoughts(text: string): boolean {
  return THINKS.test(text);
}

/** `"I fear him," she thought.` */
function readQuotedThoughts(text: string): Piece[] {
  if (!mayQuoteThoughts(text)) return [{ kind: 'speech', text }];
  const pieces: Piece[] = [];
  let pos = 0;
  for (const match of text.matchAll(QUOTED_THOUGHT)) {
    pieces.push({ kind: 'speech', text: text.slice(pos, match.index) }, { kind: 'thought', text: match[0] });
    pos = match.index + match[0].length;
  }
  pieces.push({ kind: 'speech', text: text.slice(pos) });
  return pieces;
}
