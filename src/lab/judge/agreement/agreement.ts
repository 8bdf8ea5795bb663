import { bootstrap, type Interval, inClusters } from '../../../judge/stats/bootstrap.ts';
import { createRandom } from '../../../judge/stats/random.ts';
import type { Agreed } from './agreed.ts';

/** Below so many pairs a figure tells nothing yet. */
export const ENOUGH = 30;

export type Figure = {
  /** Pairs that the judge could be read of. */
  readonly n: number;
  readonly scenes: number;
  /** Points of `n`: 1 where judge and person preferred the same, ½ where the judge saw no difference. */
  readonly agreement?: number;
  /** Where it lies with 95 % confidence, drawn over scenes. */
  readonly interval?: Interval;
  readonly ties: number;
  /** Pairs of which no verdict could be read; in no other figure. */
  readonly missing: number;
  /** Whether `n` is large enough to tell anything. */
  readonly enough: boolean;
};

export type JudgeAgreement = {
  readonly judge: string;
  readonly when: Agreed['when'];
  readonly overall: Figure;
  /** By the dimension of the principle that decided; what no principle decided is under none. */
  readonly dimensions: readonly (Figure & { readonly dimension: string })[];
};

/** All of what `--agreement --json` prints. */
export type Agreement = {
  /** Choices that were looked at, those that compare two versions, and how many people made those. */
  readonly choices: number;
  readonly comparing: number;
  readonly people: number;
  readonly judges: readonly JudgeAgreement[];
};

/** How often judges agree with people, overall and by dimension. */
export function agreementOf(agreed: readonly Agreed[], seed: number): readonly JudgeAgreement[] {
  const byJudge = Map.groupBy(agreed, ({ judge, when }) => `${when} ${judge}`);
  return [...byJudge.values()].flatMap((all): JudgeAgreement[] => {
    const [one] = all;
    if (!one) return [];
    const named = all.filter(({ dimension }) => dimension !== undefined);
    const dimensions = [...Map.groupBy(named, ({ dimension = '' }) => dimension)]
      .map(([dimension, some]) => ({ dimension, ...figureOf(some, seed) }))
      .sort((a, b) => b.n - a.n || (a.dimension < b.dimension ? -1 : 1));
    return [{ judge: one.judge, when: one.when, overall: figureOf(all, seed), dimensions }];
  });
}

function figureOf(agreed: readonly Agreed[], seed: number): Figure {
  const read = agreed.flatMap(({ scene, points }) => (points === undefined ? [] : [{ scene, points }]));
  const clusters = inClusters(read, ({ scene }) => scene);
  const interval = bootstrap(clusters, (sample) => new Map([['agreement', meanOf(sample)]]), {
    random: createRandom(seed),
  }).get('agreement');
  return {
    n: read.length,
    scenes: clusters.length,
    ...(read.length > 0 ? { agreement: meanOf(read) } : {}),
    ...(interval ? { interval } : {}),
    ties: read.filter(({ points }) => points === 0.5).length,
    missing: agreed.length - read.length,
    enough: read.length >= ENOUGH,
  };
}

function meanOf(read: readonly { readonly points: number }[]): number {
  return read.reduce((sum, { points }) => sum + points, 0) / read.length;
}
