import { MISSING, type Missing } from '../verdict/verdict.ts';
import type { JudgedPair } from './judged-pair.ts';

/** How many pairs there were, and what became of them. */
export type Counts = {
  readonly pairs: number;
  /** Decided without a model. */
  readonly identical: number;
  readonly empty: number;
  /** What a model decided: `decided` for one side, tied in both orders or because the orders did not agree. */
  readonly decided: number;
  readonly ties: number;
  readonly missing: number;
  /** Single orders: all, those without a reading by reason, and those that were read at a later attempt only. */
  readonly orders: number;
  readonly missingOrders: Readonly<Record<Missing, number>>;
  readonly repaired: number;
};

export function countPairs(pairs: readonly JudgedPair[]): Counts {
  const verdicts = pairs.map(({ verdict }) => verdict);
  const judged = verdicts.filter(({ how }) => how === 'judged');
  const orders = judged.flatMap((verdict) => verdict.orders);
  const missingOrders = Object.fromEntries(MISSING.map((why) => [why, 0])) as Record<Missing, number>;
  let repaired = 0;
  for (const { outcome, attempts } of orders) {
    if (outcome.type === 'missing') missingOrders[outcome.why] += 1;
    else if (attempts > 1) repaired += 1;
  }
  const ties = judged.filter(({ winner }) => winner === 'tie').length;
  const missing = judged.filter(({ winner }) => winner === 'missing').length;
  return {
    pairs: pairs.length,
    identical: verdicts.filter(({ how }) => how === 'identical').length,
    empty: verdicts.filter(({ how }) => how === 'empty').length,
    decided: judged.length - ties - missing,
    ties,
    missing,
    orders: orders.length,
    missingOrders,
    repaired,
  };
}
