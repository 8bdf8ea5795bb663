import { expect, test } from 'vitest';
import type { OrderVerdict, Reading, Winner } from '../../../../src/judge/verdict/verdict.ts';
import { judgedOf } from '../../../../src/lab/reward/judge/judge-rollout.ts';

function reading(better: Winner): Reading {
  return { violations: [], comparisons: [], reason: '', better };
}

function order(
  shownFirst: 'first' | 'second',
  said: Winner | 'prose' | 'model-failed',
  ms = 0,
): OrderVerdict {
  const isMissing = said === 'prose' || said === 'model-failed';
  const usage = {
    model: 'm',
    promptTokens: 10,
    cachedTokens: 4,
    completionTokens: 2,
    msToFirst: ms,
    msToLast: ms,
  };
  return {
    shownFirst,
    outcome: isMissing ? { type: 'missing', why: said } : { type: 'read', reading: reading(said) },
    attempts: isMissing ? 2 : 1,
    usage: isMissing ? [usage, usage] : [usage],
  };
}

const pair = (one: Winner | 'prose' | 'model-failed', other: Winner | 'prose' | 'model-failed') =>
  judgedOf({ how: 'judged', orders: [order('first', one, 30), order('second', other, 50)] });

test.each([
  ['first', 'first', 1],
  ['first', 'tie', 0.5],
  ['first', 'second', 0],
  ['tie', 'tie', 0],
  ['tie', 'second', -0.5],
  ['second', 'second', -1],
] as const)('%s and %s are worth %d', (one, other, reward) => {
  expect(pair(one, other)).toMatchObject({ reward, why: 'judged' });
  expect(pair(other, one).reward).toBe(reward);
});

test('an order that nobody can read makes it null, whatever the other says', () => {
  expect(pair('first', 'prose')).toMatchObject({ reward: null, why: 'unread' });
  expect(pair('prose', 'prose')).toMatchObject({ reward: null, why: 'unread' });
  expect(pair('second', 'model-failed')).toMatchObject({ reward: null, why: 'judge-failed' });
});

test('orders are told as rollout and baseline, with what could not be read', () => {
  expect(pair('second', 'prose').orders).toEqual([
    { shownFirst: 'rollout', better: 'baseline', principles: 'no-winner' },
    { shownFirst: 'baseline', better: null, missing: 'prose' },
  ]);
});

test('identical turns are worth nothing, and nobody was asked', () => {
  expect(judgedOf({ how: 'identical', orders: [] })).toMatchObject({
    reward: 0,
    why: 'identical',
    orders: [],
  });
});

test('use is that of all attempts, time that of the slower order', () => {
  const { use, judgeMs } = pair('first', 'prose');
  expect(use).toEqual({ requests: 3, promptTokens: 30, cachedTokens: 12, completionTokens: 6 });
  expect(judgeMs).toBe(100);
});
