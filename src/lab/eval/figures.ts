import { bootstrap } from '../../judge/stats/bootstrap.ts';
import { createRandom } from '../../judge/stats/random.ts';
import { type CoserDimension, DIMENSIONS } from '../coser/judge-answer.ts';
import { meanOf } from '../coser/score.ts';
import type { CaseResult, EvalResult, Figure } from './result.ts';

/** Under this name stands the mean of the four dimensions. */
export const OVERALL = 'overall';

type Measure = readonly [name: string, of: (one: CaseResult) => number | null | undefined];

/**
 * Means over scenes with their 95 % intervals (whole scenes are drawn, by one seed). A dimension is the mean
 * over the scenes in which it is there; `overall` is the mean of the dimensions' means for the protocol's
 * own scores, as both evaluators print it, and the mean over valid cases for the honest ones: an invalid
 * case is in no honest figure. One scene has no interval.
 */
export function figuresOf(cases: readonly CaseResult[], seed: number): EvalResult['figures'] {
  const valid = cases.filter(({ invalid }) => !invalid);
  const score = figures(cases, byDimension('score'), seed, true);
  const honest = figures(valid, byDimension('honest'), seed, true);
  const rest = figures(
    cases,
    [
      ['bleu', ({ bleu }) => bleu],
      ['rougeL', ({ rougeL }) => rougeL],
      ['usable', ({ format }) => (format.answers === 0 ? null : format.usable / format.answers)],
    ],
    seed,
    false,
  );
  return {
    score,
    honest,
    bleu: rest['bleu'] ?? NONE,
    rougeL: rest['rougeL'] ?? NONE,
    usable: rest['usable'] ?? NONE,
    invalid: cases.length - valid.length,
    leaks: cases.reduce((sum, { format }) => sum + format.leaks, 0),
  };
}

/** What a case got in a dimension: the mean of its judgements; null where none could be read. */
export function dimensionOf(
  { judgements }: Pick<CaseResult, 'judgements'>,
  dimension: CoserDimension,
  kind: 'score' | 'honest',
): number | null {
  const all = (judgements[dimension] ?? []).map((judgement) => judgement[kind]);
  return meanOf(all.filter((one) => one !== null)) ?? null;
}

function byDimension(kind: 'score' | 'honest'): readonly Measure[] {
  return DIMENSIONS.map((name) => [name, (one) => dimensionOf(one, name, kind)]);
}

const NONE: Figure = { mean: null, low: null, high: null, n: 0 };

function figures(
  cases: readonly CaseResult[],
  measures: readonly Measure[],
  seed: number,
  hasOverall: boolean,
): Record<string, Figure> {
  const rows = cases.map((one) => measures.map(([, of]) => of(one) ?? Number.NaN));
  const means = (sample: readonly (readonly number[])[]): ReadonlyMap<string, number> => {
    const found = measures.map(([name], at): [string, number] => [name, meanAt(sample, at)]);
    const overall = meanOf(found.map(([, mean]) => mean)) ?? Number.NaN;
    return new Map(hasOverall ? [...found, [OVERALL, overall]] : found);
  };
  const intervals = bootstrap(
    rows.map((row) => [row]),
    means,
    { random: createRandom(seed) },
  );
  return Object.fromEntries(
    [...means(rows)].map(([name, mean], at): [string, Figure] => {
      const n = rows.filter((row) =>
        at < measures.length ? !Number.isNaN(row[at]) : row.every(isNumber),
      ).length;
      if (Number.isNaN(mean)) return [name, { ...NONE, n }];
      const interval = n > 1 ? intervals.get(name) : undefined;
      return [name, { mean, low: interval?.low ?? null, high: interval?.high ?? null, n }];
    }),
  );
}

function isNumber(value: number): boolean {
  return !Number.isNaN(value);
}

function meanAt(rows: readonly (readonly number[])[], at: number): number {
  let [sum, count] = [0, 0];
  for (const row of rows) {
    const value = row[at] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? Number.NaN : sum / count;
}
