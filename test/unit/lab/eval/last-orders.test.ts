import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createLastOrders } from '../../../../src/lab/eval/last-orders.ts';

test('the first failure counts, and what is under way is given up some time later', async () => {
  using orders = createLastOrders(1);
  expect(() => orders.throwIfFailed()).not.toThrow();
  const closed = once(orders.closed, 'abort');
  orders.fail(new Error('first'));
  orders.fail(new Error('second'));
  expect(orders.closed.aborted).toBe(false);
  expect(() => orders.throwIfFailed()).toThrow('first');
  await closed;
  expect(orders.closed.reason).toMatchObject({ message: 'first' });
});
