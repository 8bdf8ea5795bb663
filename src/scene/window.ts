import { countBefore } from './count-before.ts';
import { inBrief } from './in-brief.ts';
import { createMemoryNote } from './memory-note.ts';
import type { View, ViewEntry } from './view.ts';
import { weightOf } from './weight-of.ts';

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
  /** Entries that are shown whole, with their text, rendered when it is asked for. */
  readonly lines: readonly WindowLine[];
  /** What came before, in brief (`createMemoryNote`), or '' while nothing was folded away. */
  readonly note: string;
  /** How many entries were folded away. */
  readonly folded: number;
  /** How many of them not even the note tells of. */
  readonly dropped: number;
  /** Beats that the note tells of, in log order. */
  readonly noted: readonly number[];
  /** The newest entry that was folded; 0 while none was. */
  readonly foldedUpTo: number;
  /**
   * Entries that were folded away and are pinned, oldest first: the newest that fit `PINNED_WEIGHT`,
   * whole. Where the newest of all does not fit by itself, it is there in brief.
   */
  readonly pinned: readonly WindowLine[];
};

export type WindowLine = { readonly entry: ViewEntry; readonly text: string; readonly weight: number };

/** Weight of pinned entries that are shown whole, at most. */
export const PINNED_WEIGHT = 900;
/** Weight of a memory note, at most. */
export const NOTE_WEIGHT = 1600;

/**
 * @param budget weight (`weightOf`) of the rendered text that may stand in the window
 * @param render an entry as it will stand in the prompt; '' leaves it out
 * @param brief an entry in plain words, for the note
 * @param pins beats that are to stay in mind
 */
export function createWindow(
  view: View,
  budget: number,
  render: (entry: ViewEntry) => string,
  brief: (entry: ViewEntry) => string = render,
  pins: () => Iterable<number> = () => [],
): Window {
  // Their text is made again for each prompt: kept, it would be most of what a scene takes in memory.
  let whole: ViewEntry[] = [];
  let seen = 0;
  let cost = 0;
  let folded = 0;
  let foldedUpTo = 0;
  /** The newest entry that was there when it shrank last: what is folded follows from those up to it. */
  let shrunkAt = 0;
  let memory = createMemoryNote(NOTE_WEIGHT, brief);
  let revision = view.revision;

  /** Entries changed or went. Where none of them had a part in what was folded, that stays as it is. */
  function reread(changed: readonly number[]): void {
    if (changed.some((n) => n <= shrunkAt)) {
      shrunkAt = 0;
      folded = 0;
      foldedUpTo = 0;
      memory = createMemoryNote(NOTE_WEIGHT, brief);
    }
    whole = whole.filter(({ n }) => n <= shrunkAt);
    cost = whole.reduce((sum, entry) => sum + weightIn(entry), 0);
    seen = countBefore(view.entries, shrunkAt + 1);
    revision = view.revision;
  }

  function shrink(): void {
    let keep = whole.length;
    let kept = 0;
    for (const entry of whole.toReversed()) {
      const next = weightIn(entry);
      if (kept + next > budget / 2) break;
      kept += next;
      keep -= 1;
    }
    const last = whole.at(-1);
    // The last line stays even where it alone is over half the budget.
    if (last && keep === whole.length) {
      kept = weightIn(last);
      keep -= 1;
    }
    memory.add(whole.slice(0, keep));
    folded += keep;
    foldedUpTo = whole[keep - 1]?.n ?? foldedUpTo;
    shrunkAt = last?.n ?? shrunkAt;
    whole = whole.slice(keep);
    cost = kept;
  }

  function weightIn(entry: ViewEntry): number {
    return weightOf(render(entry));
  }

  function lineOf(entry: ViewEntry): WindowLine {
    const text = render(entry);
    return { entry, text, weight: weightOf(text) };
  }

  /** Looked up anew each time: what is pinned changes without the view. */
  function pinnedLines(): WindowLine[] {
    if (foldedUpTo === 0) return [];
    const found: WindowLine[] = [];
    let left = PINNED_WEIGHT;
    const folded = [...pins()].filter((n) => n <= foldedUpTo).sort((one, other) => other - one);
    for (const n of folded) {
      const whole = view.at(n);
      if (!whole || !render(whole)) continue;
      const entry = found.length === 0 ? inBrief(whole, PINNED_WEIGHT, () => 0) : whole;
      const line = lineOf(entry);
      if (line.weight > left && found.length > 0) continue;
      found.unshift(line);
      left -= line.weight;
    }
    return found;
  }

  return {
    read() {
      if (view.revision !== revision) reread(view.changedSince(revision));
      for (; seen < view.entries.length; seen += 1) {
        const entry = view.entries[seen];
        const weight = entry ? weightIn(entry) : 0;
        if (!entry || weight === 0) continue;
        whole.push(entry);
        cost += weight;
        if (cost > budget) shrink();
      }
      const noted = memory.noted();
      const dropped = folded - noted.length;
      const entries = whole;
      return {
        get lines() {
          return entries.map(lineOf);
        },
        ...{ note: memory.text(), folded, dropped, noted, foldedUpTo, pinned: pinnedLines() },
      };
    },
  };
}
