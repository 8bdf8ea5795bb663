import { expect, test } from 'vitest';
import { BadUse } from '../../../../src/cli/bad-use.ts';
import { GATES_HELP } from '../../../../src/cli/lab/gates/gates.ts';
import { gatesFlags } from '../../../../src/cli/lab/gates/gates-flags.ts';
import { GATES } from '../../../../src/lab/gates/table/gates.ts';

test('a folder alone asks nobody and has the usual limits', () => {
  expect(gatesFlags(['synth'])).toEqual({
    ...{ data: 'synth', out: undefined, judges: [], sample: undefined, limits: new Map() },
    ...{ concurrency: undefined, seed: 0, json: false },
  });
});

test('judges by one flag or several, each once', () => {
  expect(gatesFlags(['d', '--judges', 'a, b,a', '--judges', 'c']).judges).toEqual(['a', 'b', 'c']);
});

test.each([
  [['d', '--judges', 'a,a'], /two or more/u],
  [['d', '--judges', ','], /two or more/u],
  [['d', '--judges', 'a,b', '--sample', '0'], /--sample/u],
  [['d', '--gate', 'top-pattern'], /NAME=NUMBER/u],
])('%j is told in one line', (args, says) => {
  expect(() => gatesFlags(args)).toThrow(BadUse);
  expect(() => gatesFlags(args)).toThrow(says);
});

test('the help names every gate with its limit', () => {
  for (const { name } of GATES)
    expect(GATES_HELP).toMatch(new RegExp(`^  ${name} +at (?:most|least) `, 'mu'));
  for (const line of GATES_HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(90);
});
