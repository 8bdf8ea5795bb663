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
  /** Ends the wait that is on, if one is. */
  let giveUp: (error: unknown) => void = () => undefined;
  const abort = () => {
    giveUp(caller.reason);
    request.abort(caller.reason);
  };
  caller.addEventListener('abort', abort, { once: true });
  if (caller.aborted) abort();

  return {
    request,
    heard() {
      lastHeard = performance.now();
    },
    async wait<T>(work: Promise<T>, limitMs = silenceMs) {
      // Whatever becomes of it when nobody waits any more.
      work.catch(() => undefined);
      caller.throwIfAborted();
      let silence: Error | undefined;
      const fallSilent = () => {
        silence = onSilence();
        giveUp(silence);
        request.abort();
      };
      const left = Math.min(limitMs, silenceMs - (performance.now() - lastHeard));
      const timer = setTimeout(fallSilent, Math.max(1, left));
      try {
        const value = await new Promise<T>((resolve, reject) => {
          giveUp = reject;
          work.then(resolve, reject);
        });
        // An aborted request may end as if it were complete.
        caller.throwIfAborted();
        if (silence !== undefined) throw silence;
        return value;
      } catch (error) {
        caller.throwIfAborted();
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    stop() {
      caller.removeEventListener('abort', abort);
      request.abort(OVER);
    },
  };
}

/** Nobody waits for it any more. Made once: an error of its own for every request costs more than its end. */
const OVER = new Error('The request is over.');
