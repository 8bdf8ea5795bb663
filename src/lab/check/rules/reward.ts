import { readLabel } from '../../../format/labels.ts';
import { type RewardContext, rewardContextSchema } from '../../reward/score-request.ts';
import type { CheckedRow } from '../checked-row.ts';
import { eachRow, type Rule } from './rule.ts';
import { rewardContextOf } from './truth-of.ts';

const isPlayed = ({ kind }: Pick<CheckedRow, 'kind'>): boolean => kind === 'rp-rl';

/** What `dramatis lab reward` is sent for a rollout. */
export const REWARD_RULES: readonly Rule[] = [
  eachRow(
    {
      id: 'no-reward-context',
      level: 'warning',
      effect: 'dramatis lab reward cannot judge the rollout: another reward is needed',
    },
    (row) => (rewardContextOf(row) === undefined ? 'there is no reward context' : undefined),
    isPlayed,
  ),
  eachRow(
    {
      id: 'reward-context',
      level: 'error',
      effect: 'dramatis lab reward refuses it: the rollout gets no reward',
    },
    (row) => {
      const text = rewardContextOf(row);
      return text === undefined || contextIn(text) ? undefined : 'the reward context is none of its form';
    },
    isPlayed,
  ),
  eachRow(
    {
      id: 'reward-thoughts',
      level: 'error',
      effect: 'the judge reads what the character cannot know, and rewards it',
    },
    (row) => {
      const read = contextIn(rewardContextOf(row) ?? '');
      const of = read && hiddenIn(read);
      return of === undefined ? undefined : `the reward context has ${of}`;
    },
    isPlayed,
  ),
];

function contextIn(text: string): RewardContext | undefined {
  try {
    return rewardContextSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const PLAN = /<\s*system[_\s]*think/iu;
const THOUGHT = /<\s*role[_\s]*think/iu;

function hiddenIn({ context: { speaker, lines }, baseline }: RewardContext): string | undefined {
  if (PLAN.test(baseline)) return 'system thinking in its baseline';
  if (lines.some((line) => PLAN.test(line))) return 'system thinking in a line';
  const isOthers = (line: string) => readLabel(line, 0)?.name !== speaker;
  return lines.some((line) => isOthers(line) && THOUGHT.test(line)) ? 'thoughts of another' : undefined;
}
