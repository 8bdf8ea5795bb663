/** A stretch of Discord markdown between two markers that belong together. */
export type MarkdownSpan = {
  /** Where the opening marker begins, where it ends, where the closing one begins, where it ends. */
  readonly open: number;
  readonly inner: number;
  readonly close: number;
  readonly end: number;
  /** What must stand before and after a piece of the inside to make it look the same. */
  readonly opener: string;
  readonly closer: string;
  /** White space inside counts. */
  readonly code: boolean;
};

type Opened = { readonly marker: string; readonly at: number };

/**
 * Finds italics, bold, underline, strike-through, spoilers, code and code blocks.
 * Markers without a partner, escaped ones and those inside code are plain text and in no span.
 */
export function findMarkdownSpans(text: string): MarkdownSpan[] {
  const spans: MarkdownSpan[] = [];
  const opened: Opened[] = [];
  const unclosed = new Set<string>();
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\\') {
      at += 2;
    } else if (char === '`') {
      const run = runAt(text, at);
      const marker = run.length > 3 ? '```' : run;
      const span = unclosed.has(marker) ? undefined : codeSpan(text, at, marker);
      if (span) spans.push(span);
      else unclosed.add(marker);
      at = span ? span.end : at + run.length;
    } else if ('*_~|'.includes(char)) {
      at = takeRun(text, at, opened, spans);
    } else {
      at += 1;
    }
  }
  return spans.sort((one, other) => one.open - other.open);
}

function runAt(text: string, at: number): string {
  let end = at + 1;
  while (text[end] === text[at]) end += 1;
  return text.slice(at, end);
}

function codeSpan(text: string, open: number, marker: string): MarkdownSpan | undefined {
  const language = marker === '```' ? (/^[\w+#.-]*\n/.exec(text.slice(open + 3, open + 40))?.[0] ?? '') : '';
  const inner = open + marker.length + language.length;
  const close = text.indexOf(marker, inner);
  if (close <= inner) return undefined;
  const block = marker === '```';
  return {
    open,
    inner,
    close,
    end: close + marker.length,
    opener: block ? `${marker}${language || '\n'}` : marker,
    closer: block ? `\n${marker}` : marker,
    code: true,
  };
}

/** Closes what a run of `*`, `_`, `~` or `|` can close, and opens with what is left of it. */
function takeRun(text: string, start: number, opened: Opened[], spans: MarkdownSpan[]): number {
  const run = runAt(text, start);
  const end = start + run.length;
  const insideWord = run.startsWith('_') && isWord(text[start - 1]) && isWord(text[end]);
  if (insideWord) return end;
  let at = start;
  if (start > 0 && !isSpace(text[start - 1])) {
    for (
      let marker = closable(opened, text.slice(at, end));
      marker;
      marker = closable(opened, text.slice(at, end))
    ) {
      const depth = opened.lastIndexOf(marker);
      opened.length = depth;
      const inner = marker.at + marker.marker.length;
      spans.push({
        open: marker.at,
        inner,
        close: at,
        end: at + marker.marker.length,
        opener: marker.marker,
        closer: marker.marker,
        code: false,
      });
      at += marker.marker.length;
    }
  }
  const rest = text.slice(at, end);
  if (isMarker(rest) && end < text.length && !isSpace(text[end])) opened.push({ marker: rest, at });
  return end;
}

function closable(opened: readonly Opened[], run: string): Opened | undefined {
  if (run === '') return undefined;
  return opened.findLast(({ marker }) => run.startsWith(marker));
}

function isMarker(run: string): boolean {
  return /^(\*{1,3}|_{1,3}|~~|\|\|)$/.test(run);
}

function isSpace(char: string | undefined): boolean {
  return char !== undefined && /\s/u.test(char);
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}
