/** What a stretch of text is set off by. */
export type SpanMark =
  | 'square'
  | 'paren'
  | 'curly'
  | 'angle'
  | 'corner'
  | 'star'
  | 'bold'
  | 'code'
  | 'tilde'
  | 'bars';

/** A stretch set off by marks: `text.slice(from, to)`, its content `text.slice(inFrom, inTo)`. */
export type Span = {
  readonly mark: SpanMark;
  readonly from: number;
  readonly to: number;
  readonly inFrom: number;
  readonly inTo: number;
  /** One of its marks is missing: it reaches to the end of its line, or from the span before it. */
  readonly broken: boolean;
};

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

const INTERESTING = /[[\](){}<>*_~`|\n［］【】〔〕〖〗⟦⟧（）｛｝＜＞⟨⟩〈〉《》「」『』]/g;

const HIDES: ReadonlySet<SpanMark> = new Set(['square', 'curly', 'angle', 'bars']);

type Open = { readonly mark: SpanMark; readonly from: number; readonly length: number };

/**
 * Finds the stretches of a text that stand in brackets or marks, outermost only, in order.
 *
 * One pass with a stack per kind of bracket, so brackets of one kind nest and those of another kind
 * within do not matter, and the time is linear. With `escapes` a backslash before a bracket makes it
 * plain text (`render-coser.ts` writes it so).
 */
export function findSpans(text: string, escapes = false): readonly Span[] {
  const closed: Span[] = [];
  const stacks = new Map<SpanMark, Open[]>();
  const marks = new Map<string, Open>();
  const unclosed: Open[] = [];
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
    } else if (!escapes) {
      INTERESTING.lastIndex = readMark(text, at, glyph);
    }
  }
  endParagraph();
  for (const stack of stacks.values()) unclosed.push(...stack);
  return sweep(text, closed, unclosed, orphans);

  function openBracket(bracket: Open): void {
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

  function add(open: Open, at: number, length: number): void {
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

/** Puts whole and broken spans into one ordered list without overlaps. */
function sweep(
  text: string,
  closed: readonly Span[],
  unclosed: readonly Open[],
  orphans: readonly number[],
): Span[] {
  if (unclosed.length === 0 && orphans.length === 0) return [...closed];
  const starts: (Span | Open | number)[] = [...closed, ...unclosed, ...orphans];
  starts.sort((a, b) => placeOf(a) - placeOf(b));
  const spans: Span[] = [];
  let end = 0;
  for (const start of starts) {
    if (typeof start === 'number') {
      if (start < end) continue;
      spans.push({ mark: 'square', from: end, to: start + 1, inFrom: end, inTo: start, broken: true });
      end = start + 1;
    } else if ('to' in start) {
      const last = spans.at(-1);
      if (start.from >= end) spans.push(start);
      else if (last && start.to > end) spans[spans.length - 1] = { ...last, to: start.to, inTo: start.to };
      end = Math.max(end, start.to);
    } else if (start.from >= end && reachesOn(text, start)) {
      const to = endOfBroken(text, start.from);
      spans.push({
        mark: start.mark,
        from: start.from,
        to,
        inFrom: start.from + start.length,
        inTo: to,
        broken: true,
      });
      end = to;
    }
  }
  return spans;
}

function placeOf(start: Span | Open | number): number {
  return typeof start === 'number' ? start : start.from;
}

/** Whether an opening mark without a partner means anything: emphasis only where it opens a line. */
function reachesOn(text: string, open: Open): boolean {
  if (open.mark === 'square' || open.mark === 'curly' || open.mark === 'bars' || open.mark === 'angle')
    return true;
  if (open.mark === 'corner') return false;
  if (open.mark === 'paren')
    return /^.\s*(?:inner |internal )?(?:think|thought)/i.test(text.slice(open.from, open.from + 32));
  return /(?:^|\n)[ \t>]*$/.test(text.slice(Math.max(0, open.from - 16), open.from));
}

/** The end of the line, and of the lines that go on in lower case. */
function endOfBroken(text: string, from: number): number {
  let end = text.indexOf('\n', from);
  while (end >= 0 && /^\n[ \t]*\p{Ll}/u.test(text.slice(end, end + 16))) end = text.indexOf('\n', end + 1);
  return end < 0 ? text.length : end;
}
