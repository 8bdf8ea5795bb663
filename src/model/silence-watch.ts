/** Ends a request that has fallen silent, that was aborted, or whose listener has left. */
export type SilenceWatch = {
  /** The request's own; aborted on silence, on abort by the caller, and by `stop`. */
  readonly request: AbortController;
  /** Something was heard: the time starts afresh. */
  heard(): void;
  /**
   * Waits for `work`, `limitMs` at most or the rest of the silence that is allowed. Throws the
   * caller's abort reason, or `onSilence()` when the time ran out, whatever `work` makes of it.
   */
  wait<T>(work: Promise<T>, limitMs?: number): Promise<T>;
  /** Ends the request, if it still runs. */
  stop(): void;
};

export function createSilenceWatch(options: {
  readonly silenceMs: number;
  readonly caller: AbortSignal;
  readonly onSilence: () => Error;
}): SilenceWatch {
  const { silenceMs, caller, onSilence } = options;
  const request = new AbortController();
  let lastHeard = performance.now();
  /** Ends the wait that is on; undefined where none is. */
  let giveUp: ((error: unknown) => void) | undefined;
  let silence: Error | undefined;
  // One for all waits of a request, set anew only where it would come too late: most waits are for the next word.
  let timer: NodeJS.Timeout | undefined;
  let ringsAt = Number.POSITIVE_INFINITY;
  /** When the wait that is on has been long enough. */
  let deadline = 0;

  const abort = () => {
    giveUp?.(caller.reason);
    request.abort(caller.reason);
  };
  caller.addEventListener('abort', abort, { once: true });
  if (caller.aborted) abort();

  function ringIn(ms: number, now: number): void {
    clearTimeout(timer);
    ringsAt = now + ms;
    timer = setTimeout(ring, Math.max(1, ms));
  }

  function ring(): void {
    ringsAt = Number.POSITIVE_INFINITY;
    if (!giveUp) return;
    const now = performance.now();
    if (now < deadline) {
      ringIn(deadline - now, now);
      return;
    }
    silence = onSilence();
    giveUp(silence);
    request.abort();
  }

  return {
    request,
    heard() {
      lastHeard = performance.now();
    },
    wait<T>(work: Promise<T>, limitMs = silenceMs) {
      return new Promise<T>((resolve, reject) => {
        if (caller.aborted) {
          // Whatever becomes of it when nobody waits any more.
          work.catch(() => undefined);
          reject(caller.reason);
          return;
        }
        const now = performance.now();
        deadline = Math.min(now + limitMs, lastHeard + silenceMs);
        if (deadline < ringsAt) ringIn(deadline - now, now);
        giveUp = reject;
        work.then(
          (value) => {
            giveUp = undefined;
            // An aborted request may end as if it were complete.
            if (caller.aborted) reject(caller.reason);
            else if (silence !== undefined) reject(silence);
            else resolve(value);
          },
          (error: unknown) => {
            giveUp = undefined;
            reject(caller.aborted ? caller.reason : error);
          },
        );
      });
    },
    stop() {
      clearTimeout(timer);
      caller.removeEventListener('abort', abort);
      request.abort(OVER);
    },
  };
}

/** Nobody waits for it any more. Made once: an error of its own for every request costs more than its end. */
const OVER = new Error('The request is over.');
