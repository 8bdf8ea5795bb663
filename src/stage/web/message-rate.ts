/** A bucket of messages: full at first, filled again over time. Returns whether one more is fine. */
export function createMessageRate(options: {
  readonly burst: number;
  readonly perSecond: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}): () => boolean {
  const { burst, perSecond, now } = options;
  let left = burst;
  let last = now();
  return () => {
    const time = now();
    left = Math.min(burst, left + ((time - last) / 1000) * perSecond);
    last = time;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
