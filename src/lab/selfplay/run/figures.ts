import { bootstrap, inClusters } from '../../../judge/stats/bootstrap.ts';
import { createRandom } from '../../../judge/stats/random.ts';
import type { Figure } from '../../eval/result.ts';
import type { SelfplayCase, SelfplayResult } from './result.ts';

type Row = { readonly cluster: string; readonly figures: Readonly<Record<string, number>> };

/**
 * Means over dialogues with their 95 % intervals: whole clusters are drawn, since runs of one scene hang
 * together. Invalid dialogues are counted, and in no mean.
 */
export function figuresOf(cases: readonly SelfplayCase[], seed: number): SelfplayResult['figures'] {
  const scored = cases.flatMap(({ cluster, figures }) => (figures ? [{ cluster, figures }] : []));
  const valid = cases.filter(({ invalid }) => !invalid);
  const judges = new Set(cases.flatMap(({ byJudge }) => Object.keys(byJudge)));
  const models = new Set(cases.flatMap(({ model }) => (model === undefined ? [] : [model])));
  const rest = meansOf(
    cases.map(({ cluster, format }) => ({
      cluster,
      figures: { usable: format.answers === 0 ? Number.NaN : format.usable / format.answers },
    })),
    seed,
  );
  const refusals = valid.map(({ cluster, refused }) => ({ cluster, figures: { refused: Number(refused) } }));
  return {
    score: meansOf(scored, seed),
    byJudge: Object.fromEntries(
      [...judges].map((judge) => [
        judge,
        meansOf(
          rowsBy(cases, ({ byJudge }) => byJudge[judge]),
          seed,
        ),
      ]),
    ),
    byModel: Object.fromEntries(
      [...models].map((model) => [
        model,
        meansOf(
          rowsBy(cases, (one) => (one.model === model ? one.figures : undefined)),
          seed,
        ),
      ]),
    ),
    usable: rest['usable'] ?? NONE,
    refused: meansOf(refusals, seed)['refused'] ?? NONE,
    invalid: cases.length - valid.length,
    leaks: cases.reduce((sum, { format }) => sum + format.leaks, 0),
  };
}

const NONE: Figure = { mean: null, low: null, high: null, n: 0 };

function rowsBy(
  cases: readonly SelfplayCase[],
  of: (one: SelfplayCase) => Readonly<Record<string, number>> | null | undefined,
): readonly Row[] {
  return cases.flatMap((one) => {
    const figures = one.invalid ? undefined : of(one);
    return figures ? [{ cluster: one.cluster, figures }] : [];
  });
}

function meansOf(rows: readonly Row[], seed: number): Record<string, Figure> {
  const names = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const means = (sample: readonly Row[]): ReadonlyMap<string, number> =>
    new Map(names.map((name) => [name, meanOf(sample, name)]));
  const intervals = bootstrap(
    inClusters(rows, ({ cluster }) => cluster),
    means,
    { random: createRandom(seed) },
  );
  return Object.fromEntries(
    [...means(rows)].map(([name, mean]): [string, Figure] => {
      if (!Number.isFinite(mean)) return [name, NONE];
      const { low, high } = intervals.get(name) ?? { low: mean, high: mean };
      const n = rows.filter(({ figures }) => Number.isFinite(figures[name])).length;
      return [name, { mean, low, high, n }];
    }),
  );
}

function meanOf(rows: readonly Row[], name: string): number {
  let [sum, count] = [0, 0];
  for (const { figures } of rows) {
    const value = figures[name];
    if (value === undefined || !Number.isFinite(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}
