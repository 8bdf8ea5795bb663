import { describe, expect, test } from 'vitest';
import { keepChoice } from '../../../../src/lab/gca/kept-choice.ts';

function kept(text: string, reasoning = ''): string {
  const usage = {
    ...{ model: 'm', promptTokens: 1, cachedTokens: 0, completionTokens: 1 },
    ...{ msToFirst: 0, msToLast: 0 },
  };
  return keepChoice({ text, reasoning, end: 'stop', usage }).text;
}

describe('what a director thought before its answer is kept nowhere', () => {
  test.each([
    ['tags', '<think>PLAN</think>Next Speaker: Ada', 'Next Speaker: Ada'],
    ['fields', '{"system_thinking":"PLAN","next_speaker":"Ada"}', '{"next_speaker":"Ada"}'],
    ['nested fields', '{"thinking":{"a":"PLAN"},"next_speaker":"Ada"}', '{"next_speaker":"Ada"}'],
    ['fields that are cut off', '{"thinking":"PLAN","next_speaker":"Ada","why":"x', '{"next_speaker":"Ada"}'],
    ['a heading', 'System Thinking: PLAN\nPLAN too\n\nNext Speaker: Ada', 'Next Speaker: Ada'],
    ['a heading to the end', 'Thinking Process:\n1. PLAN', ''],
    [
      'a channel',
      '<|channel|>analysis<|message|>PLAN<|end|><|start|>assistant<|channel|>final<|message|>Ada',
      'Ada',
    ],
    ['a channel without its tokens', 'analysisPLAN assistantfinalNext Speaker: Ada', 'Next Speaker: Ada'],
  ])('%s', (_, answer, open) => {
    expect(kept(answer)).toBe(open);
  });

  test('nor what came in a channel of its own', () => {
    expect(kept('Ada', 'PLAN')).toBe('Ada');
  });
});

test.each([
  'Ada',
  'Ada: she was asked.',
  'Reasoning: she was asked.\nNext Speaker: Ada',
  '**Reasoning**: she was asked.\n**Next Speaker**: Ada',
  'Next Speaker: <END CHAT>',
  'I think {Ada} is next.',
  '```json\n{"reasoning":"She was asked.","next_speaker":"Ada"}\n```',
])('anything else stands as it was written: %s', (answer) => {
  expect(kept(answer)).toBe(answer);
});
