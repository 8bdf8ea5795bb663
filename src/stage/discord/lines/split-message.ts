import { findMarkdownSpans, type MarkdownSpan } from './markdown-spans.ts';

/** Discord counts UTF-16 units, never more than 2,000 of them in a message. */
export const MESSAGE_LIMIT = 2000;

export type SplitOptions = { readonly limit?: number; readonly parts?: number };

/**
 * Cuts a text into messages, at the end of a paragraph, line, sentence or word, in this order of
 * liking, never inside a character, an escape or a marker. Italics, bold, code blocks and the like
 * that reach over a cut are closed before it and opened again after it.
 *
 * What does not fit into `parts` messages (default 3) is left out, and `…` ends the last one: the
 * whole line is in the scene's log, the room need not be flooded. A blank text is no message at all.
 */
export function splitMessage(
  text: string,
  { limit = MESSAGE_LIMIT, parts = 3 }: SplitOptions = {},
): string[] {
  const whole = text.trim();
  if (whole === '') return [];
  const spans = findMarkdownSpans(whole);
  const messages: string[] = [];
  let start = 0;
  while (start < whole.length) {
    const open = spansAt(spans, start);
    const before = open.map(({ opener }) => opener).join('');
    if (before.length + whole.length - start <= limit) {
      messages.push(before + whole.slice(start));
      break;
    }
    const last = messages.length === parts - 1;
    const room = limit - before.length - (last ? 1 : 0);
    const cut = chooseCut(whole, start, room, spans);
    const piece = whole.slice(start, cut).trimEnd();
    messages.push(before + piece + closersAt(spans, cut) + (last ? '…' : ''));
    if (last) break;
    start = nextStart(whole, cut, spans);
  }
  return messages;
}

function spansAt(spans: readonly MarkdownSpan[], at: number): MarkdownSpan[] {
  return spans.filter(({ inner, close }) => inner <= at && at < close);
}

function closersAt(spans: readonly MarkdownSpan[], at: number): string {
  return spansAt(spans, at)
    .map(({ closer }) => closer)
    .reverse()
    .join('');
}

/** White space at a cut is dropped, but for the indentation of code. */
function nextStart(text: string, cut: number, spans: readonly MarkdownSpan[]): number {
  let start = cut;
  if (spansAt(spans, cut).some(({ code }) => code)) return start;
  while (start < text.length && /\s/u.test(text[start] ?? '')) start += 1;
  return start;
}

// How much of a message must be full for a border of this kind to be taken.
const BORDERS: readonly { readonly is: (text: string, at: number) => boolean; readonly filled: number }[] = [
  { is: (text, at) => /\n[^\S\n]*\n\s*$/u.test(text.slice(Math.max(0, at - 20), at)), filled: 0.4 },
  { is: (text, at) => text[at - 1] === '\n', filled: 0.5 },
  { is: endsSentence, filled: 0.5 },
  { is: (text, at) => /\s/u.test(text[at - 1] ?? ''), filled: 0.1 },
];

function endsSentence(text: string, at: number): boolean {
  return /([.!?…]["'”’»)*_]*\s+|[。！？][」』）]*)$/u.test(text.slice(Math.max(0, at - 12), at));
}

function chooseCut(text: string, start: number, room: number, spans: readonly MarkdownSpan[]): number {
  const cuts = possibleCuts(text, start, room, spans);
  for (const { is, filled } of BORDERS) {
    const found = cuts.findLast((cut) => cut - start >= room * filled && is(text, cut));
    if (found !== undefined) return found;
  }
  return cuts.at(-1) ?? cutInsideGiant(text, start, room, spans);
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where a message that begins at `start` may end so that it fits with all its markers closed. */
function possibleCuts(text: string, start: number, room: number, spans: readonly MarkdownSpan[]): number[] {
  const cuts: number[] = [];
  const forbidden = insideMarkers(spans, start, start + room);
  let escaped = false;
  // One unit more than fits: the character at the edge may reach over it.
  for (const { index, segment } of graphemes.segment(text.slice(start, start + room + 1))) {
    const at = start + index;
    const fits = index > 0 && index + closersAt(spans, at).length <= room;
    if (fits && !escaped && !forbidden.has(at)) cuts.push(at);
    escaped = segment === '\\' ? !escaped : false;
  }
  return cuts;
}

/** Inside a marker, or where only the marker would stand on one side of the cut. */
function insideMarkers(spans: readonly MarkdownSpan[], from: number, to: number): Set<number> {
  const inside = new Set<number>();
  for (const { open, inner, close, end } of spans) {
    if (open > to || end < from) continue;
    for (let at = open + 1; at <= inner; at += 1) inside.add(at);
    for (let at = close; at < end; at += 1) inside.add(at);
  }
  return inside;
}

/** A single character longer than a message (hundreds of combining marks): between two code points. */
function cutInsideGiant(text: string, start: number, room: number, spans: readonly MarkdownSpan[]): number {
  const at = start + room - closersAt(spans, start + room).length;
  const second = text.charCodeAt(at);
  const splitsPair = second >= 0xdc00 && second <= 0xdfff;
  return Math.max(splitsPair ? at - 1 : at, start + 1);
}
