import type { Pattern } from '../../judge/verdict/pattern-of.ts';
import type { Missing } from '../../judge/verdict/verdict.ts';

/** What a turn is refused for, unjudged (her-spec 7.7). */
export const ILLEGAL = [
  'no-plan',
  'two-plans',
  'plan-not-asked-for',
  'leak',
  'other-speaker',
  'empty',
  'too-long',
  'broken-format',
] as const;
export type Illegal = (typeof ILLEGAL)[number];

/** Why there is no reward; `left`: whoever asked has gone. */
export const UNSCORED = [
  'baseline',
  'unread',
  'judge-failed',
  'timeout',
  'stopped',
  'left',
  'internal',
] as const;
export type Unscored = (typeof UNSCORED)[number];

export type Why = 'judged' | 'identical' | Illegal | Unscored;

/** One reading of the judge, in the order in which it was shown the two. */
export type OrderScore = {
  readonly shownFirst: 'rollout' | 'baseline';
  /** Null: it could not be read. */
  readonly better: 'rollout' | 'baseline' | 'tie' | null;
  /** Why it could not. */
  readonly missing?: Missing;
  /** Who won principles: `first` is the rollout. */
  readonly principles?: Pattern;
};

/** What comes of one sample. */
export type Score = {
  /** From -1 to 1 in halves; null: the sample is to be dropped. */
  readonly reward: number | null;
  readonly why: Why;
  readonly orders: readonly OrderScore[];
  /** Order of the layers in the turn; '' where it is no turn. */
  readonly pattern: string;
};

/** Of the judge, for what was asked now. Tokens. */
export type Use = {
  readonly requests: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
};

export const NO_USE: Use = { requests: 0, promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
