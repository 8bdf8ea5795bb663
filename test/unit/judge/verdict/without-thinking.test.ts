import { expect, test } from 'vitest';
import { withoutThinking } from '../../../../src/judge/verdict/without-thinking.ts';

test.each([
  ['KV', 'KV', true],
  ['<think>RZ?</think>KV', 'KV', true],
  ['RZ?</thinking>KV', 'KV', true],
  ['<think>RZ?</think>RZ<THINKING>no</Thinking>KV', 'KV', true],
  ['RZ?< / think >KV', 'KV', true],
  ['RZ?</\nthink\n>KV', 'KV', true],
  ['KV<think>or', 'KV', false],
  ['KV< thinking >or', 'KV', false],
  ['RZ</think>KV<think>or', 'KV', false],
  ['<think>RZ?', '', false],
  ['KV <thinks> so', 'KV <thinks> so', true],
  ['KV </a think> so', 'KV </a think> so', true],
  ['KV <a/think> so', 'KV <a/think> so', true],
  ['KV </think/> so', 'KV </think/> so', true],
  ['', '', true],
])('of %j stays %j, which is over: %s', (answer, said, isOver) => {
  expect(withoutThinking(answer)).toEqual({ said, isOver });
});
