import { bootstrap, inClusters } from '../../judge/stats/bootstrap.ts';
import { permutationTest } from '../../judge/stats/permutation.ts';
import { createRandom } from '../../judge/stats/random.ts';
import { meanOf } from '../coser/score.ts';
import { OVERALL } from '../eval/figures.ts';
import { type Difference, differencesOf } from './differences.ts';
import { holm } from './holm.ts';
import { type Pair, pairCases } from './pair-cases.ts';
import { scenesNeeded } from './scenes-needed.ts';
import type { Kind, ScoredRun } from './scored-run.ts';

/** One figure of both runs, over the scenes that have it in both. */
export type ComparedFigure = {
  readonly name: string;
  readonly label: string;
  readonly n: number;
  readonly a: number;
  readonly b: number;
  /** What B got more than A, with its 95 % interval over scenes. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Of the paired permutation test, two-sided. */
  readonly p: number;
  /** The same held to account for there being several dimensions; `overall` is asked by itself. */
  readonly holm: number | undefined;
  /** Scenes in which B got more, the same, less. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** So many scenes would show a difference of this size. */
  readonly needed: number | undefined;
};

export type Comparison = {
  readonly a: string;
  readonly b: string;
  readonly scores: Kind;
  readonly unit: ScoredRun['unit'];
  /** Who judged A, and by which prompt; B’s too, where `scale` names no other. */
  readonly judge: { readonly model: string; readonly hash: string } | undefined;
  /** What makes their figures of two scales; none may be compared where there is any. */
  readonly scale: readonly Difference[];
  /** All else that differs. */
  readonly meant: readonly Difference[];
  readonly paired: number;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly invalid: number;
  readonly figures: readonly ComparedFigure[];
};

/** Compares two runs scene by scene. The same runs and seed give the same figures. */
export function compareRuns(a: ScoredRun, b: ScoredRun, kind: Kind, seed = 0): Comparison {
  const { pairs, ...counts } = pairCases(a, b, kind);
  const names = [...a.figures].filter(([name]) => b.figures.has(name));
  const compared = names.flatMap(([name, label]) => {
    const figure = compareFigure({ name, label, kind, seed }, pairs);
    return figure ? [figure] : [];
  });
  const dimensions = compared.filter(({ name }) => name !== OVERALL);
  const held = holm(dimensions.map(({ p }) => p));
  const byName = new Map(dimensions.map(({ name }, at) => [name, held[at]]));
  return {
    a: a.name,
    b: b.name,
    scores: kind,
    unit: a.unit,
    judge: a.manifest && b.manifest ? a.manifest.judge : undefined,
    ...differencesOf(a.manifest, b.manifest),
    paired: pairs.length,
    ...counts,
    figures: compared.map((figure) => ({ ...figure, holm: byName.get(figure.name) })),
  };
}

type Scores = { readonly cluster: string; readonly a: number; readonly b: number };

function compareFigure(
  { name, label, kind, seed }: { name: string; label: string; kind: Kind; seed: number },
  pairs: readonly Pair[],
): Omit<ComparedFigure, 'holm'> | undefined {
  const scores = pairs.flatMap(({ a, b }): Scores[] => {
    const [one, other] = [a.scores[kind][name], b.scores[kind][name]];
    return typeof one === 'number' && typeof other === 'number'
      ? [{ cluster: a.cluster, a: one, b: other }]
      : [];
  });
  const differences = scores.map(differenceOf);
  const difference = meanOf(differences);
  if (difference === undefined) return undefined;
  const clusters = inClusters(scores, ({ cluster }) => cluster);
  const meanDifference = (sample: readonly Scores[]) =>
    new Map([['difference', meanOf(sample.map(differenceOf)) ?? Number.NaN]]);
  const interval = bootstrap(clusters, meanDifference, { random: createRandom(seed) }).get('difference');
  const sums = clusters.map((own) => own.reduce((sum, one) => sum + differenceOf(one), 0));
  return {
    name,
    label,
    n: scores.length,
    a: meanOf(scores.map((one) => one.a)) ?? Number.NaN,
    b: meanOf(scores.map((one) => one.b)) ?? Number.NaN,
    difference,
    low: interval?.low ?? difference,
    high: interval?.high ?? difference,
    p: permutationTest(sums, { random: createRandom(seed) }),
    wins: differences.filter((one) => one > 0).length,
    ties: differences.filter((one) => one === 0).length,
    losses: differences.filter((one) => one < 0).length,
    needed: scenesNeeded(clusters.map((own) => meanOf(own.map(differenceOf)) ?? 0)),
  };
}

function differenceOf({ a, b }: Scores): number {
  return b - a;
}
