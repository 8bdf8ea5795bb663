import { describe, expect, test } from 'vitest';
import { inOrder } from '../../../../src/lab/folder/in-order.ts';

async function* numbers(count: number, onTake = () => {}) {
  for (let n = 0; n < count; n += 1) {
    onTake();
    yield n;
  }
}

describe('inOrder', () => {
  test('gives results in their order, whichever is ready first', async () => {
    const gates = Array.from({ length: 6 }, () => Promise.withResolvers<void>());
    const results = Array.fromAsync(
      inOrder(numbers(6), 6, async (n) => {
        await gates[n]?.promise;
        return n;
      }),
    );
    for (const gate of gates.toReversed()) gate.resolve();
    expect(await results).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('takes no more than it may hold', async () => {
    let taken = 0;
    const first = Promise.withResolvers<void>();
    const results = inOrder(
      numbers(100, () => {
        taken += 1;
      }),
      4,
      async (n) => (n === 0 ? first.promise.then(() => n) : n),
    );
    const next = results.next();
    await new Promise(setImmediate);
    expect(taken).toBe(4);
    first.resolve();
    expect((await next).value).toBe(0);
    await results.return(undefined);
  });

  test('throws what the work throws, once nothing is under way', async () => {
    let running = 0;
    const work = async (n: number) => {
      running += 1;
      await new Promise(setImmediate);
      running -= 1;
      if (n === 1) throw new Error('one');
      return n;
    };
    await expect(Array.fromAsync(inOrder(numbers(9), 3, work))).rejects.toThrow('one');
    expect(running).toBe(0);
  });
});
