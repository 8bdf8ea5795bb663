import { expect, test } from 'vitest';
import { createSharedWork } from '../../../../src/lab/reward/judge/shared-work.ts';

const GONE = new Error('gone');

function work() {
  const shared = createSharedWork<string>();
  const begun: { signal: AbortSignal; resolve: (text: string) => void; reject: (error: Error) => void }[] =
    [];
  const join = (key: string) =>
    shared.join(key, (signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      begun.push({ signal, resolve, reject });
      return promise;
    });
  return { shared, begun, join };
}

test('the same work under way is done once, for all who wait', async () => {
  const { shared, begun, join } = work();
  const [one, other] = [join('a'), join('a')];
  expect([begun.length, one.isFirst, other.isFirst]).toEqual([1, true, false]);
  begun[0]?.resolve('done');
  expect(await Promise.all([one.result, other.result])).toEqual(['done', 'done']);
  expect(shared.size).toBe(0);
  join('a');
  expect(begun).toHaveLength(2);
});

test('who leaves leaves the others their work; with the last it is given up', async () => {
  const { shared, begun, join } = work();
  const [one, other] = [join('a'), join('a')];
  one.leave(GONE);
  await expect(one.result).rejects.toBe(GONE);
  expect(begun[0]?.signal.aborted).toBe(false);
  other.leave(GONE);
  await expect(other.result).rejects.toBe(GONE);
  expect(begun[0]?.signal.reason).toBe(GONE);
  expect(shared.size).toBe(0);
});

test('who comes after it was given up does not wait for it', async () => {
  const { begun, join } = work();
  const one = join('a');
  one.leave(GONE);
  const next = join('a');
  expect(begun).toHaveLength(2);
  begun[0]?.reject(GONE);
  begun[1]?.resolve('anew');
  expect(await next.result).toBe('anew');
  await expect(one.result).rejects.toBe(GONE);
});

test('a failure is everyone’s', async () => {
  const { begun, join } = work();
  const [one, other] = [join('a'), join('a')];
  begun[0]?.reject(GONE);
  await expect(one.result).rejects.toBe(GONE);
  await expect(other.result).rejects.toBe(GONE);
  // Too late to leave: nothing is aborted any more.
  one.leave(new Error('late'));
  expect(begun[0]?.signal.aborted).toBe(false);
});
