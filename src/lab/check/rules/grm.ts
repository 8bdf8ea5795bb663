import { z } from 'zod';
import type { CheckedRow } from '../checked-row.ts';
import { eachRow, type Rule, told } from './rule.ts';
import { truthOf } from './truth-of.ts';

const TRUTHS = ['cand_1', 'cand_2', 'tie'] as const;
export type Truth = (typeof TRUTHS)[number];
const truthSchema = z.enum(TRUTHS);

const labelSchema = z.object({
  result: z.tuple([
    z.object({
      principle: z.record(z.string(), z.object({ principle_name: z.string().min(1) })),
      analysis: z.object({
        principle_comparisons: z
          .array(z.object({ principle_name: z.string().min(1), winner: truthSchema }))
          .min(1),
      }),
      better_response: truthSchema,
    }),
  ]),
});
type Label = z.infer<typeof labelSchema>['result'][0];

/** A judgement in HER’s form, behind thinking or without any; never looked for by its words (her-spec 9.4 T7). */
export function labelIn(text: string): Label | undefined {
  const json = /^(?:<think>[\s\S]*?<\/think>\s*)?```json\n([\s\S]*)\n```\s*$/u.exec(text)?.[1];
  if (json === undefined) return undefined;
  try {
    return labelSchema.safeParse(JSON.parse(json)).data?.result[0];
  } catch {
    return undefined;
  }
}

/** Which candidate a row says is better. */
export function decisionOf(row: CheckedRow): Truth | undefined {
  if (row.kind === 'grm-sft') return labelIn(row.messages?.at(-1)?.content ?? '')?.better_response;
  return row.kind === 'grm-rl' ? truthSchema.safeParse(truthOf(row)).data : undefined;
}

const isLabelled = ({ kind }: Pick<CheckedRow, 'kind'>): boolean => kind === 'grm-sft';

/** What a judge learns from (her-spec 7.3, 7.5, 8.2, 8.3). */
export const GRM_RULES: readonly Rule[] = [
  eachRow(
    {
      id: 'grm-label',
      level: 'error',
      effect: 'the judge learns another form than the one that the prompt asks for',
    },
    ({ messages = [] }) =>
      labelIn(messages.at(-1)?.content ?? '')
        ? undefined
        : 'the answer is no {"result": […]} in a fence of json',
    isLabelled,
  ),
  eachRow(
    {
      id: 'grm-merits',
      level: 'error',
      effect: 'the judge learns to decide against its own findings',
    },
    ({ messages = [] }) => {
      const label = labelIn(messages.at(-1)?.content ?? '');
      if (!label || label.better_response === 'tie') return undefined;
      const winners = label.analysis.principle_comparisons.map(({ winner }) => winner);
      const lost = winners.some((winner) => winner !== 'tie' && winner !== label.better_response);
      return lost && !winners.includes(label.better_response)
        ? `${label.better_response} is better, and won no principle`
        : undefined;
    },
    isLabelled,
  ),
  eachRow(
    {
      id: 'grm-asks-to-think',
      level: 'error',
      effect: 'the judge learns not to think where it is asked to',
    },
    ({ messages = [] }) => {
      const prompt = messages.findLast(({ role }) => role === 'user')?.content ?? '';
      const asks = /\bthink first\b|<think>/iu.test(prompt.slice(-2000));
      const thinks = messages.at(-1)?.content.startsWith('<think>');
      return asks && !thinks ? 'the prompt asks for thinking, and the answer has none' : undefined;
    },
    isLabelled,
  ),
  eachRow(
    {
      id: 'grm-thinks',
      level: 'warning',
      effect: 'where that thinking was put together afterwards the judge learns to make up reasons',
    },
    ({ messages = [] }) =>
      messages.at(-1)?.content.startsWith('<think>') ? 'the answer begins with thinking' : undefined,
    isLabelled,
  ),
  eachRow(
    {
      id: 'grm-hidden',
      level: 'error',
      effect: 'the judge learns to go by what nobody who judges may see',
    },
    ({ messages = [] }) => hiddenIn(messages.findLast(({ role }) => role === 'user')?.content ?? ''),
    ({ kind }) => kind === 'grm-sft' || kind === 'grm-rl',
  ),
  eachRow(
    { id: 'grm-truth', level: 'error', effect: 'no answer can be right: every reward is 0' },
    (row) => {
      const truth = truthOf(row);
      if (truthSchema.safeParse(truth).success) return undefined;
      return truth === undefined ? 'there is no right answer' : `the right answer is ${told(truth, 30)}`;
    },
    ({ kind }) => kind === 'grm-rl',
  ),
];

const SHOWN = /^\[([0-9a-f]{16})\] dialogue history\n([\s\S]*?)\n\[\1\] cand_1\n([\s\S]*)\n\[\1\] end$/mu;
const PLAN = /<\s*\/?\s*system[_\s]*think/iu;
const THOUGHT = /<\s*\/?\s*role[_\s]*think/iu;

/** Hidden text in what a judge is shown: plans anywhere, thoughts in what others said (the one law). */
function hiddenIn(prompt: string): string | undefined {
  const [, , history = '', candidates = ''] = SHOWN.exec(prompt) ?? [];
  if (PLAN.test(history) || PLAN.test(candidates)) return 'system thinking is shown to the judge';
  const others = history
    .split(/^(?=(?:System|User|Assistant): )/mu)
    .filter((block) => block.startsWith('User: '));
  return others.some((block) => THOUGHT.test(block))
    ? 'thoughts of others are shown to the judge'
    : undefined;
}
