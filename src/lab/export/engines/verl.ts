import { MESSAGES } from './columns.ts';
import { type EngineRows, messagesOf, rewardContextOf, TRACE, traceOf } from './engine-rows.ts';

/**
 * verl (lab.md 1.4; her-spec 8.3, 8.4). Stock verl reads `ground_truth`, HER’s fork `answer` and `solution`:
 * all three are there. What a reward is judged by is one string of JSON, so that every row has the same type.
 */
export const VERL: EngineRows = {
  sft: {
    parquetOnly: true,
    row: (sample) => ({ ...traceOf(sample), messages: messagesOf(sample.messages) }),
    columns: { ...TRACE, messages: MESSAGES },
  },
  rl: {
    row: (sample, { index, split }) => ({
      data_source: sample.kind === 'rp-rl' ? 'dramatis_roleplay' : 'dramatis_judge',
      prompt: messagesOf(sample.prompt),
      ability: 'roleplay',
      reward_model: {
        style: 'rule',
        ground_truth: sample.truth,
        answer: sample.truth,
        solution: sample.truth,
        baseline: sample.reward?.baseline ?? '',
      },
      extra_info: {
        index,
        split,
        trace_id: sample.id,
        conversation: sample.source.conversation,
        reward_context: rewardContextOf(sample),
      },
    }),
    columns: {
      data_source: 'string',
      prompt: MESSAGES,
      ability: 'string',
      reward_model: {
        struct: {
          style: 'string',
          ground_truth: 'string',
          answer: 'string',
          solution: 'string',
          baseline: 'string',
        },
      },
      extra_info: {
        struct: {
          index: 'int64',
          split: 'string',
          trace_id: 'string',
          conversation: 'string',
          reward_context: 'string',
        },
      },
    },
  },
};
