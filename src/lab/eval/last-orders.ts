/** Milliseconds in which what is under way may still be answered once a run has failed. */
const GRACE = 10_000;

/** Ends a run that has failed without throwing away what is on its way, since that is paid for. */
export type LastOrders = Disposable & {
  /** The first failure counts: from now on nothing new is asked. */
  fail(error: unknown): void;
  /** @throws what the run failed for */
  throwIfFailed(): void;
  /** Aborted, some time after the failure: no answer is waited for any longer. */
  readonly closed: AbortSignal;
};

export function createLastOrders(grace = GRACE): LastOrders {
  const closing = new AbortController();
  let failed: { readonly error: unknown; readonly timer: NodeJS.Timeout } | undefined;
  return {
    fail(error) {
      failed ??= { error, timer: setTimeout(() => closing.abort(error), grace) };
    },
    throwIfFailed() {
      if (failed) throw failed.error;
    },
    closed: closing.signal,
    [Symbol.dispose]() {
      clearTimeout(failed?.timer);
    },
  };
}
