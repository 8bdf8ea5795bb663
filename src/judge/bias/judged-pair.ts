import { joinNeighbours } from '../../format/join-neighbours.ts';
import { renderHer } from '../../format/render-her.ts';
import type { Candidate, PairVerdict } from '../verdict/verdict.ts';

/** What of a candidate could sway a judge beside how good it is. No words are in it. */
export type Measured = {
  /** Characters of its HER text, tags and thoughts included: what a judge reads. */
  readonly length: number;
  /** Kinds of its segments in a row: `T-A-S` is a thought, an action, then speech; '' where it has none. */
  readonly pattern: string;
};

/** A pair that was judged, as `biasOf` needs it. */
export type JudgedPair = {
  readonly first: Measured;
  readonly second: Measured;
  readonly verdict: PairVerdict;
  /** What the candidates were called, for each of `verdict.orders`; absent where it is not known. */
  readonly labels?: readonly { readonly first: string; readonly second: string }[];
};

/** What `biasOf` needs to know of a candidate. */
export function measureCandidate({ segments }: Candidate): Measured {
  const pattern = joinNeighbours(segments).map(({ kind }) => LETTERS[kind]);
  return { length: renderHer(segments).length, pattern: pattern.join('-') };
}

const LETTERS = { thought: 'T', action: 'A', speech: 'S' } as const;
