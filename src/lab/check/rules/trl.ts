import { messagesIn } from '../checked-row.ts';
import { eachRow, isRlFile, isSft, type Rule } from './rule.ts';

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

/** TRL (lab.md 1.5): a prompt and its completion, or whole conversations. */
export const TRL_RULES: readonly Rule[] = [
  eachRow(
    {
      id: 'trl-form',
      level: 'error',
      effect: 'TRL cannot tell which form the data set has, or raises a KeyError',
    },
    ({ value }) => {
      const whole = isThere(value['messages']);
      const [prompt, completion] = [isThere(value['prompt']), isThere(value['completion'])];
      if (whole && (prompt || completion)) return 'messages and prompt or completion side by side';
      return whole || (prompt && completion) ? undefined : 'neither messages nor prompt and completion';
    },
    isSft,
  ),
  eachRow(
    {
      id: 'trl-completion',
      level: 'error',
      effect: 'TRL learns all of the completion: turns of others would be learnt',
    },
    ({ value }) => {
      if (!isThere(value['completion'])) return undefined;
      const completion = messagesIn(value['completion']);
      return completion?.length === 1 && completion[0]?.role === 'assistant'
        ? undefined
        : 'the completion is not one message of the assistant';
    },
    isSft,
  ),
  eachRow(
    {
      id: 'trl-prompt-end',
      level: 'error',
      effect: 'two turns of the assistant in a row: the chat template puts no one between them',
    },
    ({ value }) => {
      const prompt = messagesIn(value['prompt']);
      return prompt && prompt.at(-1)?.role !== 'user'
        ? 'the prompt does not end with the user’s message'
        : undefined;
    },
    isSft,
  ),
  eachRow(
    {
      id: 'trl-learns-all',
      level: 'warning',
      effect:
        'TRL learns every turn of messages, of the user too, unless assistant_only_loss is on, and then each of the assistant’s',
    },
    ({ value }) => (isThere(value['messages']) ? 'messages, not prompt and completion' : undefined),
    isSft,
  ),
  eachRow(
    {
      id: 'trl-no-reward-column',
      level: 'error',
      effect: 'a reward function gets columns beside prompt, and here it gets none to judge by',
    },
    ({ value }) =>
      ['solution', 'reward_context', 'answer', 'ground_truth', 'label'].some(
        (name) => typeof value[name] === 'string',
      )
        ? undefined
        : 'no column solution or reward_context',
    isRlFile,
  ),
];
