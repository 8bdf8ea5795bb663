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
    if (escapes && isEscaped(text, at)) continue;
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
  append(unclosed, [...marks.values()]);
  for (const stack of stacks.values()) append(unclosed, stack);
  return sweepSpans(text, closed, unclosed, orphans);

  function openBracket(bracket: OpenMark): void {
    const stack = stacks.get(bracket.mark);
    if (stack) stack.push(bracket);
    else stacks.set(bracket.mark, [bracket]);
  }

  function closeBracket(mark: SpanMark, at: number): void {
    const stack = stacks.get(mark);
    const bracket = stack?.at(-1);
    if (!bracket) {
      if (mark === 'square' && !isFace(text, at)) orphans.push(at);
    } else if (mark !== 'angle' || !/[\s=-]/.test(text[at - 1] ?? '')) {
      stack?.pop();
      add(bracket, at, 1);
    }
  }

  function add({ mark, from, length: opened }: OpenMark, at: number, length: number): void {
    // What was opened within and is still open closes nowhere else: so no two spans overlap.
    for (const stack of stacks.values()) while ((stack.at(-1)?.from ?? -1) > from) stack.pop();
    for (const [key, open] of marks) if (open.from > from) marks.delete(key);
    // What stands within goes with it.
    while ((closed.at(-1)?.from ?? -1) > from) closed.pop();
    closed.push({ mark, from, to: at + length, inFrom: from + opened, inTo: at, broken: false });
  }

  function readMark(source: string, at: number, glyph: string): number {
    let length = 1;
    while (length < 3 && source[at + length] === glyph) length++;
    if (glyph === '|' && length < 2) return at + 1;
    const key = glyph + (glyph === '|' ? 2 : length);
    const before = source[at - 1] ?? ' ';
    const after = source[at + length] ?? ' ';
    const open = marks.get(key);
    const mark = markOf(glyph, length);
    const isBlock = outlastsParagraph({ mark, length });
    if (open && (isBlock || !/\s/.test(before))) {
      marks.delete(key);
      if (at > open.from + open.length) add(open, at, length);
    } else if (!open && (isBlock || mayOpen(glyph, before, after))) {
      marks.set(key, { mark, from: at, length });
    }
    return at + length;
  }

  function endParagraph(): void {
    for (const [key, open] of marks) {
      if (outlastsParagraph(open)) continue;
      unclosed.push(open);
      marks.delete(key);
    }
  }
}

/** Emphasis ends with its paragraph; fenced code and spoilers do not. */
function outlastsParagraph({ mark, length }: Pick<OpenMark, 'mark' | 'length'>): boolean {
  return mark === 'bars' || (mark === 'code' && length === 3);
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
  if (mark === 'paren' || mark === 'square') return isFace(text, at);
  if (mark !== 'angle') return false;
  // A comparison: behind a number or a name of one letter.
  const compares = /(?:\p{N}|(?<!\p{L})\p{L})$/u.test(text.slice(Math.max(0, at - 2), at));
  return !/[\p{L}!?]/u.test(text[at + 1] ?? '') || compares;
}

/** The bracket at `at` is the mouth of `:]` or `:-(`. */
export function isFace(text: string, at: number): boolean {
  return /[:;=]-?$/.test(text.slice(Math.max(0, at - 2), at));
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
