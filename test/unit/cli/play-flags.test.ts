import { expect, test } from 'vitest';
import { BadUse } from '../../../src/cli/bad-use.ts';
import { readPlayFlags } from '../../../src/cli/play/play-flags.ts';

test('flags are read, absent ones stay absent', () => {
  expect(readPlayFlags(['--scene', 'x', '--turns', '8', '--json', '--seed=0'])).toMatchObject({
    scene: 'x',
    turns: 8,
    seed: 0,
    json: true,
    xray: false,
  });
  expect(readPlayFlags([])).not.toHaveProperty('turns');
});

test.each([
  [['--turns', '0'], /--turns takes a whole number from 1/],
  [['--turns', '-1'], /--turns needs a value; one that begins with a dash is written --turns=-…$/],
  [['--turns=-1'], /--turns takes a whole number from 1/],
  [['--turns', '1.5'], /--turns/],
  [['--turns', 'x'.repeat(1000)], /^.{1,120}$/],
  [['--seed', '99999999999'], /--seed takes a whole number from 0 to 2147483647/],
  [['--turns'], /--turns/],
  [['--loud'], /Unknown option '--loud'/],
  [['stray'], /stray/],
  [['--json=yes'], /--json/],
  [['--resume', '../x'], /--resume takes a name/],
  [['--as', ' '], /--as takes a name/],
  [['--turns', '3', '--script', 'x'], /use one of them/],
])('%j is refused in one line', (args, expected) => {
  expect(() => readPlayFlags(args)).toThrow(BadUse);
  expect(() => readPlayFlags(args)).toThrow(expected);
  expect(() => readPlayFlags(args)).not.toThrow(/\n/);
});
