import type { OpenMark, Span } from './span.ts';

/** Puts whole and broken spans into one ordered list without overlaps. */
export function sweepSpans(
  text: string,
  closed: readonly Span[],
  unclosed: readonly OpenMark[],
  orphans: readonly number[],
): Span[] {
  if (unclosed.length === 0 && orphans.length === 0) return [...closed];
  const starts: (Span | OpenMark | number)[] = [...closed, ...unclosed, ...orphans];
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

function placeOf(start: Span | OpenMark | number): number {
  return typeof start === 'number' ? start : start.from;
}

/** Whether an opening mark without a partner means anything: emphasis only where it opens a line. */
function reachesOn(text: string, open: OpenMark): boolean {
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
