import { MESSAGES } from './columns.ts';
import { type EngineRows, messagesOf, rewardContextOf, TRACE, traceOf } from './engine-rows.ts';

/** TRL (lab.md 1.5): a prompt and its completion, of which the completion alone is learnt. */
export const TRL: EngineRows = {
  sft: {
    row: (sample) => ({
      ...traceOf(sample),
      prompt: messagesOf(sample.messages.slice(0, -1)),
      completion: messagesOf(sample.messages.slice(-1)),
    }),
    columns: { ...TRACE, prompt: MESSAGES, completion: MESSAGES },
  },
  rl: {
    row: (sample) => ({
      ...traceOf(sample),
      prompt: messagesOf(sample.prompt),
      solution: sample.truth,
      reward_context: rewardContextOf(sample),
    }),
    columns: { ...TRACE, prompt: MESSAGES, solution: 'string', reward_context: 'string' },
  },
};
