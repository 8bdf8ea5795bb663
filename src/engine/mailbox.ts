/** One thing at a time, in the order in which it came. */
export type Mailbox = {
  /** Runs after all that was posted before; resolves or rejects as the task does. */
  post<T>(task: () => Promise<T>): Promise<T>;
  /** Whether nothing is waiting or running. */
  readonly idle: boolean;
  /** Tasks that wait or run. */
  readonly length: number;
  /** Resolves once it is so. */
  empty(): Promise<void>;
};

/** A mailbox of its own for each scene: what is posted never runs beside another of its tasks. */
export function createMailbox(): Mailbox {
  let tail: Promise<unknown> = Promise.resolve();
  let posted = 0;

  return {
    post<T>(task: () => Promise<T>): Promise<T> {
      const result = tail.then(task);
      posted += 1;
      const done = () => {
        posted -= 1;
      };
      // The next task runs whatever became of this one; its poster is told by `result`.
      tail = result.then(done, done);
      return result;
    },
    get idle() {
      return posted === 0;
    },
    get length() {
      return posted;
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
