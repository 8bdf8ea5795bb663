import { type Columns, type Json, MESSAGES } from './columns.ts';
import { type EngineRows, messagesOf, rewardContextOf, TRACE, traceOf } from './engine-rows.ts';

const LEARNT: Columns = { role: 'string', content: 'string', loss: 'bool' };

/**
 * ms-swift (lab.md 1.7): of each assistant message it is said whether it is learnt; columns beside `messages`
 * reach a reward function by their names.
 */
export const MS_SWIFT: EngineRows = {
  sft: {
    row: (sample) => ({
      ...traceOf(sample),
      messages: sample.messages.map(({ role, content }, at): Json => {
        const isLearnt = at === sample.messages.length - 1;
        return role === 'assistant' ? { role, content, loss: isLearnt } : { role, content };
      }),
    }),
    columns: { ...TRACE, messages: { list: { struct: LEARNT } } },
  },
  rl: {
    row: (sample) => ({
      ...traceOf(sample),
      messages: messagesOf(sample.prompt),
      solution: sample.truth,
      reward_context: rewardContextOf(sample),
    }),
    columns: { ...TRACE, messages: MESSAGES, solution: 'string', reward_context: 'string' },
  },
};
