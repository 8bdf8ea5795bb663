import type { Writable } from 'node:stream';

/** Milliseconds between two looks: where one line is redrawn, and where lines are written one after another. */
const REDRAW = 100;
const NEXT_LINE = 10_000;
/** Takes back the line that is there. */
const AGAIN = '\r\u001b[K';

/** Shows how far a run is. */
export type ProgressLine<Now> = {
  show(now: Now): void;
  /** The last state stays, and what comes next begins a line of its own; a second time nothing happens. */
  end(): void;
};

/** On a terminal one line that is redrawn, else a line now and then. @param words one line */
export function createProgressLine<Now extends { readonly ms: number }>(
  out: Writable,
  words: (now: Now) => string,
): ProgressLine<Now> {
  const isTerminal = 'isTTY' in out && out.isTTY === true;
  const pause = isTerminal ? REDRAW : NEXT_LINE;
  let last: Now | undefined;
  let shownAt = isTerminal ? -pause : 0;

  function write(now: Now): void {
    out.write(isTerminal ? `${AGAIN}${words(now)}` : `${words(now)}\n`);
  }

  return {
    show(now) {
      last = now;
      if (now.ms - shownAt < pause) return;
      shownAt = now.ms;
      write(now);
    },
    end() {
      if (!last) return;
      write(last);
      if (isTerminal) out.write('\n');
      last = undefined;
    },
  };
}

/** By the pace of what was asked so far; undefined where nothing was, or nothing is left. */
export function timeLeft(
  { all, asked, expected }: { readonly all: number; readonly asked: number; readonly expected: number },
  ms: number,
): string | undefined {
  if (asked === 0 || expected <= all) return undefined;
  const seconds = (((expected - all) / asked) * ms) / 1000;
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
