import { append } from './append.ts';
import { isFace } from './spans.ts';
import { createTagScanner, holdsTagSign } from './tag-scanner.ts';

/** A part of a text: `text.slice(from, to)`. */
export type Stretch = { readonly from: number; readonly to: number };

/** A sign that begins or ends what nobody hears. */
type Mark = Stretch & { readonly close: boolean };

// Look-alikes count as what they look like; the last three glyphs of each row are double brackets in one.
const OPENING = '[［【〔〖〘⟦〚❲⁅⦅｟⸨';
const CLOSING = ']］】〕〗〙⟧〛❳⁆⦆｠⸩';
const BRACKETS = new RegExp(`[${`${OPENING}${CLOSING}`.replace(/[[\]]/g, '\\$&')}]`, 'g');

/**
 * Finds what a player typed for no character's ears: thoughts in `[…]` and `<role_thinking>`, spoilers
 * in `||…||`, asides in `((…))`. Each kind is looked for by itself, so stretches may overlap: what
 * lies in any of them is unheard. What is opened and not closed reaches to the end of its line, what is
 * closed and was not opened back to the start of it: text whose side is in doubt is not heard. Linear.
 */
export function findUnheard(text: string): Stretch[] {
  const found = paired(text, bracketMarks(text));
  append(found, paired(text, tagMarks(text)));
  append(found, spoilers(text));
  append(found, asides(text));
  return found;
}

function bracketMarks(text: string): Mark[] {
  const marks: Mark[] = [];
  for (const { 0: glyph, index: from } of text.matchAll(BRACKETS)) {
    marks.push({ from, to: from + 1, close: CLOSING.includes(glyph) });
  }
  return marks;
}

/** Tags of a thought, in any spelling. A plan is no thought of a player's: it stays, and is made harmless. */
function tagMarks(text: string): Mark[] {
  if (!holdsTagSign(text)) return [];
  const scanner = createTagScanner();
  // Square brackets are marks of their own here; a tag that stands in them stays a tag.
  scanner.scan(text.replace(/[[\]]/g, ' '), 0);
  const marks: Mark[] = [];
  let depth = 0;
  for (const { from, to, kind, close, selfClosing } of scanner.tags) {
    if (kind !== 'thought' && kind !== 'musing') continue;
    const closes = close || (selfClosing && depth > 0);
    depth = Math.max(0, depth + (closes ? -1 : 1));
    marks.push({ from, to, close: closes });
  }
  return marks;
}

function paired(text: string, marks: readonly Mark[]): Stretch[] {
  const found: Stretch[] = [];
  const open: Mark[] = [];
  let end = 0;
  for (const mark of marks) {
    const opener = mark.close ? open.pop() : undefined;
    if (!mark.close) open.push(mark);
    else if (opener) found.push({ from: opener.from, to: mark.to });
    else if (!isFace(text, mark.from)) found.push({ from: lineStart(text, mark.from, end), to: mark.to });
    end = mark.to;
  }
  append(found, unclosed(text, open));
  return found;
}

function unclosed(text: string, open: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  let end = 0;
  for (const mark of open) {
    if (mark.from < end || isSad(text, mark)) continue;
    end = lineEnd(text, mark.to);
    found.push({ from: mark.from, to: end });
  }
  return found;
}

/** As Discord reads them: whatever stands between two pairs of bars. */
function spoilers(text: string): Stretch[] {
  const found: Stretch[] = [];
  let end = 0;
  for (const { 0: whole, index: from } of text.matchAll(/[|｜]{2}[\s\S]+?[|｜]{2}/g)) {
    end = from + whole.length;
    found.push({ from, to: end });
  }
  for (const { 0: bars, index } of text.slice(end).matchAll(/[|｜]{2,}/g)) {
    const from = end + index;
    // `a || b` is an "or".
    const opensLine = /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, from - 16), from));
    const isOr = /^(?:\s|$)/.test(text.slice(from + bars.length, from + bars.length + 1)) && !opensLine;
    if (isOr) continue;
    found.push({ from, to: lineEnd(text, from) });
    break;
  }
  return found;
}

/**
 * `((…))`, with single brackets and others of its kind within. One that opens the message and never
 * closes is the whole message.
 */
function asides(text: string): Stretch[] {
  const found: Stretch[] = [];
  // `inner`: single brackets that are open within.
  const open: (Stretch & { inner: number })[] = [];
  // An aside that ends in `:))` may have gone on behind a smile.
  let smiled: Stretch | undefined;
  for (const { 0: run, index: from } of text.matchAll(/[(（]+|[)）]+/g)) {
    const to = from + run.length;
    const top = open.at(-1);
    if (/[(（]/.test(run)) {
      if (run.length >= 2) open.push({ from, to, inner: run.length - 2 });
      else if (top && !isFace(text, from)) top.inner += 1;
      continue;
    }
    if (!top) {
      if (run.length >= 2 && smiled) found.push({ from: smiled.to, to });
      if (run.length >= 2) smiled = undefined;
      continue;
    }
    let left = run.length;
    for (let last = open.at(-1); last && left - last.inner >= 2; last = open.at(-1)) {
      left -= last.inner + 2;
      open.pop();
      found.push({ from: last.from, to });
      smiled = isFace(text, from) ? { from: last.from, to } : undefined;
    }
    const within = open.at(-1);
    if (within) within.inner = Math.max(0, within.inner - left);
  }
  const [first] = open;
  if (first && text.slice(0, first.from).trim() === '') return [{ from: first.from, to: text.length }];
  append(found, unclosed(text, open));
  return found;
}

/** `:[` or `a pity((` before a blank: nothing opens there. */
function isSad(text: string, { from, to }: Stretch): boolean {
  return /\S/.test(text[from - 1] ?? ' ') && /\s/.test(text[to] ?? ' ');
}

/** The start of the line, or `least` where that is later. */
function lineStart(text: string, at: number, least: number): number {
  return least + text.slice(least, at).lastIndexOf('\n') + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
