import { expect, test } from 'vitest';
import { cards } from '../../../../bench/fuzz/cards.ts';

test('damaged files are read or refused in one line, and nothing hidden comes out', async () => {
  const { figures, faults } = await cards.run({ count: 400, seed: 20 });
  expect(faults).toEqual([]);
  expect(figures).toMatchObject({ files: 400, faults: 0 });
  expect(Number(figures['read'])).toBeGreaterThan(50);
  expect(Number(figures['refused'])).toBeGreaterThan(50);
});
