import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createOutboundQueue } from '../../../../src/stage/discord/lines/outbound-queue.ts';

const never = new AbortController().signal;

test('one at a time in a channel, in order; other channels do not wait', async () => {
  const queue = createOutboundQueue({ spacingMs: 0, perMinute: 100 });
  const told: string[] = [];
  const task = (name: string, ms: number) => async () => {
    told.push(`${name} begins`);
    await sleep(ms);
    told.push(`${name} ends`);
  };
  await Promise.all([
    queue.run('a', task('one', 20), never),
    queue.run('a', task('two', 0), never),
    queue.run('b', task('other', 0), never),
  ]);
  expect(told.indexOf('other ends')).toBeLessThan(told.indexOf('one ends'));
  expect(told.filter((line) => !line.startsWith('other'))).toEqual([
    'one begins',
    'one ends',
    'two begins',
    'two ends',
  ]);
});

test('beginnings are spaced, and so many in a minute at most', async () => {
  const queue = createOutboundQueue({ spacingMs: 40, perMinute: 2 });
  const begun: number[] = [];
  const note = async () => void begun.push(performance.now());
  await queue.run('a', note, never);
  await queue.run('a', note, never);
  expect((begun[1] ?? 0) - (begun[0] ?? 0)).toBeGreaterThanOrEqual(35);
  const third = new AbortController();
  const waiting = queue.run('a', note, third.signal);
  await sleep(120);
  expect(begun).toHaveLength(2);
  third.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});

test('what has not begun is left out once it is aborted; what has begun ends by itself', async () => {
  const queue = createOutboundQueue({ spacingMs: 0, perMinute: 100 });
  const stop = new AbortController();
  const first = queue.run('a', () => sleep(30, 'done'), stop.signal);
  let ran = false;
  const second = queue.run(
    'a',
    async () => {
      ran = true;
    },
    stop.signal,
  );
  await sleep(5);
  stop.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  expect(await first).toBe('done');
  expect(await queue.run('a', async () => 'next', never)).toBe('next');
  expect(ran).toBe(false);
});

test('a failure is told to whoever queued it, and stops nobody', async () => {
  const queue = createOutboundQueue({ spacingMs: 0, perMinute: 100 });
  const failing = queue.run('a', () => Promise.reject(new Error('refused')), never);
  const next = queue.run('a', async () => 'next', never);
  await expect(failing).rejects.toThrow('refused');
  expect(await next).toBe('next');
});
