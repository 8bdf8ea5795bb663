import { expect, test } from 'vitest';
import {
  openRlhfAnswer,
  openRlhfSchema,
  responseIn,
  samplesOf,
} from '../../../../src/lab/reward/openrlhf.ts';
import { BadRequest } from '../../../../src/lab/reward/prepare.ts';
import type { OrderScore, Score } from '../../../../src/lab/reward/score.ts';

const PROMPT = '<|im_start|>system\nPlay.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n';

test.each([
  ['<|im_end|>'],
  ['<|im_end|>\n'],
  ['<|im_end|><|endoftext|>'],
  ['</s>'],
  ['<|eot_id|>'],
  ['<｜end▁of▁sentence｜>'],
  ['<eos><pad><pad>'],
])('of a query the answer is left, without %s', (end) => {
  expect(responseIn(`${PROMPT}<system_thinking>p</system_thinking>Hello.${end}`, PROMPT)).toBe(
    '<system_thinking>p</system_thinking>Hello.',
  );
});

test('a query that was cut from the left still has its answer', () => {
  expect(responseIn(`er\nHi<|im_end|>\n<|im_start|>assistant\nHello.<|im_end|>`, PROMPT)).toBe('Hello.');
});

test('a prompt is never taken for an answer', () => {
  expect(() => responseIn('Something else', PROMPT)).toThrow(BadRequest);
});

test('an empty thinking block of a template is no plan', () => {
  expect(responseIn(`${PROMPT}<think>\n\n</think>\n\nHello.`, PROMPT)).toBe('Hello.');
});

test('lists of different lengths are refused, empty ones and single texts taken', () => {
  const read = (body: unknown) => samplesOf(openRlhfSchema.parse(body));
  expect(read({ query: [], prompts: [], labels: [] })).toEqual([]);
  expect(read({ query: 'pHello.', prompts: 'p', labels: '{}', more: 1 })).toEqual([
    { response: 'Hello.', reward_context: '{}' },
  ]);
  expect(() => read({ query: ['a'], prompts: [], labels: [] })).toThrow(BadRequest);
});

const order = (better: OrderScore['better']): OrderScore => ({ shownFirst: 'rollout', better });
const score = (reward: number | null, why: Score['why'], orders: readonly OrderScore[] = []): Score => ({
  ...{ reward, why, orders },
  pattern: '',
});

test('scores are rewards from 0 to 1, and what has no verdict is out of any range', () => {
  const answer = openRlhfAnswer([
    score(1, 'judged', [order('rollout'), order('rollout')]),
    score(-0.5, 'judged', [order('baseline'), order('tie')]),
    score(0, 'judged', [order('rollout'), order('baseline')]),
    score(-1, 'no-plan'),
    score(null, 'unread', [order(null), order('tie')]),
  ]);
  expect(answer.rewards).toEqual([1, -0.5, 0, -1, 0]);
  expect(answer.scores.slice(0, 4)).toEqual([1, 0.25, 0.5, 0]);
  // A group of 64 winners and this one has a mean below 0.
  expect((64 + (answer.scores[4] ?? 0)) / 65).toBeLessThan(0);
  expect(answer.extra_logs).toEqual({
    grm_reward: [1, -0.5, 0, -1, 0],
    judged: [1, 1, 1, 0, 0],
    illegal: [0, 0, 0, 1, 0],
    dropped: [0, 0, 0, 0, 1],
    flipped: [0, 0, 1, 0, 0],
  });
});

test('the keys of extra_logs are the same without samples', () => {
  expect(Object.keys(openRlhfAnswer([]).extra_logs)).toEqual(
    Object.keys(openRlhfAnswer([score(1, 'judged')]).extra_logs),
  );
});
