import { z } from 'zod';
import type { CoserDimension, JudgedFlaw } from '../judge-answer.ts';
import { parsePythonJson, withoutFraction } from '../python-json.ts';
import { type FiledSimulation, readTurns } from './read-turns.ts';
import { whatIsWrong, whereItBreaks } from './records-in.ts';

/** A number, in whichever form Python wrote it. */
const numberSchema = z.unknown().transform(withoutFraction).pipe(z.number());

const dimensionSchema = z.looseObject({ flaws: z.array(z.looseObject({})), score: numberSchema });

const evaluationSchema = z.looseObject({
  cases: z.record(
    z.string(),
    z.looseObject({
      simulation: z.array(z.looseObject({ role: z.string().min(1), content: z.string() })),
      simulation_str: z.string(),
      score: numberSchema,
      critique: z.looseObject({
        'Storyline Consistency': dimensionSchema,
        Anthropomorphism: dimensionSchema,
        'Character Fidelity': dimensionSchema,
        'Storyline Quality': dimensionSchema,
        bleu: numberSchema,
        rouge_l: numberSchema,
      }),
    }),
  ),
});

/** A scene as CoSER’s evaluator scored it. */
export type EvaluatedCase = {
  /** `book-i_p-i_c`. */
  readonly id: string;
  /** Without the thoughts, which that evaluator takes out. */
  readonly simulation: FiledSimulation;
  readonly transcript: string;
  readonly score: number;
  readonly dimensions: Readonly<
    Record<CoserDimension, { readonly flaws: readonly JudgedFlaw[]; readonly score: number }>
  >;
  readonly bleu: number;
  readonly rougeL: number;
};

/**
 * The file that CoSER’s `main.py` writes to `exp/evaluation`: `{scores, cases}`.
 * @throws SyntaxError where the text is another one
 */
export function readCoserEvaluation(text: string): readonly EvaluatedCase[] {
  const read = evaluationSchema.safeParse(parsed(text.replace(/^\uFEFF/u, '')));
  if (!read.success) throw new SyntaxError(`it is no evaluation of CoSER’s: ${whatIsWrong(read.error)}`);
  return Object.entries(read.data.cases).map(([id, { simulation, simulation_str, score, critique }]) => ({
    id,
    simulation: readTurns(simulation, 'coser'),
    transcript: simulation_str,
    score,
    dimensions: critique,
    bleu: critique.bleu,
    rougeL: critique.rouge_l,
  }));
}

function parsed(text: string): unknown {
  try {
    return parsePythonJson(text);
  } catch (error) {
    throw new SyntaxError(whereItBreaks(error, text.length));
  }
}
