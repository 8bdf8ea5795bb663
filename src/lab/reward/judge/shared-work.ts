/** A place among those who wait for one piece of work. */
export type Place<Result> = {
  readonly result: Promise<Result>;
  /** The others go on; where there are none the work is given up. Rejects `result` with the reason. */
  leave(reason: Error): void;
  /** This place began the work. */
  readonly isFirst: boolean;
};

export type SharedWork<Result> = {
  /** Waits for the work of that name, which is begun where it is not under way. */
  join(key: string, begin: (signal: AbortSignal) => Promise<Result>): Place<Result>;
  /** Pieces of work under way. */
  readonly size: number;
};

type Work<Result> = { readonly stop: AbortController; readonly waiting: Set<Waiter<Result>> };
type Waiter<Result> = {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

/** Work that is asked for twice at once is done once, for all who wait for it. */
export function createSharedWork<Result>(): SharedWork<Result> {
  const underWay = new Map<string, Work<Result>>();

  function begin(key: string, start: (signal: AbortSignal) => Promise<Result>): Work<Result> {
    const work: Work<Result> = { stop: new AbortController(), waiting: new Set() };
    underWay.set(key, work);
    const over = (tell: (waiter: Waiter<Result>) => void) => {
      if (underWay.get(key) === work) underWay.delete(key);
      for (const waiter of work.waiting) tell(waiter);
      work.waiting.clear();
    };
    start(work.stop.signal).then(
      (result) => over(({ resolve }) => resolve(result)),
      (error: unknown) => over(({ reject }) => reject(error)),
    );
    return work;
  }

  return {
    get size() {
      return underWay.size;
    },
    join(key, start) {
      const there = underWay.get(key);
      const work = there ?? begin(key, start);
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      const waiter: Waiter<Result> = { resolve, reject };
      work.waiting.add(waiter);
      return {
        result: promise,
        isFirst: there === undefined,
        leave(reason) {
          if (!work.waiting.delete(waiter)) return;
          reject(reason);
          if (work.waiting.size > 0) return;
          // Whoever asks from now on is not to wait for what is being given up.
          if (underWay.get(key) === work) underWay.delete(key);
          work.stop.abort(reason);
        },
      };
    },
  };
}
