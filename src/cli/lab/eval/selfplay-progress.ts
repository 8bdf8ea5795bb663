import type { Writable } from 'node:stream';
import type { SelfplayProgress } from '../../../lab/selfplay/run/selfplay-run.ts';
import { selfplayProgressWords } from './selfplay-words.ts';

/** Milliseconds between two looks: where one line is redrawn, and where lines are written one after another. */
const REDRAW = 100;
const NEXT_LINE = 10_000;
/** Takes back the line that is there. */
const AGAIN = '\r\u001b[K';

/** On a terminal one line that is redrawn, else a line now and then; `end` leaves the last state. */
export function createSelfplayProgress(out: Writable, currency: string) {
  const isTerminal = 'isTTY' in out && out.isTTY === true;
  const pause = isTerminal ? REDRAW : NEXT_LINE;
  let last: SelfplayProgress | undefined;
  let shownAt = isTerminal ? -pause : 0;

  function write(now: SelfplayProgress): void {
    const words = selfplayProgressWords(now, currency);
    out.write(isTerminal ? `${AGAIN}${words}` : `${words}\n`);
  }

  return {
    show(now: SelfplayProgress): void {
      last = now;
      if (now.ms - shownAt < pause) return;
      shownAt = now.ms;
      write(now);
    },
    end(): void {
      if (!last) return;
      write(last);
      if (isTerminal) out.write('\n');
    },
  };
}
