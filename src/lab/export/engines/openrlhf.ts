import { MESSAGES } from './columns.ts';
import { type EngineRows, messagesOf, rewardContextOf, TRACE, traceOf } from './engine-rows.ts';

/** OpenRLHF (lab.md 1.8): nothing but `label` reaches a reward server, as a string. */
export const OPENRLHF: EngineRows = {
  sft: {
    row: (sample) => ({
      ...traceOf(sample),
      input: messagesOf(sample.messages.slice(0, -1)),
      output: messagesOf(sample.messages.slice(-1)),
    }),
    columns: { ...TRACE, input: MESSAGES, output: MESSAGES },
  },
  rl: {
    row: (sample) => ({
      ...traceOf(sample),
      input: messagesOf(sample.prompt),
      label: rewardContextOf(sample) || sample.truth,
    }),
    columns: { ...TRACE, input: MESSAGES, label: 'string' },
  },
};
