import { eachRow, isRlFile, isSft, type Rule } from './rule.ts';

/** LLaMA-Factory (lab.md 1.6): its converter empties a row that does not alternate, and goes on. */
export const LLAMA_FACTORY_RULES: readonly Rule[] = [
  eachRow(
    {
      id: 'llama-factory-alternation',
      level: 'error',
      effect: 'LLaMA-Factory logs a line and makes the row empty: it is skipped in silence',
    },
    ({ messages = [] }) => {
      const turns = messages[0]?.role === 'system' ? messages.slice(1) : messages;
      const at = turns.findIndex(({ role }, place) => role !== (place % 2 === 0 ? 'user' : 'assistant'));
      if (at < 0) return undefined;
      const wanted = at % 2 === 0 ? 'user' : 'assistant';
      return `turn ${at + 1} is the ${turns[at]?.role}’s where the ${wanted}’s is due`;
    },
  ),
  eachRow(
    {
      id: 'llama-factory-even',
      level: 'error',
      effect: 'LLaMA-Factory logs a line and makes the row empty: it is skipped in silence',
    },
    ({ messages = [] }) => {
      const turns = messages[0]?.role === 'system' ? messages.length - 1 : messages.length;
      return turns % 2 === 0 ? undefined : `${turns} turns: an even number is due`;
    },
    isSft,
  ),
  eachRow(
    {
      id: 'llama-factory-no-rl',
      level: 'error',
      effect: 'LLaMA-Factory has no RL with a reward of ours: nothing reads such rows',
    },
    () => 'a prompt without an answer',
    isRlFile,
  ),
];
