import { expect, test } from 'vitest';
import { createReadiness } from '../../../src/operations/readiness.ts';

test('a part that does not answer is not waited for', async () => {
  const readiness = createReadiness(1);
  readiness.watch('store', () => new Promise(() => {}));
  readiness.watch('gateway', () => undefined);
  expect(await readiness.look()).toEqual({
    ready: false,
    parts: { store: 'does not answer', gateway: 'ok' },
  });
});

test('with nothing to look at it is ready', async () => {
  expect(await createReadiness().look()).toEqual({ ready: true, parts: {} });
});
