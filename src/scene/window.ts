import type { View, ViewEntry } from './view.ts';

/**
 * A budget of attention over a view: its newest entries, word for word, and a note of what came
 * before. It advances with the view and is not rebuilt. When it is over budget it shrinks by half
 * at once, so that the text before its end stays the same for many turns and a model server's
 * prefix cache keeps hitting.
 */
export type Window = {
  /** Brings the window up to the view's end. Cost: what was added since the last call. */
  read(): WindowContent;
};

export type WindowContent = {
  /** Entries that are shown whole, with their rendered text. */
  readonly lines: readonly WindowLine[];
  /** What came before, or '' while nothing was folded away. At most `NOTE_CHARS` long. */
  readonly note: string;
  /** How many entries were folded into the note. */
  readonly folded: number;
};

export type WindowLine = { readonly entry: ViewEntry; readonly text: string; readonly weight: number };

/** Characters of a memory note. */
export const NOTE_CHARS = 1600;
const HIGHLIGHT_CHARS = 120;

/**
 * @param budget weight (`weightOf`) of the rendered text that may stand in the window
 * @param render an entry as it will stand in the prompt; '' leaves it out
 * @param brief an entry as the note will have it; only its beginning is kept
 */
export function createWindow(
  view: View,
  budget: number,
  render: (entry: ViewEntry) => string,
  brief: (entry: ViewEntry) => string = render,
): Window {
  let lines: WindowLine[] = [];
  let seen = 0;
  let cost = 0;
  let folded = 0;
  let highlights: string[] = [];
  let revision = view.revision;

  function restart(): void {
    lines = [];
    seen = 0;
    cost = 0;
    folded = 0;
    highlights = [];
    revision = view.revision;
  }

  function shrink(): void {
    let keep = lines.length;
    let kept = 0;
    while (keep > 0) {
      const next = lines[keep - 1]?.weight ?? 0;
      if (kept + next > budget / 2) break;
      kept += next;
      keep -= 1;
    }
    // The last line stays even where it alone is over half the budget.
    keep = Math.min(keep, lines.length - 1);
    for (const line of lines.slice(0, keep)) highlights.push(highlight(brief(line.entry)));
    folded += keep;
    lines = lines.slice(keep);
    cost = lines.reduce((sum, line) => sum + line.weight, 0);
    let size = highlights.reduce((sum, text) => sum + text.length + 1, 0);
    let drop = 0;
    while (size > NOTE_CHARS) size -= (highlights[drop++]?.length ?? 0) + 1;
    highlights = highlights.slice(drop);
  }

  return {
    read() {
      if (view.revision !== revision) restart();
      for (; seen < view.entries.length; seen += 1) {
        const entry = view.entries[seen];
        const text = entry ? render(entry) : '';
        if (!entry || !text) continue;
        const weight = weightOf(text);
        lines.push({ entry, text, weight });
        cost += weight;
        if (cost > budget) shrink();
      }
      return { lines, note: highlights.join('\n'), folded };
    },
  };
}

/**
 * What a text takes of a budget: its characters, those of other scripts more, as tokenizers have it
 * (a Latin token is some four letters long, a Cyrillic one two, a Chinese one hardly more than one).
 */
export function weightOf(text: string): number {
  let extra = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isPunctuation = code >= 0x2000 && code < 0x2070;
    if (code >= 0x370 && !isPunctuation) extra += code < 0x1100 ? 1 : 2;
  }
  return text.length + extra;
}

/** The start of a line, cut at a word. */
function highlight(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= HIGHLIGHT_CHARS) return line;
  const cut = line.slice(0, HIGHLIGHT_CHARS);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > HIGHLIGHT_CHARS / 2 ? space : HIGHLIGHT_CHARS)}…`;
}
