import { setTimeout as delay } from 'node:timers/promises';

export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** Sleeps; throws the signal's reason as soon as it is aborted. */
export const sleep: Sleep = async (ms, signal) => {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
};

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** A scene does not stand still for longer; who is told to wait longer gives up at once. */
const LONGEST_ASKED_WAIT_MS = 60_000;

/**
 * How long to wait before the next try, in milliseconds: what the server asked for, else twice as
 * long each time. Both are spread, so that those refused together do not come back together.
 *
 * @returns `undefined` when the server asks for more than a minute: not worth waiting for.
 */
export function waitBeforeRetry(options: {
  /** 1 after the first try. */
  readonly failures: number;
  readonly askedMs: number | undefined;
  /** 0 to 1. */
  readonly random: () => number;
}): number | undefined {
  const { failures, askedMs, random } = options;
  if (askedMs !== undefined) {
    return askedMs > LONGEST_ASKED_WAIT_MS ? undefined : askedMs * (1 + random() / 10);
  }
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  return full * (0.5 + random() / 2);
}

/** Reads `retry-after-ms`, else `retry-after` (seconds, or a date against `nowMs` since 1970). */
export function readRetryAfter(headers: Headers | undefined, nowMs: number): number | undefined {
  const ms = readNumber(headers?.get('retry-after-ms'));
  if (ms !== undefined) return ms;
  const text = headers?.get('retry-after');
  const seconds = readNumber(text);
  if (seconds !== undefined) return seconds * 1000;
  // A date of HTTP begins with its weekday; anything else Date.parse would only guess at.
  const date = /^\s*[a-z]{3}/i.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

function readNumber(text: string | null | undefined): number | undefined {
  return text !== null && text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
