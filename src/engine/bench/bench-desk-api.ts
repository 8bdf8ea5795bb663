import type { Text } from '../../words/text.ts';
import type { QuickPlan, QuickProgress, QuickScores } from '../bench-api.ts';

export type { QuickFigure, QuickPlan, QuickProgress, QuickScores } from '../bench-api.ts';

/** The newest benchmark since the bot started. */
export type BenchState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly progress?: QuickProgress }
  | { readonly kind: 'done'; readonly scores: QuickScores }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly why: Text };

/**
 * Scores the operator’s own models, one benchmark at a time, beside the scenes that play. It counts on no
 * server’s budget, and who may ask for it is the command’s to check.
 */
export type BenchDesk = {
  /** @throws PlayerError where no benchmark can be run; ModelError where an endpoint does not answer */
  plan(signal: AbortSignal): Promise<QuickPlan>;
  /** Begins one, which goes on by itself. @throws PlayerError where none can be run, or one is under way */
  start(): void;
  /** Resolves once the one under way has ended; false where none is. */
  stop(): Promise<boolean>;
  state(): BenchState;
  /** What becomes of the newest one: each state that is there when the one before was taken, until the last. */
  follow(signal: AbortSignal): AsyncIterable<BenchState>;
  /** What its prices are in. */
  readonly currency: string;
};
