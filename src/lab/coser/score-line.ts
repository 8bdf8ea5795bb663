import { z } from 'zod';
import { DIMENSIONS } from './judge-answer.ts';
import { mostSevere } from './judged-case.ts';
import { parsePythonJson, withoutFraction } from './python-json.ts';
import { dimensionScore } from './score.ts';
import type { Protocol } from './severity.ts';

const lineSchema = z.object({
  judge_flaws: z.array(
    z.looseObject({}, 'each flaw is an object').refine((flaw) => !Array.isArray(flaw)),
    'a list of flaws is needed',
  ),
  rounds: z
    .unknown()
    .transform(withoutFraction)
    .pipe(z.number('a number of turns is needed').min(0, 'it cannot be below 0')),
  /** Under `fixed` it says how far its severities go. */
  dimension: z.enum(DIMENSIONS).optional().catch(undefined),
});

/** What a line of `lab eval score` comes to, or what is wrong with it. */
export type LineScore = { readonly score: number } | { readonly fault: string };

/** The score of `{"judge_flaws":[{"severity":…}],"rounds":n}`, counted as the protocol counts. */
export function scoreLine(line: string, protocol: Protocol): LineScore {
  let record: unknown;
  try {
    record = parsePythonJson(line);
  } catch {
    return { fault: 'it is not JSON' };
  }
  const read = lineSchema.safeParse(record);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') || 'it';
    return { fault: `${where}: ${issue?.message ?? 'it has another form'}` };
  }
  const { judge_flaws, rounds, dimension } = read.data;
  const mostOf = dimension && ((flaw: Readonly<Record<string, unknown>>) => mostSevere(dimension, flaw));
  return { score: dimensionScore(judge_flaws, rounds, protocol, mostOf) };
}
