/** One thing that was looked at: it is well, or there is something to do. */
export type Check = {
  readonly check: string;
  readonly ok: boolean;
  /** Found as it should be; or what to do. */
  readonly text: string;
};
