import { expect, test } from 'vitest';
import { leaks } from '../../bench/fuzz/leaks/leaks.ts';

// The long form: npm run fuzz -- leaks --turns 100000 --resume
test('hostile turns over both wires, and through parser and views: nothing hidden is seen, nothing visible is lost', {
  timeout: 60_000,
}, async () => {
  const { figures, faults } = await leaks.run({ count: 120, seed: 3 });
  expect(faults).toEqual([]);
  expect(figures).toMatchObject({ leaks: 0, lost: 0, rejected: 0, alone: 1200 });
  expect(Number(figures['turns'])).toBeGreaterThanOrEqual(120);
});

test('where tags are stripped instead of told apart, the same turns are found to leak', {
  timeout: 60_000,
}, async () => {
  const { figures, faults } = await leaks.run({ count: 30, seed: 3, sabotage: true });
  expect(figures['leaks']).toBeGreaterThan(10);
  expect(faults.some((fault) => fault.includes('sent to Discord'))).toBe(true);
  expect(faults.some((fault) => fault.includes('in a prompt of'))).toBe(true);
  expect(faults.some((fault) => fault.includes('in the view of'))).toBe(true);
});
