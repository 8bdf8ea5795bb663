import type { EvaluatedCase } from '../coser/files/coser-evaluation.ts';
import { DIMENSIONS } from '../coser/judge-answer.ts';
import { dimensionOf, OVERALL } from '../eval/figures.ts';
import type { CaseResult, EvalResult, Manifest } from '../eval/result.ts';
import type { SelfplayResult } from '../selfplay/run/result.ts';

/** By the protocol’s own counting, or with the faults mended. */
export type Kind = 'honest' | 'protocol';

export type ScoredCase = {
  readonly id: string;
  /** Cases of one cluster hang together: they are drawn and turned together. */
  readonly cluster: string;
  /** In no honest figure. */
  readonly invalid: boolean;
  /** By dimension and `overall`; null or absent where it has none. */
  readonly scores: Readonly<Record<Kind, Readonly<Record<string, number | null>>>>;
};

/** What a comparison needs of a run, whichever benchmark it is of. */
export type ScoredRun = {
  readonly name: string;
  /** What its cases are called. */
  readonly unit: 'scene' | 'dialogue';
  /** Absent where a file says nothing of who judged it, and how. */
  readonly manifest: Manifest | undefined;
  /** Names of the figures, `overall` first, with how they are called. */
  readonly figures: ReadonlyMap<string, string>;
  readonly cases: readonly ScoredCase[];
};

const COSER_FIGURES = new Map([[OVERALL, 'Overall'], ...DIMENSIONS.map((name) => [name, name] as const)]);

export function coserRun(name: string, { manifest, cases }: EvalResult): ScoredRun {
  return { name, unit: 'scene', manifest, figures: COSER_FIGURES, cases: cases.map(coserCase) };
}

function coserCase(one: CaseResult): ScoredCase {
  const scoresOf = (kind: 'score' | 'honest') =>
    Object.fromEntries([
      [OVERALL, one[kind]],
      ...DIMENSIONS.map((dimension) => [dimension, dimensionOf(one, dimension, kind)] as const),
    ]);
  return {
    id: one.id,
    cluster: one.id,
    invalid: one.invalid,
    scores: { honest: scoresOf('honest'), protocol: scoresOf('score') },
  };
}

/** Self-play counts in one way only: all of it is honest. */
export function selfplayRun(name: string, { manifest, cases, labels }: SelfplayResult): ScoredRun {
  const keys = [...new Set([OVERALL, ...cases.flatMap(({ figures }) => Object.keys(figures ?? {}))])];
  return {
    name,
    unit: 'dialogue',
    manifest,
    figures: new Map(keys.map((key) => [key, labels[key] ?? key])),
    cases: cases.map(({ id, cluster, invalid, score, figures }) => {
      const scores = { ...figures, [OVERALL]: score };
      return { id, cluster, invalid, scores: { honest: scores, protocol: scores } };
    }),
  };
}

/** A file of CoSER’s own evaluator: its scores as printed, and nothing of who judged. */
export function evaluatedRun(name: string, cases: readonly EvaluatedCase[]): ScoredRun {
  return {
    name,
    unit: 'scene',
    manifest: undefined,
    figures: COSER_FIGURES,
    cases: cases.map(({ id, score, dimensions }) => ({
      id,
      cluster: id,
      invalid: false,
      scores: {
        honest: {},
        protocol: {
          [OVERALL]: score,
          ...Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, dimensions[dimension].score])),
        },
      },
    })),
  };
}
