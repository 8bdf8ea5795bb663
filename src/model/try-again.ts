import type { ModelFailure } from './chat-model.ts';
import { type Asked, readFailure } from './model-failures.ts';
import { type Sleep, waitBeforeRetry } from './retry.ts';

export type TryingAgain = {
  /** Tries of one request in all. */
  readonly attempts: number;
  readonly asked: Asked;
  /** 0 to 1, for the spread of waits. */
  readonly random: () => number;
  readonly sleep: Sleep;
  readonly onFailedTry?: ((tried: FailedTry) => void) | undefined;
};

/** A try that failed, whether or not another follows. */
export type FailedTry = {
  readonly failure: ModelFailure;
  /** Of the HTTP answer, where one came. */
  readonly status: number | undefined;
};

/**
 * The one place that decides whether a failed request is sent again: waits until it may be, growing waits
 * or as long as the server asks.
 *
 * @param failures 1 after the first try
 * @throws ModelError where another try is of no use or there is none left; the signal’s reason when aborted
 */
export async function waitForNextTry(
  error: unknown,
  failures: number,
  { attempts, asked, random, sleep, onFailedTry }: TryingAgain,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const { error: failure, askedMs, status } = readFailure(error, asked);
  onFailedTry?.({ failure: failure.failure, status });
  if (!failure.retryable || failures >= attempts) throw failure;
  const waitMs = waitBeforeRetry({ failures, askedMs, random });
  if (waitMs === undefined) throw failure;
  await sleep(waitMs, signal);
}
