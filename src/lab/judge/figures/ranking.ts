import { MOST_FLIPS, positionBias } from '../../../judge/bias/position-bias.ts';
import { bootstrap, type Interval, inClusters } from '../../../judge/stats/bootstrap.ts';
import { bradleyTerry } from '../../../judge/stats/bradley-terry.ts';
import { lengthControlled } from '../../../judge/stats/length-controlled.ts';
import { createRandom } from '../../../judge/stats/random.ts';
import { type WinRate, winRates } from '../../../judge/stats/win-rate.ts';
import type { Judged } from './judged.ts';

/** A strength as it is shown, and where it lies with 95 % confidence, drawn over scenes. */
export type Placed = { readonly elo: number; readonly interval?: Interval };

export type RankedModel = Omit<WinRate, 'rate'> & {
  /** Wins and half the ties, of what was read. */
  readonly rate?: number;
  readonly rateInterval?: Interval;
  readonly strength: Placed;
  /** As it would be if all candidates were of one length. */
  readonly controlled: Placed;
};

export type Ranking = {
  /** Strongest first. */
  readonly models: readonly RankedModel[];
  readonly scenes: number;
  /** Log-odds that being longer by the usual gap adds. */
  readonly lengthPull: number;
  /** Why it is none; absent where it may be read as one. */
  readonly refused?: string;
};

/** Those of the length-controlled model take longer. */
const RESAMPLES = { plain: 1000, controlled: 200 };

/**
 * How models fare against each other before one judge: win rates and Bradley-Terry strengths with
 * intervals. Refused where the judge changes its mind with the order too often; undefined where there are
 * no two models to compare.
 *
 * @param seed of the intervals
 */
export function rankingOf(judged: readonly Judged[], seed: number): Ranking | undefined {
  const counted = judged.filter(({ pending, duel }) => !pending && duel.first !== duel.second);
  const duels = counted.map(({ duel }) => duel);
  if (duels.length === 0) return undefined;
  const clusters = inClusters(counted, ({ scene }) => scene).map((cluster) =>
    cluster.map(({ duel }) => duel),
  );
  const random = createRandom(seed);
  const plain = bootstrap(
    clusters,
    (sample) =>
      new Map([
        ...winRates(sample).flatMap(({ id, rate }): [string, number][] =>
          rate.share === undefined ? [] : [[`rate ${id}`, rate.share]],
        ),
        ...bradleyTerry(sample).map(({ id, elo }): [string, number] => [`elo ${id}`, elo]),
      ]),
    { random, resamples: RESAMPLES.plain },
  );
  const controlled = bootstrap(
    clusters,
    (sample) => new Map(lengthControlled(sample).strengths.map(({ id, elo }) => [id, elo])),
    { random, resamples: RESAMPLES.controlled },
  );
  const atOneLength = lengthControlled(duels);
  const eloOf = new Map(atOneLength.strengths.map(({ id, elo }) => [id, elo]));
  const rates = new Map(winRates(duels).map((one) => [one.id, one]));
  const models = bradleyTerry(duels).flatMap(({ id, elo }): RankedModel[] => {
    const rate = rates.get(id);
    if (!rate) return [];
    const { rate: share, ...counts } = rate;
    return [
      {
        ...counts,
        ...(share.share === undefined ? {} : { rate: share.share }),
        ...withInterval('rateInterval', plain.get(`rate ${id}`)),
        strength: { elo, ...withInterval('interval', plain.get(`elo ${id}`)) },
        controlled: { elo: eloOf.get(id) ?? elo, ...withInterval('interval', controlled.get(id)) },
      },
    ];
  });
  const refused = refusalOf(judged);
  return {
    models,
    scenes: clusters.length,
    lengthPull: atOneLength.pull,
    ...(refused ? { refused } : {}),
  };
}

function withInterval<Name extends string>(
  name: Name,
  interval: Interval | undefined,
): { readonly [Key in Name]?: Interval } {
  return interval === undefined ? {} : ({ [name]: interval } as { readonly [Key in Name]: Interval });
}

function refusalOf(judged: readonly Judged[]): string | undefined {
  const { flips, fitness } = positionBias(judged.filter(({ pending }) => !pending));
  switch (fitness) {
    case 'fit':
      return undefined;
    case 'unknown':
      return 'no pair was read in both orders';
    case 'unfit':
      return `the judge changed its mind with the order in ${percent(flips.share)} of the pairs, and above ${percent(MOST_FLIPS)} it is no base for one`;
  }
}

function percent(share = 0): string {
  return `${Math.round(share * 100)} %`;
}
