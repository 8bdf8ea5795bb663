import { append } from './append.ts';
import type { OpenMark, Span, SpanMark } from './span.ts';
import { sweepSpans } from './sweep-spans.ts';

const BRACKETS: readonly (readonly [SpanMark, string, string])[] = [
  ['square', '[［【〔〖⟦', ']］】〕〗⟧'],
  ['paren', '(（', ')）'],
  ['curly', '{｛', '}｝'],
  ['angle', '<＜⟨〈《', '>＞⟩〉》'],
  ['corner', '「『', '」』'],
];
const OPENERS = new Map(
  BRACKETS.flatMap(([mark, opens]) => [...opens].map((glyph) => [glyph, mark] as const)),
);
const CLOSERS = new Map(
  BRACKETS.flatMap(([mark, , closes]) => [...closes].map((glyph) => [glyph, mark] as const)),
);

const INTERESTING =
  /[\n(-*<>[\]_`{-~\u27e6-\u27e9\u3008-\u3011\u3014-\u3017\uff08\uff09\uff1c-\uff1e\uff3b-\uff3d\uff5b-\uff5d]/g;

const HIDES: ReadonlySet<SpanMark> = new Set(['square', 'curly', 'angle', 'bars']);

/**
 * Finds the stretches of a text that stand in brackets or marks, outermost only, in order.
 *
 * One pass with a stack per kind of bracket, so brackets of one kind nest and those of another kind
 * within do not matter, and the time is linear. With `escapes` a backslash before a bracket makes it
 * plain text (`render-coser.ts` writes it so).
 */
export function findSpans(text: string, escapes = false): readonly Span[] {
  const closed: Span[] = [];
  const stacks = new Map<SpanMark, OpenMark[]>();
  const marks = new Map<string, OpenMark>();
  const unclosed: OpenMark[] = [];
  const orphans: number[] = [];

  INTERESTING.lastIndex = 0;
  for (let match = INTERESTING.exec(text); match; match = INTERESTING.exec(text)) {
    const at = match.index;
    const glyph = match[0];
    const opens = OPENERS.get(glyph);
    const closes = CLOSERS.get(glyph);
    if (escapes && text[at - 1] === '\\' && isEscaped(text, at)) continue;
    if (opens) {
      if (!isLiteralOpener(text, at, opens)) openBracket({ mark: opens, from: at, length: 1 });
    } else if (closes) {
      closeBracket(closes, at);
    } else if (glyph === '\n') {
      if (/^\n[ \t]*\n/.test(text.slice(at, at + 80))) endParagraph();
    } else if (!escapes && '*_~`|'.includes(glyph)) {
      INTERESTING.lastIndex = readMark(text, at, glyph);
    }
  }
  endParagraph();
  for (const stack of stacks.values()) append(unclosed, stack);
  return sweepSpans(text, closed, unclosed, orphans);

  function openBracket(bracket: OpenMark): void {
    const stack = stacks.get(bracket.mark);
    if (stack) stack.push(bracket);
    else stacks.set(bracket.mark, [bracket]);
  }

  function closeBracket(mark: SpanMark, at: number): void {
    const before = text[at - 1] ?? '';
    const stack = stacks.get(mark);
    const isFace =
      (mark === 'square' || mark === 'paren') && /[:;=]/.test(text[at - 2] === ':' ? ':' : before);
    if (stack && stack.length > 0) {
      if (mark === 'angle' && /[\s=-]/.test(before)) return;
      const bracket = stack.pop();
      if (bracket) add(bracket, at, 1);
    } else if (mark === 'square' && !isFace) {
      orphans.push(at);
    }
  }

  function add(open: OpenMark, at: number, length: number): void {
    // What was opened within and is still open closes nowhere else.
    for (const stack of stacks.values()) while ((stack.at(-1)?.from ?? -1) > open.from) stack.pop();
    for (const [key, mark] of marks) if (mark.from > open.from) marks.delete(key);
    let from = open.from;
    let mark = open.mark;
    // What stands within goes with it; what overlaps it is joined to it, under the mark that hides.
    for (let last = closed.at(-1); last && last.to > from; last = closed.at(-1)) {
      if (last.from < from && HIDES.has(last.mark)) mark = last.mark;
      from = Math.min(from, last.from);
      closed.pop();
    }
    const to = at + length;
    closed.push({ mark, from, to, inFrom: from + open.length, inTo: to - length, broken: false });
  }

  function readMark(source: string, at: number, glyph: string): number {
    let length = 1;
    while (length < 3 && source[at + length] === glyph) length++;
    if (glyph === '|' && length < 2) return at + 1;
    const key = glyph + (glyph === '|' ? 2 : length);
    const before = source[at - 1] ?? ' ';
    const after = source[at + length] ?? ' ';
    const open = marks.get(key);
    const isCode = (length === 3 && (glyph === '`' || glyph === '~')) || glyph === '|';
    if (open && (isCode || !/\s/.test(before))) {
      marks.delete(key);
      if (at > open.from + open.length) add(open, at, length);
    } else if (!open && (isCode || mayOpen(glyph, before, after))) {
      marks.set(key, { mark: markOf(glyph, length), from: at, length });
    }
    return at + length;
  }

  // Emphasis ends with its paragraph; code and spoilers do not.
  function endParagraph(): void {
    for (const open of marks.values()) unclosed.push(open);
    marks.clear();
  }
}

function markOf(glyph: string, length: number): SpanMark {
  if (glyph === '|') return 'bars';
  if (glyph === '`' || (glyph === '~' && length === 3)) return 'code';
  if (glyph === '~') return 'tilde';
  return length === 2 ? 'bold' : 'star';
}

/** `5*3`, `snake_case` and `Hello~` open nothing. */
function mayOpen(glyph: string, before: string, after: string): boolean {
  if (/\s/.test(after)) return false;
  if (!/[\p{L}\p{N}]/u.test(before)) return true;
  return glyph === '*' && /\p{L}/u.test(after);
}

/** `:(` is a face, `a <b` and `<3` are no brackets. */
function isLiteralOpener(text: string, at: number, mark: SpanMark): boolean {
  const before = text[at - 1] ?? '';
  if (mark === 'paren' || mark === 'square')
    return /[:;=]/.test(before === '-' ? (text[at - 2] ?? '') : before);
  if (mark !== 'angle') return false;
  // A comparison: behind a number or a name of one letter.
  const compares = /\p{N}/u.test(before) || /(?:^|[^\p{L}])\p{L}$/u.test(text.slice(Math.max(0, at - 2), at));
  return !/[\p{L}!?]/u.test(text[at + 1] ?? '') || compares;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
