import { eachRow, isRlFile, isSft, type Rule } from './rule.ts';

/** ms-swift (lab.md 1.7): of each assistant message it may be said whether it is learnt. */
export const MS_SWIFT_RULES: readonly Rule[] = [
  eachRow(
    {
      id: 'ms-swift-loss',
      level: 'error',
      effect: 'ms-swift learns a turn that it must not learn, or leaves out the one that it must',
    },
    ({ messages = [] }) => {
      const flagged = messages.some(({ loss }) => loss !== undefined);
      if (!flagged) return undefined;
      const odd = messages.find(({ loss }) => loss !== undefined && typeof loss !== 'boolean');
      if (odd) return `loss is ${JSON.stringify(odd.loss)}: true or false is wanted`;
      const last = messages.length - 1;
      // Without a flag a turn of the assistant is learnt.
      const learnt = messages.flatMap(({ role, loss }, at) =>
        role === 'assistant' && loss !== false ? [at] : [],
      );
      if (learnt.length === 1 && learnt[0] === last) return undefined;
      const which = learnt.map((at) => at + 1).join(', ') || 'none';
      return `learnt: message ${which}; of ${messages.length} it is the last alone`;
    },
    isSft,
  ),
  eachRow(
    {
      id: 'ms-swift-no-loss',
      level: 'warning',
      effect: 'ms-swift learns every turn of the assistant, unless it is run with --loss_scale last_round',
    },
    ({ messages = [] }) => {
      const several = messages.filter(({ role }) => role === 'assistant').length > 1;
      return several && messages.every(({ loss }) => loss === undefined)
        ? 'several turns of the assistant, and no loss flag'
        : undefined;
    },
    isSft,
  ),
  eachRow(
    {
      id: 'ms-swift-no-reward-column',
      level: 'error',
      effect: 'a reward function gets columns beside messages, and here it gets none to judge by',
    },
    ({ value }) =>
      ['solution', 'reward_context', 'answer', 'label'].some((name) => typeof value[name] === 'string')
        ? undefined
        : 'no column solution or reward_context',
    isRlFile,
  ),
];
