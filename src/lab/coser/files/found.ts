import type { Remark } from './records-in.ts';

/** What was found in a file of data. */
export type Found = {
  readonly counts: Readonly<Record<string, number>>;
  /** What cannot be played or judged; empty where all of it can. */
  readonly faults: readonly Remark[];
  readonly remarks: readonly Remark[];
};
