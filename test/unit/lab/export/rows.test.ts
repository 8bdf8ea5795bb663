import { describe, expect, it } from 'vitest';
import { columnsOf, formsFor, rowOf } from '../../../../src/lab/export/engines/row-of.ts';
import { ENGINES, KINDS, type RlSample, type SftSample } from '../../../../src/lab/export/sample.ts';

const PROMPT = [
  { role: 'system', content: 'You are Ada.' },
  { role: 'user', content: '===Conversation Start===' },
  { role: 'assistant', content: 'Ada: Two shillings.' },
  { role: 'user', content: 'Perran: Tide’s wrong.' },
] as const;
const TARGET = {
  role: 'assistant',
  content: '<system_thinking>She waits.</system_thinking>Ada: I wait.',
} as const;
const SOURCE = { conversation: 'ferry-1-0', character: 'Ada', turn: 3 };

const SFT: SftSample = { kind: 'sft', id: 'ferry-1-0/3', source: SOURCE, messages: [...PROMPT, TARGET] };
const REWARD: NonNullable<RlSample['reward']> = {
  format: 1,
  context: {
    speaker: 'Ada',
    sheet: 'A clerk.',
    setting: '',
    others: [],
    lines: ['Perran: Tide’s wrong.'],
    note: '',
  },
  baseline: 'Then I go home.',
};
const RL: RlSample = {
  kind: 'rp-rl',
  id: 'ferry-1-0/3',
  source: SOURCE,
  prompt: PROMPT,
  truth: 'I wait.',
  reward: REWARD,
};
const JUDGE: RlSample = {
  kind: 'grm-rl',
  id: 'grm/1',
  source: { conversation: 's1', character: 'Ada' },
  prompt: [{ role: 'user', content: 'Which?' }],
  truth: 'cand_2',
};
const PLACE = { index: 4, split: 'val' } as const;

describe('a row of each engine', () => {
  it('says to ms-swift of every assistant message whether it is learnt', () => {
    expect(rowOf('ms-swift', SFT, PLACE)).toEqual({
      id: 'ferry-1-0/3',
      conversation: 'ferry-1-0',
      messages: [PROMPT[0], PROMPT[1], { ...PROMPT[2], loss: false }, PROMPT[3], { ...TARGET, loss: true }],
    });
  });

  it('gives ms-swift and TRL a prompt with columns for the reward function', () => {
    const columns = {
      id: 'ferry-1-0/3',
      conversation: 'ferry-1-0',
      solution: 'I wait.',
      reward_context: JSON.stringify(REWARD),
    };
    expect(rowOf('ms-swift', RL, PLACE)).toEqual({ ...columns, messages: PROMPT });
    expect(rowOf('trl', RL, PLACE)).toEqual({ ...columns, prompt: PROMPT });
  });

  it('gives TRL prompt and completion as messages', () => {
    expect(rowOf('trl', SFT, PLACE)).toEqual({
      id: 'ferry-1-0/3',
      conversation: 'ferry-1-0',
      prompt: PROMPT,
      completion: [TARGET],
    });
  });

  it('gives LLaMA-Factory alternating messages, and nothing to be rewarded', () => {
    expect(rowOf('llama-factory', SFT, PLACE)).toMatchObject({ messages: [...PROMPT, TARGET] });
    expect(rowOf('llama-factory', RL, PLACE)).toBeUndefined();
  });

  it('gives verl the keys of stock verl and of HER’s fork, with one string for the reward', () => {
    expect(rowOf('verl', RL, PLACE)).toEqual({
      data_source: 'dramatis_roleplay',
      prompt: PROMPT,
      ability: 'roleplay',
      reward_model: {
        style: 'rule',
        ground_truth: 'I wait.',
        answer: 'I wait.',
        solution: 'I wait.',
        baseline: 'Then I go home.',
      },
      extra_info: {
        index: 4,
        split: 'val',
        trace_id: 'ferry-1-0/3',
        conversation: 'ferry-1-0',
        reward_context: JSON.stringify(REWARD),
      },
    });
    expect(rowOf('verl', JUDGE, PLACE)).toMatchObject({
      reward_model: { ground_truth: 'cand_2', baseline: '' },
      extra_info: { reward_context: '' },
    });
  });

  it('gives OpenRLHF one string as a label', () => {
    expect(rowOf('openrlhf', RL, PLACE)).toMatchObject({ input: PROMPT, label: JSON.stringify(REWARD) });
    expect(rowOf('openrlhf', JUDGE, PLACE)).toMatchObject({ label: 'cand_2' });
    expect(rowOf('openrlhf', SFT, PLACE)).toMatchObject({ input: PROMPT, output: [TARGET] });
  });

  it('has a type for every column of every row', () => {
    for (const engine of ENGINES) {
      for (const sample of [SFT, RL, JUDGE]) {
        const row = rowOf(engine, sample, PLACE);
        const columns = columnsOf(engine, sample.kind);
        expect(Object.keys(row ?? {})).toEqual(Object.keys(columns ?? {}));
      }
    }
  });

  it('writes verl’s SFT as Parquet alone, and nothing that an engine cannot learn from', () => {
    expect(formsFor('verl', 'sft', ['jsonl'])).toEqual(['parquet']);
    expect(formsFor('verl', 'rp-rl', ['jsonl'])).toEqual(['jsonl']);
    expect(KINDS.filter((kind) => formsFor('llama-factory', kind, ['jsonl']).length === 0)).toEqual([
      'grm-rl',
      'rp-rl',
    ]);
  });
});
