import { type Measured, measureCandidate } from '../../judge/bias/judged-pair.ts';
import type { OrderVerdict, PairVerdict } from '../../judge/verdict/verdict.ts';
import type { JudgeItem } from './input/item.ts';
import type { Pair } from './pairing.ts';

/**
 * One line of `verdicts.jsonl`: a pair, and what one judge decided. Of the candidates only names, lengths
 * and forms are in it; words of the judge may quote them.
 */
export type VerdictLine = {
  readonly item: string;
  readonly scene: string;
  readonly pair: Pair;
  readonly models: readonly [first: string, second: string];
  readonly first: Measured;
  readonly second: Measured;
  readonly judge: string;
  /** Hash of what the judge is told beside the item: verdicts under different ones are not comparable. */
  readonly prompt: string;
  readonly winner: PairVerdict['winner'];
  readonly how: PairVerdict['how'];
  readonly flipped: boolean;
  readonly deciding?: PairVerdict['deciding'];
  readonly orders: readonly OrderVerdict[];
  /** What the candidates were called, for each of `orders`. */
  readonly labels: readonly { readonly first: string; readonly second: string }[];
  /** That were sent, each once. */
  readonly seeds: readonly number[];
  /** Their lines in `calls.jsonl`. */
  readonly calls: readonly string[];
  /** An answer is still to come from a batch. */
  readonly pending: boolean;
};

type Told = Pick<VerdictLine, 'judge' | 'prompt' | 'labels' | 'seeds' | 'calls' | 'pending'>;

/** A verdict as it is written down. */
export function verdictLine(
  { id, scene, candidates }: JudgeItem,
  [first, second]: Pair,
  { winner, how, flipped, deciding, orders }: PairVerdict,
  { judge, prompt, labels, seeds, calls, pending }: Told,
): VerdictLine {
  const [one, other] = [candidates[first], candidates[second]];
  return {
    item: id,
    scene,
    pair: [first, second],
    models: [one?.name ?? '', other?.name ?? ''],
    first: measureCandidate(one ?? NOTHING),
    second: measureCandidate(other ?? NOTHING),
    judge,
    prompt,
    winner,
    how,
    flipped,
    ...(deciding === undefined ? {} : { deciding }),
    orders,
    labels,
    seeds,
    calls,
    pending,
  };
}

const NOTHING = { segments: [] };
