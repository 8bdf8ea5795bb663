import type { Piece } from './piece.ts';
import type { Segment } from './segments.ts';
import { glueBetween, isEmpty, tidy } from './tidy.ts';

/**
 * Makes segments of pieces: tidied, empty ones left out, neighbours of one kind joined. Plans become
 * one text of their own.
 */
export function assembleSegments(pieces: readonly Piece[]): { plan: string; segments: Segment[] } {
  const plans: string[] = [];
  const segments: Segment[] = [];
  let kind: Segment['kind'] | undefined;
  // Texts of one segment and what joins them; joined once, so that a thousand bits cost a thousand.
  let parts: string[] = [];
  let lastRaw = '';
  let brokeLine = false;

  for (const piece of pieces) {
    if (piece.kind === 'plan') {
      plans.push(piece.text.trim());
      continue;
    }
    const text = tidy(piece.text);
    if (isEmpty(text)) {
      brokeLine ||= piece.text.includes('\n');
    } else {
      if (piece.kind !== kind) finish();
      else if (brokeLine || endsLine(lastRaw) || startsLine(piece.text)) parts.push('\n');
      else parts.push(glueBetween(parts.at(-1) ?? '', text));
      kind = piece.kind;
      parts.push(text);
      lastRaw = piece.text;
      brokeLine = false;
    }
  }
  finish();
  return { plan: plans.filter((plan) => plan !== '').join('\n'), segments };

  function finish(): void {
    if (kind) segments.push({ kind, text: parts.join('') });
    parts = [];
  }
}

function endsLine(raw: string): boolean {
  return /\n\s*$/.test(raw.slice(-8));
}

function startsLine(raw: string): boolean {
  return /^\s*\n/.test(raw.slice(0, 8));
}
