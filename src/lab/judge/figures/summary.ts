import { type Bias, biasOf } from '../../../judge/bias/bias-of.ts';
import { bootstrap, type Interval, inClusters } from '../../../judge/stats/bootstrap.ts';
import { createRandom } from '../../../judge/stats/random.ts';
import type { Judged } from './judged.ts';
import { type Ranking, rankingOf } from './ranking.ts';

/** Whatever was asked for these verdicts, also in an earlier run. Tokens. */
export type Usage = {
  readonly calls: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
};

export type JudgeSummary = {
  readonly judge: string;
  readonly prompt: string;
  readonly pairs: number;
  /** Answers are still to come from a batch; in no other figure. */
  readonly pending: number;
  readonly bias: Bias;
  /** By how many verdicts a principle or a dimension decided, most first. */
  readonly principles: readonly Tally[];
  readonly dimensions: readonly Tally[];
  readonly usage: Usage;
  readonly ranking?: Ranking;
};

type Tally = { readonly name: string; readonly count: number };

/** How often two judges said the same of pairs that both decided. */
export type Between = {
  readonly judges: readonly [string, string];
  readonly pairs: number;
  readonly agreement?: number;
  readonly interval?: Interval;
};

/** All of `summary.json`. */
export type Summary = {
  readonly items: number;
  readonly seed: number;
  readonly judges: readonly JudgeSummary[];
  readonly between: readonly Between[];
};

export type Summed = { readonly judge: string; readonly prompt: string; readonly judged: readonly Judged[] };

/** The figures of a run, from verdicts without words. */
export function summaryOf(items: number, all: readonly Summed[], seed: number): Summary {
  return {
    items,
    seed,
    judges: all.map((one) => judgeSummary(one, seed)),
    between: all.flatMap((one, at) => all.slice(at + 1).map((other) => betweenOf(one, other, seed))),
  };
}

function judgeSummary({ judge, prompt, judged }: Summed, seed: number): JudgeSummary {
  const told = judged.filter(({ pending }) => !pending);
  const ranking = rankingOf(told, seed);
  return {
    judge,
    prompt,
    pairs: judged.length,
    pending: judged.length - told.length,
    bias: biasOf(told),
    principles: tally(told.map(({ deciding }) => deciding?.name)),
    dimensions: tally(told.map(({ deciding }) => deciding?.dimension)),
    usage: usageOf(judged),
    ...(ranking ? { ranking } : {}),
  };
}

function tally(names: readonly (string | undefined)[]): readonly Tally[] {
  const groups = Map.groupBy(
    names.filter((name) => name !== undefined),
    (name) => name,
  );
  return [...groups]
    .map(([name, { length }]) => ({ name, count: length }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

function usageOf(judged: readonly Judged[]): Usage {
  const total = { calls: 0, promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
  for (const { usage } of judged.flatMap(({ verdict }) => verdict.orders)) {
    for (const one of usage) {
      total.calls += 1;
      total.promptTokens += one.promptTokens;
      total.cachedTokens += one.cachedTokens;
      total.completionTokens += one.completionTokens;
    }
  }
  return total;
}

function betweenOf(one: Summed, other: Summed, seed: number): Between {
  const winners = new Map(other.judged.filter(isRead).map(({ pairId, verdict }) => [pairId, verdict.winner]));
  const both = one.judged.filter(isRead).flatMap(({ pairId, scene, verdict }) => {
    const winner = winners.get(pairId);
    return winner === undefined ? [] : [{ scene, same: winner === verdict.winner }];
  });
  const share = (sample: readonly { readonly same: boolean }[]) =>
    sample.filter(({ same }) => same).length / sample.length;
  const clusters = inClusters(both, ({ scene }) => scene);
  const random = createRandom(seed);
  const interval = bootstrap(clusters, (sample) => new Map([['same', share(sample)]]), { random }).get(
    'same',
  );
  return {
    judges: [one.judge, other.judge],
    pairs: both.length,
    ...(both.length > 0 ? { agreement: share(both) } : {}),
    ...(interval ? { interval } : {}),
  };
}

function isRead({ pending, verdict }: Judged): boolean {
  return !pending && verdict.how === 'judged' && verdict.winner !== 'missing';
}
