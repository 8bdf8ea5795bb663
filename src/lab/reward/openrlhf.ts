import { z } from 'zod';
import { MOST_SAMPLES } from './limits.ts';
import { BadRequest } from './prepare.ts';
import type { Score } from './score.ts';

const listSchema = z.union([z.array(z.string()).max(MOST_SAMPLES), z.string().transform((one) => [one])]);

/** `POST /get_reward` as OpenRLHF sends it (lab.md 1.8). Another field is ignored: versions differ. */
export const openRlhfSchema = z.looseObject({
  query: listSchema,
  prompts: listSchema,
  /** Reward contexts, each as its JSON. */
  labels: listSchema,
});

/** What was asked for, sample by sample. @throws BadRequest where the lists do not fit */
export function samplesOf({ query, prompts, labels }: z.infer<typeof openRlhfSchema>) {
  if (query.length !== prompts.length || query.length !== labels.length) {
    throw new BadRequest('query, prompts and labels must be of one length');
  }
  return query.map((whole, at) => ({
    response: responseIn(whole, prompts[at] ?? ''),
    reward_context: labels[at] ?? '',
  }));
}

/** `<|im_end|>`, `<|eot_id|>`, `<｜end▁of▁sentence｜>`, `</s>`, `<eos>`, `<pad>` and their like. */
const END = /(?:<[|｜][^<>|｜\n]{1,40}[|｜]>|<\/s>|<eos>|<pad>|<end_of_turn>|\[PAD\])$/u;
const LONGEST_END = 48;
/** How an assistant’s message begins; templates of most models write one of these last. */
const STARTS =
  /<\|im_start\|>assistant\n|<\|start_header_id\|>assistant<\|end_header_id\|>\s|<[|｜]Assistant[|｜]>|<start_of_turn>model\n|\[\/INST\]/gu;
const EMPTY_THINKING = /^\s*<think>\s*<\/think>\s*/u;

/**
 * What the policy wrote: the query without its prompt and the special tokens around it. Where a prompt was
 * cut from the left, or a token came back spelled otherwise, the query does not begin with it; then the
 * answer begins behind the last sign of an assistant’s message.
 *
 * @throws BadRequest where neither is there: to judge a prompt as an answer would be worse
 */
export function responseIn(query: string, prompt: string): string {
  const from = query.startsWith(prompt) ? prompt.length : startOfAnswer(query);
  if (from === undefined)
    throw new BadRequest('a query begins neither with its prompt nor with a known template');
  return withoutEnds(query.slice(from)).replace(EMPTY_THINKING, '');
}

/** Special tokens behind a text, however many: some are padded by hundreds. */
function withoutEnds(text: string): string {
  let left = text;
  for (;;) {
    const told = left.trimEnd();
    const end = END.exec(told.slice(-LONGEST_END));
    if (!end) return left === text ? text : told;
    left = told.slice(0, told.length - end[0].length);
  }
}

function startOfAnswer(query: string): number | undefined {
  const last = [...query.matchAll(STARTS)].at(-1);
  return last && last.index + last[0].length;
}

/** Mean score of a group that no filter keeps, whatever the others of it are. */
const OUT_OF_RANGE = -1_000_000;

/**
 * OpenRLHF’s answer. `scores` are 0…1, by which it filters groups; all of `extra_logs` are numbers, the same
 * for every sample. It has no way to drop one sample: a reward of null ends its run. So one without a
 * verdict has a score far below any range, and its group is dropped and replaced where
 * `--algo.dynamic_filtering_enable` is on. Its reward is then never used.
 */
export function openRlhfAnswer(scores: readonly Score[]) {
  const each = (of: (score: Score) => number) => scores.map(of);
  return {
    rewards: each(({ reward }) => reward ?? 0),
    scores: each(({ reward }) => (reward === null ? OUT_OF_RANGE : (reward + 1) / 2)),
    extra_logs: {
      grm_reward: each(({ reward }) => reward ?? 0),
      judged: each(({ why }) => Number(why === 'judged' || why === 'identical')),
      illegal: each(({ reward, orders }) => Number(reward === -1 && orders.length === 0)),
      dropped: each(({ reward }) => Number(reward === null)),
      flipped: each(({ orders }) => Number(isFlipped(orders))),
    },
  };
}

/** The two orders named different winners. */
export function isFlipped(orders: Score['orders']): boolean {
  const winners = new Set(orders.map(({ better }) => better));
  return winners.has('rollout') && winners.has('baseline');
}
