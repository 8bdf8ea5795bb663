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

export type WindowLine = { readonly entry: ViewEntry; readonly text: string };

/** Characters of a memory note. */
export const NOTE_CHARS = 1600;
const HIGHLIGHT_CHARS = 120;

/**
 * @param budget characters of rendered text that may stand in the window
 * @param render an entry as it will stand in the prompt; '' leaves it out
 */
export function createWindow(view: View, budget: number, render: (entry: ViewEntry) => string): Window {
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
      const next = lines[keep - 1]?.text.length ?? 0;
      if (kept + next > budget / 2) break;
      kept += next;
      keep -= 1;
    }
    // The last line stays even where it alone is over half the budget.
    keep = Math.min(keep, lines.length - 1);
    for (const line of lines.slice(0, keep)) highlights.push(highlight(line.text));
    folded += keep;
    lines = lines.slice(keep);
    cost = lines.reduce((sum, line) => sum + line.text.length, 0);
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
        lines.push({ entry, text });
        cost += text.length;
        if (cost > budget) shrink();
      }
      return { lines, note: highlights.join('\n'), folded };
    },
  };
}

/** The start of a line, cut at a word. */
function highlight(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= HIGHLIGHT_CHARS) return line;
  const cut = line.slice(0, HIGHLIGHT_CHARS);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > HIGHLIGHT_CHARS / 2 ? space : HIGHLIGHT_CHARS)}…`;
}
