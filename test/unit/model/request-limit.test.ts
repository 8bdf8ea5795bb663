import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRequestLimit, type RequestLimit } from '../../../src/model/request-limit.ts';

const never = new AbortController().signal;
const reason = new Error('enough');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What is true of a promise after so many milliseconds of the fake clock. */
async function isOpen(promise: Promise<unknown>, afterMs = 1000): Promise<boolean> {
  let open = true;
  promise.then(
    () => {
      open = false;
    },
    () => {
      open = false;
    },
  );
  await vi.advanceTimersByTimeAsync(afterMs);
  return open;
}

async function enter(limit: RequestLimit): Promise<() => void> {
  const entering = limit.acquire(never);
  expect(await isOpen(entering, 10)).toBe(false);
  return entering;
}

describe('createRequestLimit', () => {
  test('lets so many in at once, and the next as one leaves, in order', async () => {
    const limit = createRequestLimit({ concurrency: 2 });
    const leaveFirst = await enter(limit);
    await enter(limit);
    const third = limit.acquire(never);
    const fourth = limit.acquire(never);
    expect(await isOpen(third)).toBe(true);
    leaveFirst();
    expect(await isOpen(third)).toBe(false);
    expect(await isOpen(fourth)).toBe(true);
  });

  test('lets the lower priority in first, of equals who came first', async () => {
    const limit = createRequestLimit({ concurrency: 1 });
    const leave = await enter(limit);
    const order: number[] = [];
    const entering = [5, 9, 0, 3, 9.4, 3, -2, 12].map(async (priority, at) => {
      const leaveAgain = await limit.acquire(never, priority);
      order.push(at);
      leaveAgain();
    });
    leave();
    await Promise.all(entering);
    expect(order).toEqual([2, 6, 3, 5, 0, 1, 4, 7]);
  });

  test('an aborted waiter takes no place of those behind it', async () => {
    const limit = createRequestLimit({ concurrency: 1 });
    const leave = await enter(limit);
    const abort = new AbortController();
    const waiters = [limit.acquire(abort.signal, 0), limit.acquire(abort.signal, 9)];
    const next = limit.acquire(never, 9);
    abort.abort(reason);
    for (const waiter of waiters) await expect(waiter).rejects.toBe(reason);
    leave();
    expect(await isOpen(next)).toBe(false);
  });

  test('who leaves while it may not start yet gives its place back', async () => {
    const limit = createRequestLimit({ concurrency: 1, requestsPerMinute: 1 });
    (await enter(limit))();
    const abort = new AbortController();
    const waiter = limit.acquire(abort.signal);
    const next = limit.acquire(never);
    expect(await isOpen(waiter, 1_000)).toBe(true);
    abort.abort(reason);
    await expect(waiter).rejects.toBe(reason);
    expect(await isOpen(next, 61_000)).toBe(false);
  });

  test('lets no more start in any one minute than allowed', async () => {
    const limit = createRequestLimit({ concurrency: 9, requestsPerMinute: 2 });
    (await enter(limit))();
    await vi.advanceTimersByTimeAsync(30_000);
    (await enter(limit))();
    const third = limit.acquire(never);
    const fourth = limit.acquire(never);
    expect(await isOpen(third, 29_000)).toBe(true);
    expect(await isOpen(third, 2_000)).toBe(false);
    expect(await isOpen(fourth, 28_000)).toBe(true);
    expect(await isOpen(fourth, 2_000)).toBe(false);
  });

  test('an aborted waiter leaves at once and costs nothing', async () => {
    const limit = createRequestLimit({ concurrency: 1, requestsPerMinute: 2 });
    const leave = await enter(limit);
    const abort = new AbortController();
    const waiter = limit.acquire(abort.signal);
    const next = limit.acquire(never);
    abort.abort(reason);
    await expect(waiter).rejects.toBe(reason);
    expect(await isOpen(next)).toBe(true);
    leave();
    expect(await isOpen(next)).toBe(false);
  });

  test('one that was aborted before does not even queue', async () => {
    const limit = createRequestLimit({ concurrency: 1 });
    await expect(limit.acquire(AbortSignal.abort(reason))).rejects.toBe(reason);
    await enter(limit);
  });

  test('leaving twice frees one place', async () => {
    const limit = createRequestLimit({ concurrency: 1 });
    const leave = await enter(limit);
    leave();
    leave();
    await enter(limit);
    expect(await isOpen(limit.acquire(never))).toBe(true);
  });
});
