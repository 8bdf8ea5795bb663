import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { playChaos } from '../../../bench/chaos/play.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-chaos-'));
afterAll(() => rmSync(folder, { recursive: true }));

// The long form: npm run chaos -- --kills 1000
test('killed at its own steps and at any moment, the bot loses nothing, says nothing twice and goes on', {
  timeout: 120_000,
}, async () => {
  const { kills, lost, doubled, stuck, wrong, lines } = await playChaos({
    kills: 8,
    seed: 1,
    storeUrl: `sqlite://${join(folder, 'good.db')}`,
    sabotage: false,
  });
  expect({ lost, doubled, stuck, wrong }).toEqual({ lost: [], doubled: [], stuck: [], wrong: [] });
  expect(kills).toBeGreaterThanOrEqual(8);
  expect(lines).toBeGreaterThan(2);
});

test('one that shows what it has not recorded yet is found out', { timeout: 120_000 }, async () => {
  const { lost, doubled, wrong } = await playChaos({
    kills: 5,
    seed: 2,
    storeUrl: `sqlite://${join(folder, 'bad.db')}`,
    sabotage: true,
  });
  expect(lost.length + doubled.length + wrong.length).toBeGreaterThan(0);
});
