import { namesOnlyThoughts, readHeading } from './headings.ts';
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
import type { Span } from './span.ts';

/** What the rest of the turn says about how its bare text is meant. */
export type Dialect = {
  /** No role tag anywhere: brackets are the older format's thoughts and actions. */
  readonly legacy: boolean;
  readonly tagged: { readonly thought: boolean; readonly action: boolean };
};

/** What a span turns out to be. `stress` loses its marks; `word` tells what stands beside it. */
export type Verdict = 'thought' | 'action' | 'plan' | 'literal' | 'stress' | 'word' | 'gone';

/**
 * Decides what a span in bare text is. The tests for a mind are generous: an action that is taken for a
 * thought is a loss, a thought that is taken for an action is a leak.
 */
export function judgeSpan(text: string, span: Span, inner: string, dialect: Dialect): Verdict {
  // What is left of a fence whose other end stands behind a tag.
  if (span.mark === 'code' && span.broken && /^[a-z]*\s*$/i.test(inner)) return 'gone';
  if (!/[\p{L}\p{N}\p{So}]/u.test(inner))
    return span.mark === 'square' && dialect.legacy ? 'gone' : 'literal';
  const place = placeOf(text, span);
  // `*Her thoughts*`: what stands below it, as under a heading.
  if (place.alone && span.mark !== 'corner' && namesOnlyThoughts(inner)) return 'word';
  if (span.mark !== 'corner' && (isOutOfPlay(inner) || readHeading(inner, 0, true)?.layer === 'plan'))
    return 'plan';
  switch (span.mark) {
    case 'angle':
      return judgeAngle(text, span, inner);
    case 'bars':
      return 'thought';
    case 'square':
      return dialect.legacy || countWords(inner) >= 3 || place.alone || isMind(inner) ? 'thought' : 'literal';
    case 'curly':
      return countWords(inner) >= 2 || place.alone || isMind(inner) ? 'thought' : 'literal';
    case 'corner':
      return !isDense(inner) && (place.apart || isMind(inner)) ? 'thought' : 'literal';
    case 'code':
    case 'tilde':
      return place.apart || isMind(inner) ? 'thought' : 'literal';
    case 'paren':
      return judgeParen(text, span, inner, place, dialect);
    case 'bold':
    case 'star':
      return judgeEmphasis(span, inner, countWords(inner), place, dialect);
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

/** `<I fear him>` hides; `<https://…>`, `<@123>`, `<t:0>` and a book's `《名》` hold no thought. */
function judgeAngle(text: string, span: Span, inner: string): Verdict {
  if (/[〈《⟨]/.test(text[span.from] ?? ''))
    return isDense(inner) || countWords(inner) < 2 ? 'literal' : 'thought';
  if (/^(?:https?:|mailto:|[@#/]|t:-?\d|a?:\w+:\d)\S*$/i.test(inner)) return 'literal';
  return /^\W*sys/i.test(inner) ? 'plan' : 'thought';
}

function isDense(text: string): boolean {
  return /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text);
}
