import type { Segment } from '../../../format/segments.ts';
import type { Principle } from '../../../judge/principles/principle.ts';
import { judgePair } from '../../../judge/verdict/judge-pair.ts';
import { patternOf } from '../../../judge/verdict/pattern-of.ts';
import type { OrderVerdict, PairVerdict } from '../../../judge/verdict/verdict.ts';
import type { ChatModel } from '../../../model/chat-model.ts';
import type { Prepared } from '../prepare.ts';
import type { OrderScore, Use } from '../score.ts';

/** Who judges, and by what. */
export type RewardJudge = {
  readonly model: ChatModel;
  readonly principles: readonly Principle[];
  /** What fences and names are drawn from. */
  readonly secret: string;
};

/** A rollout held against its baseline. */
export type Judged = {
  readonly reward: number | null;
  readonly why: 'judged' | 'identical' | 'unread' | 'judge-failed';
  readonly orders: readonly OrderScore[];
  readonly use: Use;
  /** How long the judge itself took, the longer of the two orders. Milliseconds. */
  readonly judgeMs: number;
};

const VALUE = { first: 1, second: -1, tie: 0 } as const;

/**
 * Has a rollout judged against the baseline, in both orders (her-spec 7.7): each order is worth 1, 0 or -1
 * and both count the same, so that a verdict that flips with the order is 0 and one order’s tie a half.
 * (A pair’s verdict is stricter: `pairOf`.) An order that stays unread makes it null, never 0.
 *
 * @throws the signal’s reason when aborted
 */
export async function judgeRollout(
  { context, baseline = [] }: Prepared,
  rollout: readonly Segment[],
  { model, principles, secret }: RewardJudge,
  signal: AbortSignal,
): Promise<Judged> {
  const first = { segments: rollout };
  const second = { segments: baseline };
  return judgedOf(await judgePair({ model, context, principles, first, second, secret }, signal));
}

/** What a pair’s verdict is worth to the first of the two. */
export function judgedOf({ how, orders }: Pick<PairVerdict, 'how' | 'orders'>): Judged {
  const use = useOf(orders);
  const judgeMs = Math.max(0, ...orders.map(msOf));
  // Neither is empty: the gate has seen to that.
  if (how !== 'judged') return { reward: 0, why: 'identical', orders: [], use, judgeMs };
  const scores = orders.map(orderScore);
  const worth = orders.flatMap(({ outcome }) =>
    outcome.type === 'read' ? [VALUE[outcome.reading.better]] : [],
  );
  if (worth.length === 0 || worth.length < orders.length) {
    const failed = scores.some(({ missing }) => missing === 'model-failed');
    return { reward: null, why: failed ? 'judge-failed' : 'unread', orders: scores, use, judgeMs };
  }
  const sum = worth.reduce<number>((total, one) => total + one, 0);
  return { reward: sum / worth.length, why: 'judged', orders: scores, use, judgeMs };
}

const SIDES = { first: 'rollout', second: 'baseline', tie: 'tie' } as const;

function orderScore({ shownFirst, outcome }: OrderVerdict): OrderScore {
  const shown = SIDES[shownFirst];
  if (outcome.type === 'missing') return { shownFirst: shown, better: null, missing: outcome.why };
  const { reading } = outcome;
  return { shownFirst: shown, better: SIDES[reading.better], principles: patternOf(reading) };
}

function msOf({ usage }: OrderVerdict): number {
  return usage.reduce((sum, { msToLast }) => sum + msToLast, 0);
}

function useOf(orders: readonly OrderVerdict[]): Use {
  const all = orders.flatMap(({ usage }) => usage);
  const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    requests: orders.reduce((total, { attempts }) => total + attempts, 0),
    promptTokens: sum(({ promptTokens }) => promptTokens),
    cachedTokens: sum(({ cachedTokens }) => cachedTokens),
    completionTokens: sum(({ completionTokens }) => completionTokens),
  };
}
