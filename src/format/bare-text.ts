import { readHeading } from './headings.ts';
import {
  countWords,
  isGesture,
  isMind,
  isOutOfPlay,
  isPlainlyMind,
  isThinkingLabel,
  isThinkingWord,
  readsAsAction,
} from './mind.ts';
import { findSpans, type Span } from './spans.ts';
import { readSpoken } from './spoken-text.ts';

/** A piece of a turn in its raw wording; a turn's segments are made of these. */
export type Piece = { readonly kind: 'plan' | 'thought' | 'action' | 'speech'; readonly text: string };

/** What the rest of the turn says about how its bare text is meant. */
export type Dialect = {
  /** No role tag anywhere: brackets are the older format's thoughts and actions. */
  readonly legacy: boolean;
  readonly tagged: { readonly thought: boolean; readonly action: boolean };
};

const MARKED = /[*_~`|{}[\]()<>（）［］【】〔〕〖〗⟦⟧｛｝＜＞⟨⟩〈〉《》「」『』]/;

/** Whether there is anything in the text that has to be judged. */
export function isMarked(text: string): boolean {
  return MARKED.test(text);
}

/** What a span turns out to be. `stress` loses its marks; `word` tells what stands beside it. */
type Verdict = 'thought' | 'action' | 'plan' | 'literal' | 'stress' | 'word' | 'gone';

/**
 * Reads text that stands in no tag: speech, with the actions and thoughts that models set off by
 * marks instead of tags. What may be a thought is one: an action must not read like a mind.
 */
export function readBareText(raw: string, dialect: Dialect): Piece[] {
  // A mark with a blank beside it, next to a tag, is what is left of marks around that tag.
  const text = withoutMarkup(raw)
    .replace(/^[`*_~]{1,3}(?=\s)/, '')
    .replace(/(?<=\s)[`*_~]{1,3}$/, '');
  if (!isMarked(text)) return readSpoken(text);
  const pieces: Piece[] = [];
  let said = '';
  let pos = 0;
  for (const span of findSpans(text)) {
    if (span.from < pos) continue;
    said += text.slice(pos, span.from);
    pos = span.to;
    const inner = text.slice(span.inFrom, span.inTo);
    const verdict = judge(text, span, inner, dialect);
    if (verdict === 'literal') said += text.slice(span.from, span.to);
    else if (verdict === 'stress') said += inner;
    else if (verdict === 'word') pos = readWord(span);
    else if (verdict === 'action') tell(readActionText(inner, dialect));
    else tell(verdict === 'gone' ? [] : [{ kind: verdict, text: inner }]);
  }
  said += text.slice(pos);
  tell([]);
  return pieces;

  function tell(next: readonly Piece[]): void {
    if (said !== '') pieces.push(...readSpoken(said));
    said = '';
    pieces.push(...next);
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

function judge(text: string, span: Span, inner: string, dialect: Dialect): Verdict {
  // What is left of a fence whose other end stands behind a tag.
  if (span.mark === 'code' && span.broken && /^[a-z]*\s*$/i.test(inner)) return 'gone';
  if (!/[\p{L}\p{N}\p{So}]/u.test(inner))
    return span.mark === 'square' && dialect.legacy ? 'gone' : 'literal';
  if (span.mark !== 'corner' && (isOutOfPlay(inner) || readHeading(inner, 0, true)?.layer === 'plan'))
    return 'plan';
  const words = countWords(inner);
  const place = placeOf(text, span);
  const isCertain = place.alone || isMind(inner);
  switch (span.mark) {
    case 'square':
      return dialect.legacy || words >= 3 || isCertain ? 'thought' : 'literal';
    case 'curly':
      return words >= 2 || isCertain ? 'thought' : 'literal';
    case 'bars':
      return 'thought';
    case 'angle':
      return isAddress(text, span, inner) ? 'literal' : 'thought';
    case 'corner':
      return !isDense(inner) && (place.apart || isCertain) ? 'thought' : 'literal';
    case 'code':
    case 'tilde':
      return place.apart || isCertain ? 'thought' : 'literal';
    case 'paren':
      return judgeParen(text, span, inner, place, dialect);
    case 'bold':
    case 'star':
      return judgeEmphasis(span, inner, words, place, dialect);
  }
}

type Place = ReturnType<typeof placeOf>;

function judgeParen(text: string, span: Span, inner: string, place: Place, dialect: Dialect): Verdict {
  // `((like this))` is how players and models step out of the play.
  if (text[span.from + 1] === '(' && text[span.to - 2] === ')') return 'plan';
  if (isThinkingWord(inner)) return 'word';
  if (isThinkingLabel(inner)) return 'thought';
  if (dialect.legacy) return isPlainlyMind(inner) ? 'thought' : 'action';
  if (place.midSentence) return 'literal';
  if (isMind(inner)) return 'thought';
  if (place.alone || readsAsAction(inner)) return stageDirection(inner, dialect);
  return 'literal';
}

function judgeEmphasis(span: Span, inner: string, words: number, place: Place, dialect: Dialect): Verdict {
  if (isThinkingWord(inner)) return 'word';
  if (words <= 2 && !span.broken && (place.midSentence || place.goesOn)) {
    return isGesture(inner) || (!place.midSentence && readsAsAction(inner)) ? 'action' : 'stress';
  }
  if (isMind(inner)) return 'thought';
  if (span.mark === 'bold' && !place.apart) return 'stress';
  return stageDirection(inner, dialect);
}

/**
 * Where the model has tags for actions and none for thoughts, what it sets off by other marks is
 * more likely a thought; then it must read like an action to be shown.
 */
function stageDirection(inner: string, { tagged }: Dialect): Verdict {
  return tagged.action && !tagged.thought && !readsAsAction(inner) ? 'thought' : 'action';
}

/** How a span stands among the words around it. */
function placeOf(
  text: string,
  span: Span,
): { alone: boolean; apart: boolean; midSentence: boolean; goesOn: boolean } {
  const before = text.slice(Math.max(0, span.from - 40), span.from);
  const after = text.slice(span.to, span.to + 40);
  const opensLine = /(?:^|\n)[^\p{L}\p{N}]*$/u.test(before);
  const endsLine = /^[^\p{L}\p{N}]*(?:$|\n)/u.test(after);
  const afterSentence = /[.!?…"”'’»)*\]}。！？」』）】—–:]\s*$/.test(before);
  return {
    alone: opensLine && endsLine,
    apart: opensLine || endsLine || afterSentence || span.broken,
    midSentence: !(opensLine || afterSentence || span.broken),
    goesOn: /^(?:[ \t]*\p{Ll}|,)/u.test(after),
  };
}

/** `<https://…>`, `<@123>`, `<t:0>`, a book's `《名》`: brackets that hold no thought. */
function isAddress(text: string, span: Span, inner: string): boolean {
  if (/[〈《⟨]/.test(text[span.from] ?? '')) return isDense(inner) || countWords(inner) < 2;
  return /^(?:https?:|mailto:|[@#/]|t:-?\d|a?:\w+:\d)\S*$/i.test(inner);
}

function isDense(text: string): boolean {
  return /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text);
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

function lastQuoteBefore(text: string, closer: number): number {
  for (let i = closer - 1; i >= 0; i--) if (/["“«‘„]/.test(text[i] ?? '')) return i;
  return 0;
}
