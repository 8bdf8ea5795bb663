import type { Writable } from 'node:stream';
import type { EvalProgress } from '../../../lab/eval/eval-run.ts';

/** Milliseconds between two looks: where one line is redrawn, and where lines are written one after another. */
const REDRAW = 100;
const NEXT_LINE = 10_000;
/** Takes back the line that is there. */
const AGAIN = '\r\u001b[K';

/** Shows how far a run is. */
export type ProgressLine = {
  show(now: EvalProgress): void;
  /** The last state stays, and what comes next begins a line of its own; a second time nothing happens. */
  end(): void;
};

/** On a terminal one line that is redrawn, else a line now and then. */
export function createProgressLine(out: Writable, currency: string): ProgressLine {
  const isTerminal = 'isTTY' in out && out.isTTY === true;
  const pause = isTerminal ? REDRAW : NEXT_LINE;
  let last: EvalProgress | undefined;
  let shownAt = isTerminal ? -pause : 0;

  function write(now: EvalProgress): void {
    const words = progressWords(now, currency);
    out.write(isTerminal ? `${AGAIN}${words}` : `${words}\n`);
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

/** One line that says how far a run is. */
export function progressWords(
  { scenes, rounds, calls, tokensPerSecond, cost, ms }: EvalProgress,
  currency: string,
): string {
  const left = timeLeft(calls, ms);
  return [
    `${scenes.played} played, ${scenes.judged} judged of ${scenes.all} scenes`,
    ...(scenes.failed > 0 ? [`${scenes.failed} failed`] : []),
    `${rounds} rounds`,
    `${calls.all} of at most ${calls.expected} answers${calls.known > 0 ? ` (${calls.known} were there)` : ''}`,
    ...(tokensPerSecond > 0 ? [`${Math.round(tokensPerSecond)} tokens/s`] : []),
    ...(cost === undefined ? [] : [`${cost.toFixed(2)} ${currency}`]),
    ...(left === undefined ? [] : [`${left} left`]),
  ].join(' · ');
}

/** By the pace of what was asked so far; undefined where nothing was, or nothing is left. */
function timeLeft({ all, asked, expected }: EvalProgress['calls'], ms: number): string | undefined {
  if (asked === 0 || expected <= all) return undefined;
  const seconds = (((expected - all) / asked) * ms) / 1000;
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
