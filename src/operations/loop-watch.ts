import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Whether this process gets round to its work. */
export type LoopWatch = {
  /** Milliseconds that a due task waited, on average over the last seconds. */
  delayMs(): number;
  close(): void;
};

const RESOLUTION_MS = 50;
const SPAN_MS = 5000;

/**
 * Watches the event loop in spans of five seconds. A loop that stands still for good answers nobody;
 * one that is late all the time does, and is found here.
 */
export function watchLoop(): LoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  let last = 0;
  const span = setInterval(() => {
    last = meanMs();
    histogram.reset();
  }, SPAN_MS);
  span.unref();

  // What the histogram measures holds its own interval; its mean is NaN where nothing was measured.
  function meanMs(): number {
    return Number.isNaN(histogram.mean) ? 0 : Math.max(0, histogram.mean / 1e6 - RESOLUTION_MS);
  }

  return {
    delayMs: () => Math.max(last, meanMs()),
    close() {
      clearInterval(span);
      histogram.disable();
    },
  };
}
