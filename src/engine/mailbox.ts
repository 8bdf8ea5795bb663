/** One thing at a time, in the order in which it came. */
export type Mailbox = {
  /** Runs after all that was posted before; resolves or rejects as the task does. */
  post<T>(task: () => Promise<T>): Promise<T>;
  /** Resolves once nothing is waiting or running. */
  empty(): Promise<void>;
};

/** A mailbox of its own for each scene: what is posted never runs beside another of its tasks. */
export function createMailbox(): Mailbox {
  let tail: Promise<unknown> = Promise.resolve();

  return {
    post<T>(task: () => Promise<T>): Promise<T> {
      const result = tail.then(task);
      // The next task runs whatever became of this one; its poster is told by `result`.
      tail = result.then(
        () => undefined,
        () => undefined,
      );
      return result;
    },
    async empty() {
      let seen: unknown;
      while (seen !== tail) {
        seen = tail;
        await tail;
      }
    },
  };
}
