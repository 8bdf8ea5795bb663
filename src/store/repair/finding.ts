import type { Place } from '../sealed/sealed-value.ts';

/** Something in a store that is not as it should be. */
export type Finding = {
  /** What it is, for the operator; no text of a scene. */
  readonly text: string;
  /** What is taken out where it is mended; none: it cannot be mended here. */
  readonly places: readonly Place[];
  /** It was left behind: what can be read moved into a new file. */
  readonly moved?: boolean;
};
