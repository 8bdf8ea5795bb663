import { append } from './append.ts';
import { type Dialect, judgeSpan } from './judge-span.ts';
import { countWords, isMind, isThinkingLabel } from './mind.ts';
import type { Piece } from './piece.ts';
import type { Span } from './span.ts';
import { findSpans } from './spans.ts';
import { readSpoken } from './spoken-text.ts';

// In ranges: classes of many single characters are read several times slower.
const MARKED =
  /[(-*<>[\]_`{-~\u27e6-\u27e9\u3008-\u3011\u3014-\u3017\uff08\uff09\uff1c-\uff1e\uff3b-\uff3d\uff5b-\uff5d]/;

/** Whether there is anything in the text that has to be judged. */
export function isMarked(text: string): boolean {
  return MARKED.test(text);
}

/**
 * Reads text that stands in no tag: speech, with the actions and thoughts that models set off by
 * marks instead of tags. What may be a thought is one: an action must not read like a mind.
 */
export function readBareText(raw: string, dialect: Dialect): Piece[] {
  // A mark with a blank beside it, next to a tag, is what is left of marks around that tag.
  const text = withoutMarkup(raw)
    .replace(/^(?:`{1,2}|[*_]{1,3}|~{1,2})(?=\s)/, '')
    .replace(/(?<=\s)(?:`{1,2}|[*_]{1,3}|~{1,2})$/, '');
  if (!isMarked(text)) return readSpoken(text);
  const pieces: Piece[] = [];
  let said = '';
  let pos = 0;
  for (const span of findSpans(text)) {
    if (span.from < pos) continue;
    said += text.slice(pos, span.from);
    pos = span.to;
    const inner = text.slice(span.inFrom, span.inTo);
    const verdict = judgeSpan(text, span, inner, dialect);
    if (verdict === 'literal') said += text.slice(span.from, span.to);
    else if (verdict === 'stress') said = unmarked(said, inner, text.slice(span.to, span.to + 1));
    else if (verdict === 'word') pos = readWord(span);
    else if (verdict === 'action') tell(readActionText(inner, dialect));
    else tell(verdict === 'gone' ? [] : [{ kind: verdict, text: inner }]);
  }
  said += text.slice(pos);
  tell([]);
  return pieces;

  function tell(next: readonly Piece[]): void {
    if (said !== '') append(pieces, readSpoken(said));
    said = '';
    append(pieces, next);
  }

  // `"I fear him" (thought)` hides the quotation.
  function readWord(span: Span): number {
    const quote = /["”»'’]\s*$/.exec(said);
    if (quote) {
      const opener = lastQuoteBefore(said, quote.index);
      const hidden = said.slice(opener);
      said = said.slice(0, opener);
      tell([{ kind: 'thought', text: hidden }]);
      return span.to;
    }
    // `(thinking) I fear him`: the rest of the line; by itself on a line, the paragraph below it.
    const rest = text.slice(span.to);
    const match = /^[ \t]*\n(?:[^\n]*\S[^\n]*(?:\n|$))*/.exec(rest) ?? /^[^\n]*/.exec(rest);
    const end = span.to + (match?.[0].length ?? 0);
    tell([{ kind: 'thought', text: text.slice(span.to, end) }]);
    return end;
  }
}

/** Reads what stands in an action: its text, with the thoughts that are bracketed in it cut out. */
export function readActionText(raw: string, dialect: Dialect): Piece[] {
  const text = withoutMarkup(raw).replace(/^\s*\(([^()]*)\)\s*$/, '$1');
  if (!isMarked(text)) return [{ kind: 'action', text }];
  const pieces: Piece[] = [];
  let shown = '';
  let pos = 0;
  for (const span of findSpans(text)) {
    shown += text.slice(pos, span.from);
    pos = span.to;
    const inner = text.slice(span.inFrom, span.inTo);
    const hides =
      span.mark === 'paren'
        ? isThinkingLabel(inner)
        : span.mark === 'square' || span.mark === 'curly' || span.mark === 'angle' || span.mark === 'bars'
          ? dialect.legacy || countWords(inner) >= 3 || isMind(inner)
          : false;
    if (hides) {
      pieces.push({ kind: 'action', text: shown }, { kind: 'thought', text: inner });
      shown = '';
    } else {
      shown += span.mark === 'star' || span.mark === 'bold' ? inner : text.slice(span.from, span.to);
    }
  }
  pieces.push({ kind: 'action', text: shown + text.slice(pos) });
  return pieces;
}

const MARKUP = /<\/?(b|strong|u|s|i|em|q|p|br|hr)\s*\/?>/gi;

/** Takes HTML for looks off: italics become the asterisks they stand for, breaks become lines. */
function withoutMarkup(text: string): string {
  if (!text.includes('<')) return text;
  return text.replace(MARKUP, (_, name: string) => {
    const lower = name.toLowerCase();
    if (lower === 'i' || lower === 'em') return '*';
    return lower === 'p' || lower === 'br' || lower === 'hr' ? '\n' : '';
  });
}

/**
 * `before` and what was stressed behind it, without its marks; words that touched only them stay apart.
 *
 * @param after the character behind the marks
 */
export function unmarked(before: string, inner: string, after: string): string {
  const isWord = /[\p{L}\p{N}]/u;
  const gap = isWord.test(before.slice(-1)) && isWord.test(inner.slice(0, 1)) ? ' ' : '';
  return before + gap + inner + (isWord.test(inner.slice(-1)) && isWord.test(after) ? ' ' : '');
}

function lastQuoteBefore(text: string, closer: number): number {
  for (let i = closer - 1; i >= 0; i--) if (/["“«‘„]/.test(text[i] ?? '')) return i;
  return 0;
}
