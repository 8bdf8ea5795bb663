import { z } from 'zod';
import { OperatorError } from '../../../errors.ts';
import { recordsIn } from '../run/read-records.ts';
import type { Calibration, SelfplayCase } from '../run/result.ts';
import { DIMENSIONS, type DimensionId } from './dimensions.ts';
import { pillarsOf } from './score.ts';
import { spearman } from './spearman.ts';

const score = z.coerce.number().min(0).max(100);
const rowSchema = z.object({
  seed_id: z.union([z.string(), z.number().transform(String)]),
  model_name: z.string(),
  run_id: z.union([z.string(), z.number().transform(String)]),
  basics: score,
  logic: score,
  knowledge: score,
  diversity: score,
  content_logic: score,
  interaction: score,
});

/** Published scores by `seed/model/run`, as `readDialogues` names its dialogues. */
export type Evaluations = ReadonlyMap<string, Readonly<Record<DimensionId | 'overall', number>>>;

/**
 * Reads published scores; `overall` weighs them 50 / 25 / 25.
 * @throws OperatorError where a row is none, or there is none
 */
export function readEvaluations(text: string, path: string): Evaluations {
  const rows = recordsIn(text, path).map((record, at) => {
    const read = rowSchema.safeParse(record);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    throw new OperatorError(
      `${path}, record ${at + 1}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    );
  });
  if (rows.length === 0) throw new OperatorError(`${path} holds no scores.`);
  return new Map(
    rows.map(({ seed_id, model_name, run_id, ...scores }) => [
      `${seed_id}/${model_name}/${run_id}`,
      { ...scores, overall: pillarsOf(scores).overall },
    ]),
  );
}

/**
 * How far a judge ranks models as the published scores do: means over the dialogues that both have, and
 * Spearman’s correlation over models, overall and by dimension.
 */
export function calibrate(cases: readonly SelfplayCase[], evaluations: Evaluations): Calibration {
  const both = cases.flatMap(({ id, model, figures }) => {
    const published = evaluations.get(id);
    return model !== undefined && figures && published ? [{ model, ours: figures, published }] : [];
  });
  const names = ['overall', ...DIMENSIONS.map(({ id }) => id)] as const;
  const means = [...Map.groupBy(both, ({ model }) => model)].map(([model, its]) => ({
    model,
    dialogues: its.length,
    figures: new Map(
      names.map((name) => [
        name,
        [
          mean(its.map(({ ours }) => ours[name] ?? 0)),
          mean(its.map(({ published }) => published[name])),
        ] as const,
      ]),
    ),
  }));
  const pair = (figures: ReadonlyMap<string, readonly [number, number]>, name: string) =>
    figures.get(name) ?? ([0, 0] as const);
  return {
    models: means
      .map(({ model, dialogues, figures }) => {
        const [ours, published] = pair(figures, 'overall');
        return { model, dialogues, ours, published };
      })
      .sort((a, b) => b.published - a.published),
    spearman: Object.fromEntries(
      names.map((name) => [name, spearman(means.map(({ figures }) => pair(figures, name)))]),
    ),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
