import { expect, test } from 'vitest';
import { REWARD_HELP } from '../../../../src/cli/lab/reward/reward.ts';
import { rewardFlags } from '../../../../src/cli/lab/reward/reward-flags.ts';

test('without flags it listens on this machine alone, below the patience of OpenRLHF', () => {
  expect(rewardFlags([])).toMatchObject({
    host: '127.0.0.1',
    port: 4690,
    plan: 'required',
    concurrency: 1024,
    timeoutMs: 170_000,
    alarmAt: 0.6,
    seed: undefined,
  });
});

test.each([
  [['--plan', 'maybe'], '--plan takes required, optional, off, not “maybe”.'],
  [['--port', '70000'], '--port takes a whole number from 0 to 65535, not “70000”'],
  [['--timeout', '0'], '--timeout takes a whole number from 1 to 86400, not “0”'],
  [['--alarm', '0.6'], '--alarm takes a whole number from 1 to 100, not “0.6”'],
  [['--nothing'], "Unknown option '--nothing'; --help tells what there is."],
])('%j is bad use', (args, message) => {
  expect(() => rewardFlags(args)).toThrow(message);
});

test('the help names every flag', () => {
  for (const flag of [
    ...['--host', '--port', '--judge', '--principles', '--plan', '--longest', '--concurrency', '--queue'],
    ...[
      '--timeout',
      '--cache',
      '--window',
      '--alarm',
      '--max-mb',
      '--key-file',
      '--log',
      '--seed',
      '--grace',
    ],
    '--json',
  ]) {
    expect(REWARD_HELP).toContain(`  ${flag} `);
  }
});
