import { MESSAGES } from './columns.ts';
import { type EngineRows, messagesOf, TRACE, traceOf } from './engine-rows.ts';

/**
 * LLaMA-Factory (lab.md 1.6): OpenAI’s messages, strictly alternating; `mask_history` in its configuration
 * makes the last turn the only one that is learnt. It has no RL with a reward of ours.
 */
export const LLAMA_FACTORY: EngineRows = {
  sft: {
    row: (sample) => ({ ...traceOf(sample), messages: messagesOf(sample.messages) }),
    columns: { ...TRACE, messages: MESSAGES },
  },
};
