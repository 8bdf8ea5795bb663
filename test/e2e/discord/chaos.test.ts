import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
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

test('the command runs as people call it, and tells its figures in one line', {
  timeout: 120_000,
}, async () => {
  const run = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    run,
    '--tool',
    'chaos',
    '--kills',
    '1',
    '--json',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ lost: 0, doubled: 0, stuck: 0 });
});
