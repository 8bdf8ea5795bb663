/** How long the logs are that one process writes to, and the order of what it changes in each. */
export type LogLengths = {
  /** The log's length once all that was asked for before has been done: looked for once, then remembered. */
  of(log: string): Promise<number>;
  /**
   * Queues a change of a log behind those before it. `step` gets the length and resolves to the new one;
   * where it fails, `recover` tells the length.
   */
  change(
    log: string,
    step: (length: number) => Promise<number>,
    recover: (length: number, error: unknown) => number | Promise<number>,
  ): Promise<number>;
  /** Nothing is remembered of it any more. */
  letGo(log: string): void;
};

/** @param has whether a log has such a beat */
export function createLogLengths(has: (log: string, n: number) => Promise<boolean>): LogLengths {
  const lengths = new Map<string, Promise<number>>();

  function of(log: string): Promise<number> {
    const known = lengths.get(log);
    if (known !== undefined) return known;
    const found = findLength((n) => has(log, n));
    remember(log, found);
    return found;
  }

  function remember(log: string, length: Promise<number>): void {
    lengths.set(log, length);
    length.catch(() => {
      if (lengths.get(log) === length) lengths.delete(log);
    });
  }

  return {
    of,
    change(log, step, recover) {
      const before = of(log);
      const done = before.then(step);
      remember(
        log,
        done.catch(async (error: unknown) => recover(await before, error)),
      );
      return done;
    },
    letGo: (log) => void lengths.delete(log),
  };
}

/**
 * Length of a log without gaps, in O(log n) looks: doubling until a beat is missing, then halving.
 */
export async function findLength(has: (n: number) => Promise<boolean>): Promise<number> {
  let missing = 1;
  while (await has(missing)) missing *= 2;
  let present = Math.floor(missing / 2);
  while (missing - present > 1) {
    const middle = Math.floor((present + missing) / 2);
    if (await has(middle)) present = middle;
    else missing = middle;
  }
  return present;
}
