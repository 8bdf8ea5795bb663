import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchLoop } from '../../../src/operations/loop-watch.ts';

test('a loop that was held up is late', async () => {
  const watch = watchLoop();
  await sleep(200);
  const until = performance.now() + 800;
  while (performance.now() < until);
  await sleep(100);
  expect(watch.delayMs()).toBeGreaterThan(50);
  watch.close();
});
