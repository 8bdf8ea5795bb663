/** A stretch of time in which something is counted. All in milliseconds, `now` and `ends` since the epoch. */
export type Window = {
  readonly now: number;
  /** When a window that begins now is over. */
  readonly ends: number;
  /** The longest that such a window lasts: a clock that was set back locks nothing for longer. */
  readonly length: number;
};

/** What was used in the window that is open; `ends` is absent where nothing was. */
export type Counted = { readonly used: number; readonly ends?: number };

/**
 * What was used of budgets, by key: kept by the store, so it survives a restart, and counted in one
 * step, so two processes share it. A window opens with the first use and is over at its end; a clock
 * that was set back opens none early, because the open one keeps its end unless that lies further off
 * than a whole window's length.
 */
export type Counters = {
  /** Counts so many where no more than `most` are used then, else nothing. */
  take(
    key: string,
    points: number,
    most: number,
    window: Window,
  ): Promise<Counted & { readonly taken: boolean }>;
  /** Counts so many, whatever was used. */
  add(key: string, points: number, window: Window): Promise<Counted>;
  get(key: string, window: Window): Promise<Counted>;
};
