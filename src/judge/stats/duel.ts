import type { Winner } from '../verdict/verdict.ts';

/** Two contenders (models, prompts, cards) compared once, in one scene. */
export type Duel = {
  /** Ids of the contenders. */
  readonly first: string;
  readonly second: string;
  readonly winner: Winner | 'missing';
  /** How long their candidates were, in any unit; for `lengthControlled`. */
  readonly lengths?: { readonly first: number; readonly second: number };
};

const POINTS = { first: 1, tie: 0.5, second: 0, missing: undefined } as const;

/** What the first contender got: 1 for a win, ½ for a tie, 0; undefined where nothing was read. */
export function pointsOfFirst({ winner }: Duel): number | undefined {
  return POINTS[winner];
}

/**
 * By how much the first is longer, as a share of both: from -1 to 1, 0 where nothing is known. Relative, since
 * ten words more are much for a line of ten and nothing for a page.
 */
export function lengthGap(lengths: Duel['lengths']): number {
  if (!lengths) return 0;
  const both = lengths.first + lengths.second;
  return both === 0 ? 0 : (lengths.first - lengths.second) / both;
}
