import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { afterAll, beforeAll, collect, test as declare, describe } from '../../../scripts/mutants/collect.ts';
import { scoreOf, survivorsOf, type Told, tableOf } from '../../../scripts/mutants/table.ts';

const mutant = (fileName: string, status: Told['status']): Told => ({
  fileName,
  status,
  location: { start: { line: 2, column: 9 }, end: { line: 2, column: 14 } },
  mutatorName: 'EqualityOperator',
  replacement: 'a <= b',
});
const FOUND = [
  mutant('src/scene/a.ts', 'Killed'),
  mutant('src/scene/a.ts', 'Timeout'),
  mutant('src/scene/a.ts', 'Survived'),
  mutant('src/scene/b.ts', 'NoCoverage'),
  mutant('src/scene/b.ts', 'CompileError'),
];

test('a score counts what was noticed, endless loops too, of all that can be run', () => {
  expect(scoreOf(FOUND)).toBe(50);
  expect(scoreOf([])).toBe(0);
});

test('a table has a line for each file, and the room at its end', () => {
  const lines = tableOf('scene', FOUND).trimEnd().split('\n');
  expect(lines.map((line) => line.replace(/\s+/g, ' '))).toEqual([
    'src/scene/a.ts 66.7 % 2 noticed 1 missed',
    'src/scene/b.ts 0.0 % 0 noticed 1 missed',
    'scene 50.0 % 2 noticed 2 missed',
  ]);
});

test('a survivor is told with what stood there', () => {
  const root = mkdtempSync(join(tmpdir(), 'mutants-'));
  writeFileSync(join(root, 'a.ts'), '\nreturn (a < b);\n');
  expect(survivorsOf([mutant('a.ts', 'Survived'), mutant('a.ts', 'Killed')], root)).toBe(
    'a.ts:2:9 EqualityOperator Survived\n- a < b\n+ a <= b\n',
  );
  rmSync(root, { recursive: true });
});

test('the tests of a file are collected as vitest has them, and run apart', async () => {
  const ran: unknown[] = [];
  const { tests, end } = await collect('a.test.ts', async () => {
    beforeAll(() => ran.push('before'));
    afterAll(() => ran.push('after'));
    describe('outer', () => {
      declare('one', { timeout: 1 }, () => ran.push('one'));
      declare.each([[1, 2], 3])('of %j', (...values: unknown[]) => ran.push(values));
      declare.skipIf(true)('skipped', () => ran.push('skipped'));
      declare.skipIf(false).each(['x'])('kept', (value: unknown) => ran.push(value));
    });
    declare('one', () => ran.push('another'));
    declare('one', () => ran.push('a third'));
  });
  expect(ran).toEqual(['before']);
  expect(tests.map(({ id }) => id)).toEqual([
    'a.test.ts#outer > one',
    'a.test.ts#outer > of %j [0]',
    'a.test.ts#outer > of %j [1]',
    'a.test.ts#outer > kept [0]',
    'a.test.ts#one',
    'a.test.ts#one (2)',
  ]);
  for (const { run } of tests) await run();
  await end();
  expect(ran).toEqual(['before', 'one', [1, 2], [3], 'x', 'another', 'a third', 'after']);
});
