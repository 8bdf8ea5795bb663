import type { Segment } from '../../format/segments.ts';
import type { ModelUsage } from '../../model/chat-model.ts';
import type { Dimension } from '../principles/principle.ts';

/**
 * What a judge reads beside the candidates: the speaker's view and nothing else. All of it is text for a
 * prompt, made harmless; hidden thoughts in it are the speaker's own.
 */
export type JudgeContext = {
  readonly speaker: string;
  /** Who the speaker is: the card in prose. */
  readonly sheet: string;
  readonly setting: string;
  /** Public sheets of the others. */
  readonly others: readonly { readonly name: string; readonly sheet: string }[];
  /** What the speaker perceived, oldest first: HER text, each line under its speaker's name. */
  readonly lines: readonly string[];
  /** What came before these lines, in brief; '' where nothing did. */
  readonly note: string;
};

/** One of two turns that are compared. By its type it holds no system thinking. */
export type Candidate = { readonly segments: readonly Segment[] };

/** As the candidates were given, whichever was shown first. */
export type Side = 'first' | 'second';
export type Winner = Side | 'tie';
export type Degree = 'slight' | 'clear' | 'significant';

/** `id` where it is one of those that were given; a model may bring in others. */
export type PrincipleRef = {
  readonly id?: string;
  readonly name: string;
  readonly dimension?: Dimension;
};

export type Violation = {
  readonly principle: PrincipleRef;
  readonly by: Side | 'both';
  /** Words of the judge; hidden text may be in them. */
  readonly evidence: string;
};

export type Comparison = {
  readonly principle: PrincipleRef;
  readonly first: string;
  readonly second: string;
  readonly better: Winner;
  readonly degree: Degree;
};

/** One answer of a judge, read and found consistent. */
export type Reading = {
  readonly violations: readonly Violation[];
  readonly comparisons: readonly Comparison[];
  readonly reason: string;
  readonly better: Winner;
  /** What tipped the scales: the violated principle, or the weightiest one that the better side won. */
  readonly deciding?: PrincipleRef;
};

/**
 * Why there is no reading. `prose`: no JSON in it; `half`: cut off; `shape`: JSON of another form;
 * `third`: it chose neither of the two; `contradiction`: its decision is against its own findings.
 */
export const MISSING = ['prose', 'half', 'shape', 'third', 'contradiction', 'empty', 'model-failed'] as const;
export type Missing = (typeof MISSING)[number];

/** The two candidates judged once, in one order. */
export type OrderVerdict = {
  readonly shownFirst: Side;
  readonly outcome:
    | { readonly type: 'read'; readonly reading: Reading }
    | { readonly type: 'missing'; readonly why: Missing };
  /** Requests that were made for it; of those before the last the answer could not be read. */
  readonly attempts: number;
  readonly usage: readonly ModelUsage[];
};

/**
 * `judged`: by a model, in both orders. `identical` and `empty` candidates are decided without one:
 * a tie, and against the empty side.
 */
export type PairVerdict = {
  readonly how: 'judged' | 'identical' | 'empty';
  /** Both orders agree, else it is a tie; `missing` where an order has no reading. */
  readonly winner: Winner | 'missing';
  /** The orders were both read and did not agree. */
  readonly flipped: boolean;
  readonly deciding?: PrincipleRef;
  readonly orders: readonly OrderVerdict[];
};
