/** So many may be inside at once; the others wait outside, in rows by their priority. */
export type Places = {
  /**
   * Waits for a place and gives the function that leaves it.
   *
   * @param priority 0 (first) to 9; of equals goes who came first
   * @throws the signal's reason as soon as it is aborted
   */
  take(signal: AbortSignal, priority: number): Promise<() => void>;
};

const ROWS = 10;

/** @param count how many may be inside at once */
export function createPlaces(count: number): Places {
  const rows = Array.from({ length: ROWS }, () => new Set<() => void>());
  let free = count;

  /** Who leaves hands over to who is next. */
  function leave(): void {
    const row = rows.find(({ size }) => size > 0);
    const [next] = row ?? [];
    if (!next) {
      free += 1;
      return;
    }
    row?.delete(next);
    next();
  }

  function inside(): () => void {
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      leave();
    };
  }

  return {
    async take(signal, priority) {
      signal.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return inside();
      }
      const row = rows[Math.min(ROWS - 1, Math.max(0, Math.round(priority)))];
      return new Promise((resolve, reject) => {
        const enter = () => {
          signal.removeEventListener('abort', giveUp);
          resolve(inside());
        };
        const giveUp = () => {
          row?.delete(enter);
          reject(signal.reason);
        };
        row?.add(enter);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
}
