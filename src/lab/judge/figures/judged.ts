import type { JudgedPair } from '../../../judge/bias/judged-pair.ts';
import type { Dimension } from '../../../judge/principles/principle.ts';
import type { Duel } from '../../../judge/stats/duel.ts';
import type { OrderVerdict } from '../../../judge/verdict/verdict.ts';
import type { VerdictLine } from '../verdict-line.ts';

/** What figures are worked out from: a verdict without any words of the judge, so that thousands fit in memory. */
export type Judged = JudgedPair & {
  readonly judge: string;
  /** Of item and pair, whichever judge it was. */
  readonly pairId: string;
  readonly scene: string;
  readonly duel: Duel;
  readonly deciding?: { readonly name: string; readonly dimension?: Dimension };
  readonly pending: boolean;
};

/** A line of verdicts without its words. */
export function judgedOf(line: VerdictLine): Judged {
  const { judge, item, pair, scene, models, first, second, winner, how, flipped, labels, pending } = line;
  const { deciding } = line;
  return {
    judge,
    pairId: `${pair.join(' ')} ${item}`,
    scene,
    duel: {
      first: models[0],
      second: models[1],
      winner,
      lengths: { first: first.length, second: second.length },
    },
    first,
    second,
    labels,
    verdict: { how, winner, flipped, orders: line.orders.map(withoutWords) },
    ...(deciding
      ? {
          deciding: {
            name: deciding.id ?? 'of its own',
            ...(deciding.dimension ? { dimension: deciding.dimension } : {}),
          },
        }
      : {}),
    pending,
  };
}

function withoutWords(order: OrderVerdict): OrderVerdict {
  if (order.outcome.type === 'missing') return order;
  const { better, comparisons } = order.outcome.reading;
  const reading = {
    violations: [],
    comparisons: comparisons.map(({ better, degree }) => ({
      principle: UNNAMED,
      first: '',
      second: '',
      better,
      degree,
    })),
    reason: '',
    better,
  };
  return { ...order, outcome: { type: 'read', reading } };
}

const UNNAMED = { name: '' };
