import { DIMENSIONS } from '../judge-answer.ts';
import type { Judgements } from '../judged-case.ts';
import type { Likeness } from '../likeness.ts';
import type { ProtocolRules } from '../protocol.ts';
import { meanOf } from '../score.ts';
import { type Conversation, transcriptLines } from '../transcript.ts';

/** A scene that was judged here. */
export type JudgedScene = {
  readonly id: string;
  readonly simulation: Conversation;
  readonly judgements: Judgements;
  readonly likeness: Likeness;
};

/**
 * Scores as CoSER’s evaluator writes them, `{scores, cases}`, by the protocol’s own count: of a dimension that
 * was judged several times the mean, and the flaws of the first time. That form has no place for what is
 * missing: a scene without all four scores is not in it, nor in its means; of no scene there are none.
 */
export function writeCoserEvaluation(judged: readonly JudgedScene[], rules: ProtocolRules): string {
  const cases = judged.map((one) => caseOf(one, rules)).filter((one) => one !== undefined);
  const mean = (of: (one: WrittenCase) => number) => meanOf(cases.map(([, one]) => of(one))) ?? 0;
  const dimensions = DIMENSIONS.map((dimension, index) => [
    dimension,
    mean(({ scores }) => scores[index] ?? 0),
  ]);
  const scores = {
    ...Object.fromEntries(dimensions),
    avg: mean(({ score }) => score),
    bleu: mean(({ critique }) => critique.bleu),
    rouge_l: mean(({ critique }) => critique.rouge_l),
  };
  const written = {
    scores: cases.length > 0 ? scores : null,
    cases: Object.fromEntries(cases.map(([id, { scores: _, ...one }]) => [id, one])),
  };
  return `${JSON.stringify(written, undefined, 2)}\n`;
}

type WrittenCase = {
  readonly simulation: readonly { readonly role: string; readonly content: string }[];
  readonly simulation_str: string;
  readonly score: number;
  readonly critique: { readonly bleu: number; readonly rouge_l: number };
  /** In the order of the dimensions. */
  readonly scores: readonly number[];
};

function caseOf(
  { id, simulation, judgements, likeness }: JudgedScene,
  rules: ProtocolRules,
): [string, WrittenCase] | undefined {
  const judged = DIMENSIONS.map((dimension) => {
    const { [dimension]: times = [] } = judgements;
    const known = times.map(({ score }) => score).filter((score) => score !== null);
    const score = known.length < times.length ? undefined : meanOf(known);
    return { dimension, flaws: times[0]?.flaws ?? [], score };
  });
  const scores = judged.map(({ score }) => score).filter((score) => score !== undefined);
  const score = meanOf(scores);
  if (score === undefined || scores.length < judged.length) return undefined;
  const lines = transcriptLines(simulation, rules, false);
  const dimensions = judged.map(({ dimension, ...one }) => [dimension, one]);
  return [
    id,
    {
      simulation: simulation.turns.map(({ name }, index) => ({ role: name, content: lines[index] ?? '' })),
      simulation_str: lines.join('\n\n'),
      score,
      critique: {
        ...Object.fromEntries(dimensions),
        bleu: likeness.bleu ?? 0,
        rouge_l: likeness.rougeL ?? 0,
      },
      scores,
    },
  ];
}
