import { messagesIn } from '../checked-row.ts';
import { eachRow, isRlFile, isSft, type Rule } from './rule.ts';

const isInput = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '') || messagesIn(value) !== undefined;

/** OpenRLHF (lab.md 1.8): nothing but `label` reaches a reward server, as a string. */
export const OPENRLHF_RULES: readonly Rule[] = [
  eachRow(
    {
      id: 'openrlhf-input',
      level: 'error',
      effect: 'OpenRLHF has no prompt: --data.input_key names a column that is neither text nor messages',
    },
    ({ value }) => (isInput(value['input']) ? undefined : 'input is neither text nor messages'),
  ),
  eachRow(
    { id: 'openrlhf-output', level: 'error', effect: 'OpenRLHF has nothing to learn' },
    ({ value }) => {
      const output = value['output'];
      if (typeof output === 'string') return output.trim() === '' ? 'output is empty' : undefined;
      const messages = messagesIn(output);
      return messages?.length === 1 && messages[0]?.role === 'assistant'
        ? undefined
        : 'output is neither text nor one message of the assistant';
    },
    isSft,
  ),
  eachRow(
    {
      id: 'openrlhf-label',
      level: 'error',
      effect: 'the reward server gets nothing to judge by: label must be a string',
    },
    ({ value }) =>
      typeof value['label'] === 'string' && value['label'] !== '' ? undefined : 'label is no string',
    isRlFile,
  ),
];
