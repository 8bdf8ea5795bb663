import { renderHer } from '../../format/render-her.ts';
import type { Segment } from '../../format/segments.ts';
import { parseTurn } from '../../format/turn-parser.ts';

const HER_TAG = /<\s*\/?\s*(?:role|system)[_\s-]?(?:think|thought|action|speech)/i;
const ACTION_SPAN = /(?<!\*)\*(?!\*)([^*]+)\*(?!\*)/g;
const QUOTED = /["“”]([^"“”]*)["“”]/g;

/**
 * A line as other tools' cards have it, in HER format: `*asterisks*` are actions, and where the
 * rest is "Quoted.", the quotes are speech and what stands between them narrates. Text that
 * is in HER format already keeps its thoughts and loses any system thinking.
 */
export function proseToHer(prose: string): string {
  return renderHer(proseSegments(prose));
}

/** The same as segments. */
export function proseSegments(prose: string): readonly Segment[] {
  if (HER_TAG.test(prose)) return parseTurn(prose).segments;
  const pieces: Segment[] = [];
  let at = 0;
  for (const match of prose.matchAll(ACTION_SPAN)) {
    pieces.push(...spoken(prose.slice(at, match.index)), { kind: 'action', text: match[1] ?? '' });
    at = match.index + match[0].length;
  }
  pieces.push(...spoken(prose.slice(at)));
  return merged(pieces);
}

/** The reverse, for other tools: actions in asterisks, speech bare, thoughts left out. */
export function herToProse(turn: string): string {
  return parseTurn(turn)
    .segments.filter((segment) => segment.kind !== 'thought')
    .map((segment) => (segment.kind === 'action' ? `*${segment.text.trim()}*` : segment.text.trim()))
    .join(' ');
}

/**
 * Text outside asterisks: all of it speech, or speech in quotes with narration between. Quotes are
 * speech where one of them ends like a sentence or nothing stands outside; else they set off a word.
 */
function spoken(text: string): Segment[] {
  const quotes = [...text.matchAll(QUOTED)];
  const isDialogue =
    quotes.some((quote) => /[.,!?…—-]$/u.test(quote[1] ?? '')) || text.replace(QUOTED, '').trim() === '';
  if (!isDialogue) return [{ kind: 'speech', text }];
  const pieces: Segment[] = [];
  let at = 0;
  for (const quote of quotes) {
    pieces.push({ kind: 'action', text: text.slice(at, quote.index) });
    pieces.push({ kind: 'speech', text: quote[1] ?? '' });
    at = quote.index + quote[0].length;
  }
  pieces.push({ kind: 'action', text: text.slice(at) });
  return pieces;
}

/** Neighbours of one kind become one; what holds no letter or digit is dropped unless it is speech. */
function merged(pieces: readonly Segment[]): Segment[] {
  const whole: Segment[] = [];
  for (const piece of pieces) {
    const text = piece.text.trim();
    if (!text || (piece.kind !== 'speech' && !/[\p{L}\p{N}]/u.test(text))) continue;
    const last = whole.at(-1);
    if (last?.kind === piece.kind)
      whole[whole.length - 1] = { kind: piece.kind, text: `${last.text} ${text}` };
    else whole.push({ kind: piece.kind, text });
  }
  return whole;
}
