import { type EvalResult, evalResultSchema } from '../eval/result.ts';
import { type SelfplayResult, selfplayResultSchema } from '../selfplay/run/result.ts';

/** The results of a run, by which kind of benchmark it was. */
export type AnyResult =
  | { readonly of: 'coser'; readonly result: EvalResult }
  | { readonly of: 'selfplay'; readonly result: SelfplayResult };

/** What a `results.json` holds; undefined where it is none, or of a version that reads otherwise. */
export function resultIn(value: unknown): AnyResult | undefined {
  const coser = evalResultSchema.safeParse(value);
  if (coser.success) return { of: 'coser', result: coser.data };
  const selfplay = selfplayResultSchema.safeParse(value);
  return selfplay.success ? { of: 'selfplay', result: selfplay.data } : undefined;
}
